import type { AmocrmActivities } from '../../activities/amocrm/index.ts';
import type { guardedWrites } from './activities.ts';
import type { Wait } from './contract.ts';

type Guarded = Omit<AmocrmActivities, 'showCards' | 'showCardsAtOnce'>;
type Name = keyof Guarded;
/** The account is the call's own. */
type Request<N extends Name> = Omit<Parameters<Guarded[N]>[0], 'accountId'>;
type Answer<N extends Name> = Awaited<ReturnType<Guarded[N]>>;
type Activity<N extends Name> = {
  executeWithOptions(options: { summary: string }, args: [request: Request<N>]): Promise<Answer<N>>;
};

/** What a call asks of amoCRM. As long as something of it waits, it is known what for. */
export class Requests {
  readonly #accountId: string;
  readonly #writes: typeof guardedWrites;
  readonly #onWait: () => void;
  readonly #under = new Set<{ activity: Name; summary: string; reason?: string }>();

  /**
   * @param writes on which queue
   * @param onWait called when something has begun to wait, waits for something else, or waits no more
   */
  constructor(accountId: string, writes: typeof guardedWrites, onWait: () => void) {
    this.#accountId = accountId;
    this.#writes = writes;
    this.#onWait = onWait;
  }

  /** @param summary for people who look at the Temporal UI */
  send<N extends Name>(activity: N, summary: string, request: Request<N>): Promise<Answer<N>> {
    const sent: { activity: Name; summary: string; reason?: string } = { activity, summary };
    this.#under.add(sent);
    const over = () => {
      this.#under.delete(sent);
      if (sent.reason !== undefined) this.#onWait();
    };
    const proxy = this.#writes[activity] as unknown as Activity<N>;
    const answer = proxy.executeWithOptions({ summary }, [{ accountId: this.#accountId, ...request }]);
    answer.then(over, over);
    return answer;
  }

  /** Whoever tries says why it has to wait. */
  hear({ activity, reason }: Wait): void {
    const waiting = [...this.#under].filter((sent) => sent.activity === activity);
    for (const sent of waiting) sent.reason = reason;
    if (waiting.length > 0) this.#onWait();
  }

  /** In words, what waits for what. */
  get waits(): string[] {
    const waiting = [...this.#under].filter(({ reason }) => reason !== undefined);
    return [...new Set(waiting.map(({ summary, reason }) => `${summary}: ${reason}`))];
  }
}
