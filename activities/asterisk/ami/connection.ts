import { randomUUID } from 'node:crypto';
import AmiClient from 'asterisk-ami-client';
import type { AmiAccess } from '../../../proto/ami.ts';
import { AmiError } from './error.ts';
import { readGreeting } from './greeting.ts';
import { type AmiHeaders, type AmiMessage, demandOneLine, writeAction } from './message.ts';

export interface AmiPatience {
  /** For the connection and the first line. */
  greetingMs: number;
  signInMs: number;
  /** For the answer to an action. */
  answerMs: number;
}
export const usualPatience: AmiPatience = { greetingMs: 4_000, signInMs: 8_000, answerMs: 5_000 };

/** No message of Asterisk comes near it; a peer that never ends one must not fill our memory. */
const longestMessageBytes = 1_000_000;

/** An action that waits for its answer. */
interface Asked {
  /** Events that belong to its answer; undefined if one message is all of it. */
  items: AmiMessage[] | undefined;
  settle(answer: AmiMessage | AmiError): void;
}

/**
 * One connection to a manager interface, signed in, until it ends.
 *
 * Of the library's faults these are kept away from: ids of actions that repeat and a fixed time limit (ids, limits and
 * the way from an answer to its action are ours), no limit on connecting (the socket is destroyed by a signal), ends that
 * are told twice, events that are told under whatever name the other side gives them (one client for each connection,
 * its generic events only). Events that come together with the answer to the sign-in are lost in it.
 */
export class AmiConnection {
  /** Resolves once, with why; an end that was asked for is `broken` too. */
  readonly ended: Promise<AmiError>;
  readonly #client = new AmiClient({ reconnect: false, emitEventsByTypes: false, emitResponsesById: false });
  readonly #patience: AmiPatience;
  readonly #parted = new AbortController();
  readonly #asked = new Map<string, Asked>();
  readonly #listeners = new Set<(event: AmiMessage) => void>();
  readonly #tellEnd: (why: AmiError) => void;
  /** Bytes since the last message. */
  #unreadBytes = 0;

  /** @throws AmiError */
  static async open(access: AmiAccess, patience: AmiPatience = usualPatience, giveUp?: AbortSignal) {
    demandOneLine([access.user, access.secret]);
    await demandAmi(access, patience.greetingMs, giveUp);
    const connection = new AmiConnection(patience);
    giveUp?.addEventListener('abort', connection.close, { signal: connection.#parted.signal });
    if (giveUp?.aborted) connection.close();
    await connection.#signIn(access);
    return connection;
  }

  private constructor(patience: AmiPatience) {
    this.#patience = patience;
    let tellEnd: (why: AmiError) => void = () => undefined;
    this.ended = new Promise((resolve) => {
      tellEnd = resolve;
    });
    this.#tellEnd = tellEnd;
    this.#client.on('disconnect', this.close);
    this.#client.on('internalError', () => undefined); // the connection ends by it, which is told
    this.#client.on('response', (message: AmiMessage) => this.#take(message));
    this.#client.on('event', (event: AmiMessage) => this.#hear(event));
  }

  /** Aborted when it ends. */
  get over(): AbortSignal {
    return this.#parted.signal;
  }

  get hasEnded(): boolean {
    return this.#parted.signal.aborted;
  }

  /**
   * What one message answers, also if it is a refusal (`Response: Error`).
   *
   * @param actionId by which later events tell what became of it
   * @throws AmiError; TypeError if a value must not be sent, then nothing was
   */
  ask(action: string, headers: AmiHeaders = {}, actionId: string = randomUUID()): Promise<AmiMessage> {
    return this.#ask(action, headers, actionId, undefined);
  }

  /** What a list of events answers; undefined if it is refused. @throws as `ask` */
  async list(action: string): Promise<AmiMessage[] | undefined> {
    const items: AmiMessage[] = [];
    const { Response: response } = await this.#ask(action, {}, randomUUID(), items);
    return response === 'Error' ? undefined : items;
  }

  /** @returns what ends the listening */
  listen(listener: (event: AmiMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** May be called at any time, and again. */
  readonly close = (): void => this.#end(new AmiError({ kind: 'broken' }));

  async #signIn({ host, port, user, secret }: AmiAccess): Promise<void> {
    const limit = setTimeout(this.close, this.#patience.signInMs);
    const options = { host, port, noDelay: true, signal: this.#parted.signal };
    const signedIn = this.#client.connect(user, secret, options).catch((error?: Error) => {
      const isRefused = error?.message?.startsWith('AMI message:');
      this.#end(new AmiError({ kind: isRefused ? 'refused' : 'broken' }));
    });
    await Promise.race([signedIn, this.ended]);
    clearTimeout(limit);
    if (this.hasEnded) throw await this.ended;
    this.#client.connection?._socket.on('data', ({ length }: Buffer) => this.#demandMessages(length));
  }

  /** The library takes the same bytes before, and tells of the messages in them. */
  #demandMessages(bytes: number): void {
    this.#unreadBytes += bytes;
    if (this.#unreadBytes > longestMessageBytes) this.close();
  }

  #ask(action: string, headers: AmiHeaders, actionId: string, items: AmiMessage[] | undefined): Promise<AmiMessage> {
    const text = writeAction(action, headers, actionId);
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(new AmiError({ kind: 'broken' }));
      if (this.#asked.has(actionId)) return reject(new TypeError('This id of an action waits for its answer already.'));
      const timer = setTimeout(
        () => this.#asked.get(actionId)?.settle(new AmiError({ kind: 'broken' })),
        this.#patience.answerMs,
      );
      const settle = (answer: AmiMessage | AmiError) => {
        clearTimeout(timer);
        this.#asked.delete(actionId);
        if (answer instanceof AmiError) reject(answer);
        else resolve(answer);
      };
      this.#asked.set(actionId, { items, settle });
      this.#client.connection?.write(text);
    });
  }

  #take(message: AmiMessage): void {
    this.#unreadBytes = 0;
    const asked = this.#asked.get(message.ActionID ?? '');
    const isBegun = asked?.items !== undefined && message.Response !== 'Error';
    if (!isBegun) asked?.settle(message);
  }

  #hear(event: AmiMessage): void {
    this.#unreadBytes = 0;
    const asked = this.#asked.get(event.ActionID ?? '');
    if (!asked?.items) for (const listener of this.#listeners) listener(event);
    else if (event.EventList === 'Complete') asked.settle(event);
    else asked.items.push(event);
  }

  #end(why: AmiError): void {
    if (this.hasEnded) return;
    this.#client.connection?._socket.resetAndDestroy(); // else the system would deliver late what is on its way
    this.#parted.abort();
    this.#tellEnd(why);
    for (const { settle } of [...this.#asked.values()]) settle(why);
  }
}

/** What listens is known by its greeting before a secret is sent there. @throws AmiError */
async function demandAmi({ host, port }: AmiAccess, waitMs: number, giveUp: AbortSignal | undefined): Promise<void> {
  const greeting = await readGreeting(host, port, waitMs, giveUp);
  if (greeting.kind === 'unreachable') throw new AmiError({ kind: 'unreachable', code: greeting.code });
  if (greeting.kind === 'silent') throw new AmiError({ kind: 'silent' });
  if (greeting.kind === 'other') throw new AmiError({ kind: 'not-ami', said: greeting.said });
}
