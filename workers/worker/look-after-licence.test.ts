import type { StandingReason } from '../../proto/licence/standing.ts';
import { lookAfterLicence } from './look-after-licence.ts';

/** Waits are short, but for those that are not to come. */
async function looks(
  isConnected: () => boolean,
  { hasKey = false, clockBehindMs = 0, reason = null as StandingReason | null } = {},
): Promise<string[]> {
  const stop = new AbortController();
  const done: string[] = [];
  let rounds = 0;
  await lookAfterLicence(
    {
      licence: {
        now: async () => ({ permit: undefined, clockBehindMs, standing: { reason } }) as never,
        noteTime: async () => void done.push('time'),
      },
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
    { warn: (message: string) => void done.push(message) },
    stop.signal,
  );
  return done;
}

it('keeps the actor, writes the time down, and begins a trial once when an account is connected', async () => {
  let asked = 0;
  expect(await looks(() => ++asked > 2)).toEqual(['time', 'keep', 'look']);
});

it('begins no trial without an account, nor where there is a key', async () => {
  expect(await looks(() => false)).toEqual(['time', 'keep']);
  expect(await looks(() => true, { hasKey: true })).toEqual(['time', 'keep']);
});

it('asks the licensing server at once, and no oftener than once a minute, while the clock is behind', async () => {
  expect(await looks(() => false, { clockBehindMs: 3_600_000 })).toEqual(['time', 'keep', 'look']);
});

it('tells once why no permit can be believed', async () => {
  expect(await looks(() => false, { reason: 'no-root-key' })).toEqual([
    expect.stringContaining('Set LICENSING_ROOT_KEY'),
    ...['time', 'keep'],
  ]);
});
