import { setTimeout as sleep } from 'node:timers/promises';
import { type Pause, wordsOfPause } from '../store/pauses.ts';
import { askAgainMs, type Lane, type Place, type RequestBudget } from './budget.ts';
import { AmocrmError, tooLate } from './errors.ts';

/** How the requests of this process that travel in one lane come to their places. */
export interface RequestLimiter {
  /**
   * The next place; of those that wait it is given to whom it has been waited for longest.
   *
   * @param signal whoever gives up leaves the line
   * @param waitedMs how long, taken together, all have waited that would go there; left out: one, since it was asked for
   * @throws AmocrmError `RateLimited` if none comes free in time, the code of the pause that stands, or `NoBudget` if
   * our stores can't be asked; nothing was sent
   */
  place(signal?: AbortSignal, waitedMs?: () => number): Promise<Place>;
  /**
   * Nobody sends for a while, in no process and no lane; if that can't be noted only whoever was refused waits.
   *
   * @returns the error with which everybody waits now
   */
  pause(error: AmocrmError): Promise<AmocrmError>;
}

/** Longer than that nobody waits inside an activity: its retry does. */
const longestWaitMs = 15_000;
/** Whoever waits for the end of a pause looks so often: who ends it by hand must not have to wake each call. */
const longestSleepMs = 60_000;

export function createRequestLimiter(budget: RequestBudget, lane: Lane): RequestLimiter {
  const line = new Line(budget, lane);
  return {
    place: (signal, waitedMs) => line.place(signal, waitedMs),
    async pause(error) {
      const pause = await budget.pause(error).catch(() => undefined);
      return pause ? errorOfPause(pause, Math.max(1, pause.untilMs - Date.now())) : error;
    },
  };
}

interface Waiting {
  cameAtMs: number;
  waitedMs(): number;
  resolve(place: Place): void;
  reject(error: AmocrmError): void;
}

/** Those of one lane of this process that wait: one of them at a time asks Redis. Those of several lines wait side by side. */
class Line {
  readonly #budget: RequestBudget;
  readonly #lane: Lane;
  readonly #waiting = new Set<Waiting>();
  #isMoving = false;

  constructor(budget: RequestBudget, lane: Lane) {
    this.#budget = budget;
    this.#lane = lane;
  }

  place(signal: AbortSignal | undefined, waitedMs?: () => number): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(tooLate());
      const cameAtMs = performance.now();
      const mine: Waiting = { cameAtMs, waitedMs: waitedMs ?? (() => performance.now() - cameAtMs), resolve, reject };
      this.#waiting.add(mine);
      signal?.addEventListener('abort', () => this.#leave([mine], tooLate), { once: true });
      if (!this.#isMoving) void this.#move();
    });
  }

  async #move(): Promise<void> {
    this.#isMoving = true;
    while (this.#waiting.size > 0) {
      const [first] = this.#waiting as Iterable<Waiting>;
      try {
        const verdict = await this.#budget.take(this.#lane, performance.now() - (first as Waiting).cameAtMs);
        if ('place' in verdict) this.#give(verdict.place);
        else if ('pause' in verdict) await this.#waitOut(verdict);
        else await this.#wait(verdict.waitMs);
      } catch (error) {
        this.#leave([...this.#waiting], () => noBudget(error as Error));
      }
    }
    this.#isMoving = false;
  }

  #give(place: Place): void {
    const [next] = [...this.#waiting].toSorted((a, b) => b.waitedMs() - a.waitedMs());
    if (next) {
      this.#waiting.delete(next);
      next.resolve(place);
    } else place.giveBack();
  }

  async #wait(waitMs: number): Promise<void> {
    this.#leave(this.#whoGivesUpWithin(waitMs), noPlace);
    if (this.#waiting.size > 0) await sleep(Math.min(waitMs, askAgainMs));
  }

  async #waitOut({ pause, leftMs }: { pause: Pause; leftMs: number }): Promise<void> {
    this.#leave(this.#whoGivesUpWithin(leftMs), () => errorOfPause(pause, leftMs));
    if (this.#waiting.size > 0) await sleep(leftMs);
  }

  #whoGivesUpWithin(ms: number): Waiting[] {
    const cameBeforeMs = performance.now() + ms - longestWaitMs;
    return [...this.#waiting].filter(({ cameAtMs }) => cameAtMs < cameBeforeMs);
  }

  #leave(leaving: readonly Waiting[], errorOfOne: () => AmocrmError): void {
    for (const one of leaving) {
      this.#waiting.delete(one);
      one.reject(errorOfOne());
    }
  }
}

/** Says why nobody sends and until when, in the same words to each that waits. */
function errorOfPause(pause: Pause, leftMs: number): AmocrmError {
  return new AmocrmError(pause.code, wordsOfPause(pause), {
    hadNoEffect: true,
    retryAfterMs: Math.min(leftMs, longestSleepMs),
  });
}

function noBudget({ message: reason }: Error): AmocrmError {
  const message = `Nothing is sent to amoCRM while our Redis or database can't say how many requests may go (${reason}); trying again.`;
  return new AmocrmError('NoBudget', message, { hadNoEffect: true });
}

function noPlace(): AmocrmError {
  const message = 'There are more requests to amoCRM than it takes in a second; waiting for a place among them.';
  // not all at one moment
  return new AmocrmError('RateLimited', message, { hadNoEffect: true, retryAfterMs: 1_000 + Math.random() * 2_000 });
}
