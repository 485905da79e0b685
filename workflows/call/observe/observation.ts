import { isCancellation, sleep } from '@temporalio/workflow';
import type { OthersCallAnswer } from '../../../activities/amocrm/others-call.ts';
import type { Call } from '../../../proto/call.ts';
import type { AboutClient } from '../../../proto/client.ts';
import type { EndDecision } from '../../../proto/crm-action.ts';
import type { Comparison, Intent, Registration } from '../../../proto/journal.ts';
import { mayStandByAnother } from '../../../proto/others-words.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import type { Acquaintance } from '../acquaintance.ts';
import { observing } from '../activities.ts';
import type { Cards } from '../cards.ts';
import { decideEnd, decideReached } from '../decide/decide.ts';
import { reasonOf } from '../failure.ts';
import { othersCallRequest } from '../others.ts';
import { differencesOf } from './differences.ts';

/** The second look is for products that wait for the recording; only what is missing costs it. */
const looksAfter = [1, 4];

/** Calls that another product serves: what would have been done is told beside what that one did. Nothing is written. */
export class Observation {
  readonly #settings: CallSettings;
  readonly #acquaintance: Acquaintance;
  readonly #cards: Cards;
  readonly #compareAfterMs: number;
  readonly #tell: (call: Call, registration: Registration) => Promise<void>;

  /** @param tell takes what is known so far to the journal and to people */
  constructor(
    settings: CallSettings,
    acquaintance: Acquaintance,
    cards: Cards,
    compareAfterMs: number,
    tell: (call: Call, registration: Registration) => Promise<void>,
  ) {
    this.#settings = settings;
    this.#acquaintance = acquaintance;
    this.#cards = cards;
    this.#compareAfterMs = compareAfterMs;
    this.#tell = tell;
  }

  async settle(call: Call): Promise<void> {
    await this.#tell(call, await this.#observe(call));
  }

  /** Nobody waits for what only would have been done: if amoCRM can't be asked it is decided by what is known. */
  async #learn(call: Call): Promise<AboutClient> {
    try {
      return await this.#acquaintance.learnForGood(call, (summary, { phone }) =>
        observing.askForClient.executeWithOptions({ summary }, [{ accountId: this.#settings.accountId, phone }]),
      );
    } catch (error) {
      if (isCancellation(error)) throw error;
      return this.#acquaintance.of(call);
    }
  }

  async #observe(call: Call): Promise<Registration> {
    const undecided = decideEnd({ call, settings: this.#settings, about: this.#acquaintance.of(call) });
    if (undecided.isUnfit) return { state: 'not-sent', reason: undecided.notRegistered ?? '' };
    const of = { call, settings: this.#settings, about: await this.#learn(call) };
    const intent: Intent = {
      cardsTo: this.#cards.usersOf(call.linkedid),
      reached: decideReached(of),
      end: decideEnd(of),
    };
    await this.#tell(call, { state: 'observed', intent });
    return { state: 'observed', intent, comparison: await this.#compare(call, intent.end) };
  }

  async #compare(call: Call, decided: EndDecision): Promise<Comparison> {
    try {
      const seen = await this.#look(call, decided);
      return { found: seen?.call ?? null, differences: differencesOf(decided, seen) };
    } catch (error) {
      if (isCancellation(error)) throw error;
      return { unread: reasonOf(error) };
    }
  }

  async #look(call: Call, { registration }: EndDecision): Promise<OthersCallAnswer | null> {
    const request = othersCallRequest(this.#settings.accountId, call, registration);
    let isCut = false;
    for (const times of looksAfter) {
      await sleep(times * this.#compareAfterMs);
      const summary = 'What has another product made of the call?';
      const seen = await observing.findOthersCall.executeWithOptions({ summary }, [request]);
      isCut = seen !== null && 'isCut' in seen;
      if (seen && 'call' in seen) return seen;
      if (!registration) break;
    }
    if (isCut) throw new Error(mayStandByAnother);
    return null;
  }
}
