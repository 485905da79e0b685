import { lookAfterLicence } from './look-after-licence.ts';

/** Waits are short, but for those that are not to come. */
async function looks(isConnected: () => boolean, hasKey = false): Promise<string[]> {
  const stop = new AbortController();
  const done: string[] = [];
  let rounds = 0;
  await lookAfterLicence(
    {
      licence: { now: async () => ({ permit: undefined }) as never, noteTime: async () => void done.push('time') },
      licenceActor: { keep: async () => void done.push('keep'), look: async () => void done.push('look') },
      requests: {
        hasConnectedAccount: async () => {
          if (++rounds === 4) stop.abort();
          return isConnected();
        },
      },
      secrets: {
        read: async () => {
          if (hasKey && ++rounds === 4) stop.abort();
          return hasKey ? 'a key' : undefined;
        },
      },
    },
    { lookEveryMs: 1, keepEveryMs: 60_000, noteTimeEveryMs: 60_000 },
    { warn: () => undefined },
    stop.signal,
  );
  return done;
}

it('keeps the actor, writes the time down, and begins a trial once when an account is connected', async () => {
  let asked = 0;
  expect(await looks(() => ++asked > 2)).toEqual(['keep', 'time', 'look']);
});

it('begins no trial without an account, nor where there is a key', async () => {
  expect(await looks(() => false)).toEqual(['keep', 'time']);
  expect(await looks(() => true, true)).toEqual(['keep', 'time']);
});
