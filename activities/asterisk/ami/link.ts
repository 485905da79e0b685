import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiAccess } from '../../../proto/ami.ts';
import type { AmiStanding } from '../../../proto/state/facts.ts';
import { type LiveChannel, LiveChannels } from './channels.ts';
import { AmiConnection, type AmiPatience, usualPatience } from './connection.ts';
import { AmiError } from './error.ts';
import { type AmiHeaders, type AmiMessage, demandOneLine } from './message.ts';
import { OriginateOutcomes, originateId } from './outcomes.ts';
import { UnansweredCalls } from './unanswered-calls.ts';

/** How long it waits; all of it scatters, so that many do not come at once. */
export interface LinkPatience extends AmiPatience {
  /** Between two questions whether the other side still lives. */
  pingEveryMs: number;
  /** So long a call whose order was not answered may still come about: that long whoever clicked waits to hear of it. */
  unansweredWantedMs: number;
  firstPauseMs: number;
  longestPauseMs: number;
  /** After a sign-in was refused: PBXs ban whoever tries too often, and a person has to mend it. */
  firstRefusedPauseMs: number;
  longestRefusedPauseMs: number;
}

const usualLinkPatience: LinkPatience = {
  ...usualPatience,
  ...{ pingEveryMs: 10_000, unansweredWantedMs: 25_000, firstPauseMs: 500, longestPauseMs: 30_000 },
  ...{ firstRefusedPauseMs: 15_000, longestRefusedPauseMs: 180_000 },
};

/** A slower answer tells nothing of clocks. */
const exactWithinMs = 1_000;
/** Longer than that up, and the next trouble is a new one. */
const steadyMs = 30_000;

/** The link is not up: nothing was sent. */
export class AmiAway extends Error {
  override readonly name = 'AmiAway';
  constructor() {
    super('There is no connection to AMI of this PBX now.');
  }
}

interface LinkEvents {
  standing: [AmiStanding];
  /** Something happens to a call, whatever it is. */
  event: [];
  /** A channel that has just come into being. */
  channel: [LiveChannel];
  /** By so much the clock of the PBX is ahead of ours, ms; as exactly as an answer is quick. */
  clock: [number];
}

/**
 * The one owner of the AMI connection of a PBX. It signs in, asks for the channels there are, listens, asks all the time
 * whether the other side still lives, and after any trouble begins anew, without end, with pauses that grow.
 */
export class AmiLink extends EventEmitter<LinkEvents> {
  readonly outcomes = new OriginateOutcomes();
  readonly #access: AmiAccess;
  readonly #patience: LinkPatience;
  readonly #unanswered: UnansweredCalls;
  readonly #closing = new AbortController();
  readonly #ended: Promise<void>;
  #standing: AmiStanding = { state: 'connecting', sinceMs: Date.now() };
  #connection: AmiConnection | undefined;
  #channels = new LiveChannels();

  /** @throws TypeError if name or secret hold a line break */
  constructor(access: AmiAccess, patience: LinkPatience = usualLinkPatience) {
    super();
    demandOneLine([access.user, access.secret]);
    this.#access = access;
    this.#patience = patience;
    this.#unanswered = new UnansweredCalls(patience.unansweredWantedMs);
    this.#ended = this.#keep();
  }

  get standing(): AmiStanding {
    return this.#standing;
  }

  /** Of the last connection. */
  get channels(): Pick<LiveChannels, 'all' | 'has' | 'isWhole'> {
    return this.#channels;
  }

  /**
   * What one message answers, also if it is a refusal.
   *
   * @throws AmiAway, TypeError: nothing was sent; AmiError: it was sent, and nobody knows what became of it
   */
  ask(action: string, headers: AmiHeaders = {}): Promise<AmiMessage> {
    return this.#ask(action, headers);
  }

