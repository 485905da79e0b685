import { randomUUID } from 'node:crypto';
import AmiClient from 'asterisk-ami-client';
import type { AmiAccess } from '../../../proto/ami.ts';

/** Header → value, as Asterisk sends it. */
export type AmiMessage = Readonly<Record<string, string>>;

/** The manager interface does not take us, or is gone in the middle. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly kind: 'refused' | 'broken';

  constructor(kind: 'refused' | 'broken', message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface AmiSession {
  /** Asks for something that one message answers. @throws AmiError */
  ask(action: string, headers?: Record<string, string>): Promise<AmiMessage>;
  /** Resolves with the first event that fits, undefined if none does in time; begin to wait before what brings it about. */
  event(fits: (event: AmiMessage) => boolean, waitMs: number): Promise<AmiMessage | undefined>;
}

/**
 * Signs in to a manager interface, lets something be asked there, and parts; all of it in so much time.
 *
 * Of the library's faults these are kept away from: ids of actions that repeat (we make our own), no limit on
 * connecting (the socket is destroyed by a signal), words sent twice on parting (one client for each session). Events
 * that come together with the answer to the sign-in are lost in it, so nothing here waits for FullyBooted.
 *
 * @throws AmiError
 */
export async function withAmi<T>(
  { host, port, user, secret }: AmiAccess,
  limitMs: number,
  work: (session: AmiSession) => Promise<T>,
): Promise<T> {
  demandOneLine([user, secret]);
  const limit = AbortSignal.timeout(limitMs);
  const parted = new AbortController();
  const client = new AmiClient({ reconnect: false });
  const options = { host, port, signal: AbortSignal.any([limit, parted.signal]) };
  const over = new Promise<never>((_, reject) => {
    client.once('disconnect', () => reject(new AmiError('broken', 'The connection has ended.')));
    limit.addEventListener('abort', () => reject(new AmiError('broken', 'No answer in time.')));
  });
  over.catch(() => undefined); // who waits hears it below
  client.on('internalError', () => undefined); // the connection ends by it, which is told
  try {
    await Promise.race([over, client.connect(user, secret, options).catch(refusal)]);
    return await Promise.race([over, work(sessionOf(client))]);
  } finally {
    client.removeAllListeners('disconnect');
    parted.abort();
  }
}

function sessionOf(client: AmiClient): AmiSession {
  return {
    async ask(action, headers = {}) {
      const message = { Action: action, ...headers, ActionID: randomUUID() };
      demandOneLine(Object.values(message));
      try {
        return await client.action(message, true);
      } catch {
        throw new AmiError('broken', 'No answer in time.');
      }
    },

    event: (fits, waitMs) =>
      new Promise((resolve) => {
        const end = (event?: AmiMessage) => {
          clearTimeout(timer);
          client.off('event', listen);
          resolve(event);
        };
        const listen = (event: AmiMessage) => {
          if (fits(event)) end(event);
        };
        const timer = setTimeout(end, waitMs);
        client.on('event', listen);
      }),
  };
}

function refusal(error: Error): never {
  throw error.message?.startsWith('AMI message:')
    ? new AmiError('refused', error.message.slice('AMI message:'.length).trim())
    : new AmiError('broken', 'The connection has ended.');
}

/** What stands behind a line break would be a header, or an action, of its own. */
function demandOneLine(values: readonly string[]): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (values.some((value) => /[\0-\x1f\x7f]/.test(value))) throw new TypeError('A value of AMI holds a line break.');
}
