import type { OriginateOutcome } from '../../../proto/originate.ts';
import type { AmiMessage } from './message.ts';

const rememberedMs = 10 * 60_000;

/** Reasons of OriginateResponse: numbers of Asterisk's control frames (frame.h), 0 where there is none. */
const reasons = { '0': 'unreachable', '1': 'no-answer', '3': 'no-answer', '5': 'busy', '8': 'congested' } as const;

const beginning = 'originate:';
/** The id of the action that makes this channel: the event that tells its outcome carries it, and nothing else that is sure to. */
export const originateId = (channelId: string): string => `${beginning}${channelId}`;

/** What AMI has told of the outcomes of our Originates, for some minutes. */
export class OriginateOutcomes {
  readonly #told = new Map<string, OriginateOutcome>();
  readonly #waiting = new Map<string, Set<(outcome: OriginateOutcome) => void>>();

  hear({ Event, ActionID: id = '', Response: response, Reason: reason = '' }: AmiMessage): void {
    if (Event !== 'OriginateResponse' || !id.startsWith(beginning)) return;
    const outcome: OriginateOutcome =
      response === 'Success'
        ? { answered: true }
        : { answered: false, reason: reasons[reason as keyof typeof reasons] ?? 'unknown' };
    this.#told.set(id, outcome);
    setTimeout(() => this.#told.delete(id), rememberedMs).unref();
    for (const tell of this.#waiting.get(id) ?? []) tell(outcome);
  }

  /** @returns undefined if it is not told before `giveUp` */
  of(channelId: string, giveUp: AbortSignal): Promise<OriginateOutcome | undefined> {
    const id = originateId(channelId);
    const told = this.#told.get(id);
    if (told || giveUp.aborted) return Promise.resolve(told);
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set();
      const end = (outcome?: OriginateOutcome) => {
        giveUp.removeEventListener('abort', stop);
        waiting.delete(end);
        if (waiting.size === 0) this.#waiting.delete(id);
        resolve(outcome);
      };
      const stop = () => end();
      this.#waiting.set(id, waiting.add(end));
      giveUp.addEventListener('abort', stop);
    });
  }
}
