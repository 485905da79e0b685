import { asyncLocalStorage, type Context } from '@temporalio/activity';
import type { KnownClients } from '../store/known-clients.ts';
import type { AmocrmClient } from './client.ts';
import { createClientBook } from './client-book.ts';

/** @param saidBeforeMs how long ago amoCRM has said that nobody has the phone. @param waitedMs since it was asked for */
async function isAskedAgain(saidBeforeMs: number, waitedMs: number): Promise<boolean> {
  let isAsked = false;
  const known = {
    recall: async () => ({ client: null, askedAtMs: Date.now() - saidBeforeMs }),
    remember: async () => undefined,
  } as unknown as KnownClients;
  const nobody = { GET: async () => ({ response: new Response(null, { status: 204 }) }) } as unknown as AmocrmClient;
  const clientOf = () => {
    isAsked = true;
    return nobody;
  };
  const book = createClientBook(known, clientOf, () => ({}) as never);
  const activity = { info: { scheduledTimestampMs: Date.now() - waitedMs } } as Context;
  expect(await asyncLocalStorage.run(activity, () => book.askUnlessAbsent('acme', '79995550100'))).toBeNull();
  return isAsked;
}

describe('that nobody has a phone', () => {
  it.each([
    [5_000, 0, false],
    [15_000, 0, true], // somebody may have written them down before this was asked for
    [45_000, 44_000, false],
    [70_000, 69_000, true],
    [-70_000, 0, true], // a clock was set back
  ])(
    'said %i ms ago, where it is waited for since %i ms, is asked again: %s',
    async (saidBeforeMs, waitedMs, isAgain) => {
      expect(await isAskedAgain(saidBeforeMs, waitedMs)).toBe(isAgain);
    },
  );
});
