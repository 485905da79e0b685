import type { OriginateOutcome } from '../../../proto/originate.ts';
import type { AmiMessage } from './message.ts';

type Unanswered = Extract<OriginateOutcome, { answered: false }>['reason'];

/** One call that we have asked for. */
interface Asked {
  /** Its channel has come into being. */
  hasBegun: boolean;
  /** Of OriginateResponse: what it says, and a number of Asterisk's control frames (frame.h). */
  response?: { isSuccess: boolean; reason: string };
  /** Of the hang-up of its channel: a number of Q.850. */
  cause?: string;
}

const rememberedMs = 10 * 60_000;

/** Those that come of a timeout or of a Local channel. Of phones that refuse PJSIP says 0, whatever they answered. */
const byReason: Record<string, Unanswered> = { '3': 'no-answer', '5': 'busy', '8': 'congested' };

/** 0: it was never called, such as an extension that the dialplan lacks. SIP's 404 comes as 1, 408 as 18, 480 as 19, 486 as 17, 500 as 38, 503 as 34, 603 as 21. */
const byCause: Record<string, Unanswered> = {
  ...{
    '0': 'unreachable',
    '1': 'unreachable',
    '3': 'unreachable',
    '18': 'unreachable',
    '20': 'unreachable',
    '27': 'unreachable',
  },
  ...{ '17': 'busy', '16': 'no-answer', '19': 'no-answer', '21': 'no-answer', '26': 'no-answer' },
  ...{ '34': 'congested', '38': 'congested', '42': 'congested' },
};

/** The id of the action that makes this channel: the event that tells its outcome carries it. */
export const originateId = (channelId: string): string => `originate:${channelId}`;

/** What AMI tells of the outcomes of our Originates, for some minutes. */
export class OriginateOutcomes {
  readonly #asked = new Map<string, Asked>();
  readonly #waiting = new Map<string, Set<(outcome: OriginateOutcome) => void>>();

  /** From now on it is listened what becomes of this call. */
  begin(channelId: string): void {
    this.#asked.set(channelId, { hasBegun: false });
    setTimeout(() => this.#asked.delete(channelId), rememberedMs).unref();
  }

  hear(event: AmiMessage): void {
    const channelId = event.Event === 'OriginateResponse' ? channelOfId(event.ActionID) : event.Uniqueid;
    const asked = channelId === undefined ? undefined : this.#asked.get(channelId);
    if (!asked || channelId === undefined) return;
    if (event.Event === 'Newchannel') asked.hasBegun = true;
    if (event.Event === 'Hangup') asked.cause = event.Cause ?? '';
    if (event.Event === 'OriginateResponse') {
      asked.response = { isSuccess: event.Response === 'Success', reason: event.Reason ?? '' };
    }
    const outcome = outcomeOf(asked);
    if (outcome) for (const tell of [...(this.#waiting.get(channelId) ?? [])]) tell(outcome);
  }

  /** @returns undefined if it is not told before `giveUp` */
  of(channelId: string, giveUp: AbortSignal): Promise<OriginateOutcome | undefined> {
    const asked = this.#asked.get(channelId);
    const told = asked && outcomeOf(asked);
    if (told || giveUp.aborted) return Promise.resolve(told);
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(channelId) ?? new Set();
      const end = (outcome?: OriginateOutcome) => {
        giveUp.removeEventListener('abort', stop);
        waiting.delete(end);
        if (waiting.size === 0) this.#waiting.delete(channelId);
        resolve(outcome);
      };
      const stop = () => end();
      this.#waiting.set(channelId, waiting.add(end));
      giveUp.addEventListener('abort', stop);
    });
  }
}

function channelOfId(actionId = ''): string | undefined {
  return actionId.startsWith(originateId('')) ? actionId.slice(originateId('').length) : undefined;
}

/** Undefined as long as not enough is told: the channel's hang-up comes after the response, or before. */
function outcomeOf({ hasBegun, response, cause }: Asked): OriginateOutcome | undefined {
  if (!response) return undefined;
  if (response.isSuccess) return { answered: true };
  const reason = byReason[response.reason] ?? (hasBegun ? cause && (byCause[cause] ?? 'unknown') : 'unreachable');
  return reason ? { answered: false, reason } : undefined;
}
