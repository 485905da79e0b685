import type { Ledger } from '../store/ledger.ts';
import { requestTimeoutMs } from './client.ts';
import { AmocrmError } from './errors.ts';

/** Time on the way from the ledger to the request, and for amoCRM after we gave up on it. */
const slackMs = 8_000;
/** So long an attempt may take until its request leaves, and that until it is over. */
const leaseMs = requestTimeoutMs + slackMs;
/** After that amoCRM may still be at work on a request that took too long, or whose sender was killed. */
const stillAtWorkMs = 15_000;
/** Whoever waits for another attempt asks the ledger that often whether it is over. */
const askAgainMs = 1_000;
/** While amoCRM may not yet show what it did it is looked for that often. */
const lookAgainMs = 10_000;

/**
 * @typeParam R what stands in amoCRM afterwards
 * @typeParam I what a request says before it leaves: by that whoever comes later finds what it left
 */
export interface Effect<R, I extends object = never> {
  /** For people: `the call`. */
  what: string;
  /** How long amoCRM may take to show what it did to whoever looks, ms. */
  showsWithinMs: number;
  /**
   * Looks in amoCRM for what an earlier attempt, perhaps of another call, may have left there.
   *
   * @param intention of its last request; undefined if that said none
   */
  lookUp(intention: I | undefined): Promise<R | undefined>;
  /**
   * Brings it about; undefined if amoCRM said no for a good reason and did nothing.
   *
   * @param nextRequest awaited when a request is about to leave, however long it has waited: the ledger's deadline
   * covers one request from then on, and holds its intention; throws if another attempt has taken over and nothing may
   * be sent
   */
  send(nextRequest: NextRequest<I>): Promise<R | undefined>;
}

export type NextRequest<I> = (intention?: I) => Promise<void>;

/**
 * Brings an effect about once, whatever crashed meanwhile: an attempt that finds an earlier one of unknown fate waits
 * out its deadline and looks before it sends again, as often as amoCRM may take to show it.
 *
 * @throws AmocrmError `RequestUnderWay` while another attempt may still send, and whatever the effect throws
 */
export async function exactlyOnce<R, I extends object = never>(
  ledger: Ledger,
  key: string,
  effect: Effect<R, I>,
): Promise<R | undefined> {
  const begin = await ledger.begin<R>(key, leaseMs);
  if (begin.state === 'done') return begin.record;
  if (begin.state === 'in-flight') throw underWay(begin.retryAfterMs);
  const { attempt } = begin;
  if (begin.state === 'unknown-fate') {
    const found = await lookUp(ledger, key, attempt, effect, begin.intention as I | undefined);
    if (found !== undefined) return found;
    if (begin.mayShowForMs > 0) {
      const againMs = Math.min(begin.mayShowForMs, lookAgainMs);
      await ledger.hold(key, attempt, againMs);
      throw underWay(againMs);
    }
    if (!(await ledger.hold(key, attempt, leaseMs))) throw underWay(askAgainMs);
  }
  return send(ledger, key, attempt, effect);
}

/** @param retryAfterMs until when it may last; whoever waits looks more often */
function underWay(retryAfterMs: number): AmocrmError {
  const message = 'An earlier request may still be under way; waiting for it to end.';
  return new AmocrmError('RequestUnderWay', message, {
    hadNoEffect: false,
    retryAfterMs: Math.min(retryAfterMs, askAgainMs),
  });
}

async function lookUp<R, I extends object>(
  ledger: Ledger,
  key: string,
  attempt: number,
  effect: Effect<R, I>,
  intention: I | undefined,
): Promise<R | undefined> {
  try {
    const found = await effect.lookUp(intention);
    if (found !== undefined) await ledger.done(key, found);
    return found;
  } catch (error) {
    await ledger.hold(key, attempt, 0); // a look has told nothing: the next attempt looks again
    throw error instanceof AmocrmError && error.isHopeless ? uncertain(key, effect.what, error) : error;
  }
}

/** amoCRM may have it, and can't be asked: only a person can tell. */
function uncertain(key: string, what: string, { message }: AmocrmError): AmocrmError {
  return new AmocrmError(
    'Uncertain',
    `It is not certain whether ${what} stands in amoCRM: a request was cut off, and a look there is refused. ${message}`,
    { hadNoEffect: false, effectKey: key },
  );
}

/** What a person says about an effect of unknown fate. */
export type Verdict = 'it-stands' | 'send-again';

async function send<R, I extends object>(
  ledger: Ledger,
  key: string,
  attempt: number,
  effect: Effect<R, I>,
): Promise<R | undefined> {
  let hasLeft = false;
  const nextRequest: NextRequest<I> = async (intention) => {
    const term = { deadlineMs: leaseMs, showsWithinMs: stillAtWorkMs + effect.showsWithinMs }; // should we die
    if (!(await ledger.leave(key, attempt, term, intention))) throw underWay(askAgainMs);
    hasLeft = true;
  };
  let record: R | undefined;
  try {
    record = await effect.send(nextRequest);
  } catch (error) {
    const known = error instanceof AmocrmError ? error : undefined;
    const atWorkMs = known?.code === 'TooSlow' ? stillAtWorkMs : 0;
    await (known?.hadNoEffect || !hasLeft
      ? ledger.idle(key, attempt)
      : ledger.cutOff(key, attempt, { deadlineMs: 0, showsWithinMs: atWorkMs + effect.showsWithinMs }));
    throw error;
  }
  await (record === undefined ? ledger.idle(key, attempt) : ledger.done(key, record));
  return record;
}
