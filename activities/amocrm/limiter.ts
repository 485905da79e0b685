import { setTimeout as sleep } from 'node:timers/promises';
import { type Pause, wordsOfPause } from '../store/pauses.ts';
import { neededSinceMs } from './asked-for.ts';
import { askAgainMs, type Lane, type Place, type RequestBudget, type Verdict } from './budget.ts';
import { AmocrmError, tooLate } from './errors.ts';

/** How the requests of this process that travel in one lane come to their places. */
export interface RequestLimiter {
  /**
   * The next place. It is given to whom it has been waited for longest, taken together; whoever has been passed by for
   * long goes first, the oldest need of all.
   *
   * @param signal whoever gives up leaves the line
   * @param waitsMs how long each that would go there has waited since it was asked for, also through attempts that gave
   * up; left out: the one who asks
   * @throws AmocrmError `RateLimited` if none comes free in time, the code of the pause that stands, or `NoBudget` if
   * our stores can't be asked; nothing was sent
   */
  place(signal?: AbortSignal, waitsMs?: () => readonly number[]): Promise<Place>;
  /**
   * Nobody sends for a while, in no process and no lane; if that can't be noted only whoever was refused waits.
   *
   * @returns the error with which everybody waits now
   */
  pause(error: AmocrmError): Promise<AmocrmError>;
}

/** For so long a fuller request may pass by; well within what anybody waits, also a second request (gathering/door.ts). */
const passedByForMs = 5_000;
/** Longer than that nobody waits inside an activity: its retry does. */
const longestWaitMs = 15_000;
/** Whoever waits for the end of a pause looks so often: who ends it by hand must not have to wake each call. */
const longestSleepMs = 60_000;

export function createRequestLimiter(budget: RequestBudget, lane: Lane): RequestLimiter {
  const line = new Line(budget, lane);
  return {
    place: (signal, waitsMs) => line.place(signal, waitsMs),
    async pause(error) {
      const pause = await budget.pause(error).catch(() => undefined);
      return pause ? errorOfPause(pause, Math.max(1, pause.untilMs - Date.now())) : error;
    },
  };
}

interface Waiting {
  /** Ms of this process' own clock. */
  cameAtMs: number;
  waitsMs(): readonly number[];
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

  async place(signal: AbortSignal | undefined, waitsMs = waitOfOne()): Promise<Place> {
    if (signal?.aborted) throw tooLate();
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const mine = { cameAtMs: performance.now(), waitsMs, resolve, reject };
    const giveUp = () => this.#leave([mine], tooLate);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.add(mine);
    if (!this.#isMoving) void this.#move();
    return promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  async #move(): Promise<void> {
    this.#isMoving = true;
    for (;;) {
      const [first] = this.#waiting;
      if (!first) break;
      const verdict = await this.#ask(performance.now() - first.cameAtMs);
      if (!verdict) continue;
      if ('place' in verdict) this.#give(verdict.place);
      else if ('pause' in verdict) await this.#waitOut(verdict);
      else await this.#wait(verdict.waitMs);
    }
    this.#isMoving = false;
  }

  /** @returns undefined if nobody can say; then all have left */
  async #ask(waitedMs: number): Promise<Verdict | undefined> {
    try {
      return await this.#budget.take(this.#lane, waitedMs);
    } catch (error) {
      this.#leave([...this.#waiting], () => noBudget(error as Error));
      return undefined;
    }
  }

  #give(place: Place): void {
    const next = this.#next();
    if (next) {
      this.#waiting.delete(next);
      next.resolve(place);
    } else place.giveBack();
  }

  #next(): Waiting | undefined {
    const nowMs = performance.now();
    const ranked = [...this.#waiting].map((one) => {
      const waitsMs = one.waitsMs();
      const isPassedBy = nowMs - one.cameAtMs >= passedByForMs;
      return { one, isPassedBy, rankMs: isPassedBy ? Math.max(0, ...waitsMs) : sum(waitsMs) };
    });
    const byRank = ranked.toSorted((a, b) => Number(b.isPassedBy) - Number(a.isPassedBy) || b.rankMs - a.rankMs);
    return byRank[0]?.one;
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

function waitOfOne(): () => readonly number[] {
  const sinceMs = neededSinceMs();
  return () => [performance.now() - sinceMs];
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

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