  /**
   * Asks for a call by whose first channel, made with this id, its outcome is found. A connection on which no answer comes
   * is left at once, so that the order does not get there later; if it does all the same the channel is ended.
   *
   * @throws as `ask`
   */
  async originate(channelId: string, headers: AmiHeaders): Promise<AmiMessage> {
    const [connection, askedAtMs] = [this.#connection, Date.now()];
    this.outcomes.begin(channelId);
    try {
      return await this.#ask('Originate', { ...headers, ChannelId: channelId }, originateId(channelId));
    } catch (error) {
      if (error instanceof AmiError) {
        this.#unanswered.note(channelId, askedAtMs);
        connection?.close();
      }
      throw error;
    }
  }

  async #ask(action: string, headers: AmiHeaders, actionId?: string): Promise<AmiMessage> {
    const connection = this.#connection;
    if (this.#standing.state !== 'up' || !connection || connection.hasEnded) throw new AmiAway();
    return connection.ask(action, headers, actionId);
  }

  /** Aborted once the present connection ends; at once if there is none. */
  untilDown(): AbortSignal {
    return this.#connection?.over ?? AbortSignal.abort();
  }

  /** May be called again; then it is over for good. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#ended;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; failures++) {
      const why = await this.#stayConnected();
      if (signal.aborted) return;
      const { state, sinceMs } = this.#standing;
      if (state === 'up' && Date.now() - sinceMs > steadyMs) failures = 0;
      this.#stand({ state: 'down', sinceMs: state === 'down' ? sinceMs : Date.now(), ...why.trouble });
      await sleep(this.#pauseMs(why, failures), undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns why it does so no more */
  async #stayConnected(): Promise<AmiError> {
    const { signal } = this.#closing;
    try {
      const connection = await AmiConnection.open(this.#access, this.#patience, signal);
      this.#connection = connection;
      await this.#takeUp(connection);
      void this.#ping(connection);
      return await connection.ended;
    } catch (error) {
      if (error instanceof AmiError) return error;
      throw error;
    } finally {
      this.#connection?.close();
      this.#connection = undefined;
    }
  }

  async #takeUp(connection: AmiConnection): Promise<void> {
    const channels = new LiveChannels();
    connection.listen((event) => {
      this.emit('event');
      const began = channels.hear(event);
      if (began) {
        this.emit('channel', began);
        this.#endIfUnwanted(event);
      }
      this.outcomes.hear(event);
    });
    await connection.ask('Events', { EventMask: 'call' }); // the others are the half of all there is
    const list = await connection.list('CoreShowChannels');
    channels.begin(list);
    this.#channels = channels;
    if (!connection.hasEnded) this.#stand({ state: 'up', sinceMs: Date.now() });
    for (const item of list ?? []) this.#endIfUnwanted(item);
  }

  #endIfUnwanted(message: AmiMessage): void {
    const channel = this.#unanswered.unwanted(message, Date.now());
    if (channel !== undefined) this.ask('Hangup', { Channel: channel }).catch(() => undefined); // it rings no longer than usual
  }

  /** A peer that has gone mute keeps its connection open for hours. */
  async #ping(connection: AmiConnection): Promise<void> {
    try {
      for (;;) {
        await this.#askClock(connection);
        await sleep(this.#patience.pingEveryMs, undefined, { signal: connection.over });
      }
    } catch {
      connection.close();
    }
  }

  /** Asterisk answers with its time, in seconds of the epoch (manager.c, action_ping). */
  async #askClock(connection: AmiConnection): Promise<void> {
    const askedAtMs = Date.now();
    const { Timestamp = '' } = await connection.ask('Ping');
    const answeredAtMs = Date.now();
    const pbxMs = Number(Timestamp || Number.NaN) * 1_000;
    const isExact = answeredAtMs - askedAtMs <= exactWithinMs;
    if (Number.isFinite(pbxMs) && isExact) this.emit('clock', Math.round(pbxMs - (askedAtMs + answeredAtMs) / 2));
  }

  #stand(standing: AmiStanding): void {
    this.#standing = standing;
    this.emit('standing', standing);
  }

  #pauseMs({ trouble }: AmiError, failures: number): number {
    const { firstPauseMs, longestPauseMs, firstRefusedPauseMs, longestRefusedPauseMs } = this.#patience;
    const [first, longest] =
      trouble.kind === 'refused' ? [firstRefusedPauseMs, longestRefusedPauseMs] : [firstPauseMs, longestPauseMs];
    return Math.min(longest, first * 2 ** Math.min(failures, 16)) * (0.5 + Math.random() / 2);
  }
}
