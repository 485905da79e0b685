import { condition, log, setCurrentDetails } from '@temporalio/workflow';
import { holds } from '../promises.ts';
import { local } from './activities.ts';
import type { ClickInput, ClickNews, ClickReason, ClickState } from './contract.ts';
import { detailsOf, isOver, isResolved, reasonOfEnd } from './outcome.ts';

/** So long clicks waited that began with an earlier version. */
const patienceOfBeforeMs = 8_000;

/** How a click stands; each change is told to whoever clicked. */
export class Progress {
  readonly #input: ClickInput;
  #state: ClickState = { phase: 'planning' };
  #telling: Promise<void> = Promise.resolve();

  constructor(input: ClickInput) {
    this.#input = input;
  }

  get state(): ClickState {
    return this.#state;
  }

  /** What the actor of the call says; it knows more than AMI's answer. */
  hear(news: ClickNews): void {
    if (isOver(this.#state)) return;
    if (news.phase === 'ended') this.#enter({ phase: 'ended', reason: reasonOfEnd(news) });
    else if (news.phase === 'talking') this.#enter({ phase: 'talking', reason: 'answered' });
    else this.#enter({ phase: news.phase });
  }

  knowPhone(phone: string): void {
    this.#state = { ...this.#state, phone };
  }

  ring(): void {
    if (this.#state.phase === 'planning') this.#enter({ phase: 'employee-rings' });
  }

  fail(reason: ClickReason, detail?: string): void {
    if (!isOver(this.#state)) this.#enter({ phase: 'failed', reason, ...(detail !== undefined && { detail }) });
  }

  end(reason: ClickReason): void {
    if (!isOver(this.#state)) this.#enter({ phase: 'ended', reason });
  }

  /**
   * Until it is known whether the employee's phone rings. How long is the API's affair: a timer that fires while a local
   * activity runs answers in another order when it is replayed.
   */
  async answered(): Promise<void> {
    const isKnown = () => isResolved(this.#state);
    if (holds('first-answer-without-timer')) await condition(isKnown);
    else await condition(isKnown, patienceOfBeforeMs);
  }

  /** @returns false if it is not over by then */
  over(withinMs: number): Promise<boolean> {
    return condition(() => isOver(this.#state), withinMs);
  }

  /** Until everything was told, as far as it can be. */
  told(): Promise<void> {
    return this.#telling;
  }

  #enter(state: ClickState): void {
    const { phone } = this.#state;
    this.#state = { ...(phone !== undefined && { phone }), ...state };
    setCurrentDetails(detailsOf(this.#input, this.#state));
    const { accountId, userId, requestId, number } = this.#input;
    const told = { accountId, userId, click: { requestId, number, ...this.#state } };
    this.#telling = this.#telling
      .then(() => local.tellClick(told))
      .catch((error: unknown) => log.warn('Nobody was told how a click stands', { error }));
  }
}
