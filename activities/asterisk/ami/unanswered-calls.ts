import type { AmiMessage } from './message.ts';

/** Nobody waits longer for any of them. */
const rememberedMs = 60 * 60_000;

/**
 * Calls that Asterisk was asked for and has not answered. One that was asleep may read of them much later: then a phone
 * would ring for nobody.
 */
export class UnansweredCalls {
  readonly #wantedForMs: number;
  /** By the id of their channel: until when they are wanted. */
  readonly #wantedUntilMs = new Map<string, number>();

  constructor(wantedForMs: number) {
    this.#wantedForMs = wantedForMs;
  }

  note(channelId: string, askedAtMs: number): void {
    this.#wantedUntilMs.set(channelId, askedAtMs + this.#wantedForMs);
    setTimeout(() => this.#wantedUntilMs.delete(channelId), rememberedMs).unref();
  }

  /**
   * @param message `Newchannel`, or an item of CoreShowChannels
   * @returns the name of the channel if it is to end; where somebody has picked up they talk on
   */
  unwanted(message: AmiMessage, nowMs: number): string | undefined {
    const { Uniqueid: id = '', ChannelStateDesc: state, Channel: name } = message;
    const untilMs = this.#wantedUntilMs.get(id);
    const isLate = untilMs !== undefined && nowMs - ageMsOf(message) > untilMs;
    return isLate && state !== 'Up' ? name : undefined;
  }
}

/** NaN if it is not told. */
function ageMsOf({ Event: kind, Duration: duration = '' }: AmiMessage): number {
  if (kind === 'Newchannel') return 0;
  const [hours = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = duration.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
