import type { Ledger } from '../store/ledger.ts';
import { requestTimeoutMs } from './client.ts';
import { AmocrmError } from './errors.ts';

/** Time on the way from the ledger to the request, and for amoCRM after we gave up on it. */
const slackMs = 8_000;
/** amoCRM may still be at work on a request that took too long. */
const stillAtWorkMs = 15_000;
/** Whoever waits for another attempt asks the ledger that often whether it is over. */
const askAgainMs = 1_000;
/** While amoCRM may not yet show what it did it is looked for that often. */
const lookAgainMs = 10_000;

export interface Effect<R> {
  /** For people: `the call`. */
  what: string;
  /** How long amoCRM may take to show what it did to whoever looks, ms. */
  showsWithinMs: number;
  /** Looks in amoCRM for what an earlier attempt may have left there. */
  lookUp(): Promise<R | undefined>;
  /**
   * Brings it about; undefined if amoCRM said no for a good reason and did nothing.
   *
   * @param nextRequest awaited when a request is about to leave, however long it has waited: the ledger's deadline
   * covers one request from then on; throws if another attempt has taken over and nothing may be sent
   */
  send(nextRequest: () => Promise<void>): Promise<R | undefined>;
}

/**
 * Brings an effect about once, whatever crashed meanwhile: an attempt that finds an earlier one of unknown fate waits
 * out its deadline and looks before it sends again, as often as amoCRM may take to show it.
 *
 * @throws AmocrmError `RequestUnderWay` while another attempt may still send, and whatever the effect throws
 */
export async function exactlyOnce<R>(ledger: Ledger, key: string, effect: Effect<R>): Promise<R | undefined> {
  const term = { deadlineMs: requestTimeoutMs + slackMs, showsWithinMs: effect.showsWithinMs };
  const begin = await ledger.begin<R>(key, term);
  if (begin.state === 'done') return begin.record;
  if (begin.state === 'in-flight') throw underWay(begin.retryAfterMs);
  const nextRequest = async () => {
    if (!(await ledger.extend(key, begin.attempt, term))) throw underWay(askAgainMs);
  };
  if (begin.state === 'unknown-fate') {
    const found = await lookUp(ledger, key, begin.attempt, effect);
    if (found !== undefined) return found;
    if (begin.mayShowForMs > 0) {
      const againMs = Math.min(begin.mayShowForMs, lookAgainMs);
      await ledger.lookAgain(key, begin.attempt, againMs);
      throw underWay(againMs);
    }
    await nextRequest();
  }
  return send(ledger, key, begin.attempt, effect, nextRequest);
}

/** @param retryAfterMs until when it may last; whoever waits looks more often */
export function underWay(retryAfterMs: number): AmocrmError {
  const message = 'An earlier request may still be under way; waiting for it to end.';
  return new AmocrmError('RequestUnderWay', message, {
    hadNoEffect: false,
    retryAfterMs: Math.min(retryAfterMs, askAgainMs),
  });
}

async function lookUp<R>(ledger: Ledger, key: string, attempt: number, effect: Effect<R>): Promise<R | undefined> {
  try {
    const found = await effect.lookUp();
    if (found !== undefined) await ledger.done(key, found);
    return found;
  } catch (error) {
    await ledger.lookAgain(key, attempt, 0);
    throw error instanceof AmocrmError && error.isHopeless ? uncertain(key, effect.what, error) : error;
  }
}

/** amoCRM may have it, and can't be asked: only a person can tell. */
function uncertain(key: string, what: string, { message }: AmocrmError): AmocrmError {
  return new AmocrmError(
    'Uncertain',
    `It is not certain whether ${what} stands in amoCRM: a request was cut off, and a look there is refused. ${message} ` +
      'Mend that and send the signal `retry`, or look yourself and send the signal `uncertain` with "it-stands" or "send-again".',
    { hadNoEffect: false, effectKey: key },
  );
}

/** What a person says about an effect of unknown fate. */
export type Verdict = 'it-stands' | 'send-again';

async function send<R>(
  ledger: Ledger,
  key: string,
  attempt: number,
  effect: Effect<R>,
  nextRequest: () => Promise<void>,
): Promise<R | undefined> {
  let record: R | undefined;
  try {
    record = await effect.send(nextRequest);
  } catch (error) {
    const known = error instanceof AmocrmError ? error : undefined;
    await (known?.hadNoEffect
      ? ledger.idle(key, attempt)
      : ledger.extend(key, attempt, {
          deadlineMs: known?.code === 'TooSlow' ? stillAtWorkMs : 0,
          showsWithinMs: effect.showsWithinMs,
        }));
    throw error;
  }
  await (record === undefined ? ledger.idle(key, attempt) : ledger.done(key, record));
  return record;
}
