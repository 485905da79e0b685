import type { Ledger } from '../store/ledger.ts';
import { requestTimeoutMs } from './client.ts';
import { AmocrmError } from './errors.ts';

/** Time for the budget before the request and for amoCRM after we gave up on it. */
const slackMs = 5_000;
/** After an error of the server its own work may still go on for a moment. */
const graceMs = 2_000;

export interface Effect<R> {
  /** Looks in amoCRM for what an earlier attempt may have left there. */
  lookUp(): Promise<R | undefined>;
  /**
   * Brings it about; undefined if amoCRM said no for a good reason and did nothing.
   *
   * @param nextRequest to be awaited before each request but the first: the ledger's deadline covers one request
   */
  send(nextRequest: () => Promise<void>): Promise<R | undefined>;
}

/**
 * Brings an effect about once, whatever crashed meanwhile: an attempt that finds an earlier one of unknown fate waits
 * out its deadline and looks before it sends again.
 *
 * @throws AmocrmError `RequestUnderWay` while another attempt may still send, and whatever the effect throws
 */
export async function exactlyOnce<R>(ledger: Ledger, key: string, effect: Effect<R>): Promise<R | undefined> {
  const begin = await ledger.begin<R>(key, deadlineMs);
  if (begin.state === 'done') return begin.record;
  if (begin.state === 'in-flight') throw underWay(begin.retryAfterMs);
  const nextRequest = async () => {
    if (!(await ledger.extend(key, begin.attempt, deadlineMs))) throw underWay(deadlineMs);
  };
  if (begin.state === 'unknown-fate') {
    const found = await lookUp(ledger, key, effect);
    if (found !== undefined) return found;
    await nextRequest();
  }
  return send(ledger, key, effect, nextRequest);
}

const deadlineMs = requestTimeoutMs + slackMs;

function underWay(retryAfterMs: number): AmocrmError {
  const message = 'An earlier request may still be under way; waiting for it to end.';
  return new AmocrmError('RequestUnderWay', message, { hadNoEffect: false, retryAfterMs });
}

async function lookUp<R>(ledger: Ledger, key: string, effect: Effect<R>): Promise<R | undefined> {
  try {
    const found = await effect.lookUp();
    if (found !== undefined) await ledger.done(key, found);
    return found;
  } catch (error) {
    await ledger.unknownFate(key, 0); // as unknown as before: the next attempt looks again
    throw error;
  }
}

async function send<R>(
  ledger: Ledger,
  key: string,
  effect: Effect<R>,
  nextRequest: () => Promise<void>,
): Promise<R | undefined> {
  let record: R | undefined;
  try {
    record = await effect.send(nextRequest);
  } catch (error) {
    const hadNoEffect = error instanceof AmocrmError && error.hadNoEffect;
    await (hadNoEffect ? ledger.idle(key) : ledger.unknownFate(key, graceMs));
    throw error;
  }
  await (record === undefined ? ledger.idle(key) : ledger.done(key, record));
  return record;
}
