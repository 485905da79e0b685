import { setTimeout as sleep } from 'node:timers/promises';
import { type Pause, wordsOfPause } from '../store/pauses.ts';
import { askAgainMs, type Lane, type Place, type RequestBudget } from './budget.ts';
import { AmocrmError, tooLate } from './errors.ts';

/** How the requests of this process that travel in one lane come to their places. */
export interface RequestLimiter {
  /**
   * The next place, first come, first served.
   *
   * @param signal whoever gives up leaves the line
   * @throws AmocrmError `RateLimited` if none comes free in time, the code of the pause that stands, or `NoBudget` if
   * our stores can't be asked; nothing was sent
   */
  place(signal?: AbortSignal): Promise<Place>;
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

/** Only the first in the line asks Redis. One for each lane of a process: those of several lines wait side by side. */
export function createRequestLimiter(budget: RequestBudget, lane: Lane): RequestLimiter {
  let line: Promise<unknown> = Promise.resolve();
  return {
    place(signal) {
      const giveUpAtMs = performance.now() + longestWaitMs;
      const mine = line.then(() => firstInLine(budget, lane, giveUpAtMs, signal));
      line = mine.catch(() => undefined);
      return signal ? unlessAborted(mine, signal) : mine;
    },
    async pause(error) {
      const pause = await budget.pause(error).catch(() => undefined);
      return pause ? errorOfPause(pause, Math.max(1, pause.untilMs - Date.now())) : error;
    },
  };
}

async function firstInLine(
  budget: RequestBudget,
  lane: Lane,
  giveUpAtMs: number,
  signal: AbortSignal | undefined,
): Promise<Place> {
  for (;;) {
    if (signal?.aborted) throw tooLate();
    const verdict = await budget.take(lane).catch((error: Error) => Promise.reject(noBudget(error)));
    if ('place' in verdict) return verdict.place;
    if ('pause' in verdict) await waitOut(verdict, giveUpAtMs);
    else if (performance.now() + verdict.waitMs > giveUpAtMs) throw noPlace();
    else await sleep(Math.min(verdict.waitMs, askAgainMs));
  }
}

async function waitOut({ pause, leftMs }: { pause: Pause; leftMs: number }, giveUpAtMs: number): Promise<void> {
  if (performance.now() + leftMs > giveUpAtMs) throw errorOfPause(pause, leftMs);
  await sleep(leftMs);
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

/** Whoever has given up gets no place: the one that comes all the same is given back. */
function unlessAborted(place: Promise<Place>, signal: AbortSignal): Promise<Place> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(tooLate());
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    place
      .then((mine) => (signal.aborted ? mine.giveBack() : resolve(mine)), reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}
