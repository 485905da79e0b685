import { setTimeout as sleep } from 'node:timers/promises';
import { type Backfill, createBackfills } from '../../activities/store/backfills.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import type { BackfillChoice, BackfillCounts, BackfillMode } from '../../proto/backfill.ts';
import { createBackfillActors } from '../../runtime/backfill-actors.ts';
import { type BackfillPace, usualPace } from '../../workflows/backfill/contract.ts';
import { newCall, strangersNumber, type TestCall, write } from './calls.ts';
import type { Installation } from './installation.ts';

/** Calls of the past, and how they are brought. */

export const daysAgo = (days: number): number => Math.floor(Date.now() / 1000) * 1000 - days * 86_400_000;

/** Of the calls that began within a day of that moment. */
export const periodFrom = (fromMs: number): BackfillChoice => ({
  period: { fromMs: fromMs - 60_000, toMs: fromMs + 86_400_000 },
});

/** Written while nobody reads; a minute between each. @param clientNumber of all of them; each has its own if left out */
export async function callsOfThePast(
  house: Installation,
  scenarios: readonly string[],
  startedAtMs: number,
  clientNumber?: string,
): Promise<TestCall[]> {
  const calls = scenarios.map((scenario, index) =>
    newCall(scenario, { clientNumber: clientNumber ?? strangersNumber(), startedAtMs: startedAtMs + index * 60_000 }),
  );
  for (const call of calls) await write(house, call.rows);
  return calls;
}

/** Tests don't wait for a person, or for a database, as long as people do. */
const quick = { ...usualPace, lookEveryMs: 300, retryMs: 300, letGoAfterMs: 300 };

export function backfillsOf(house: Installation, pace: Partial<BackfillPace> = {}) {
  const pool = openMysql(house.store.url);
  const store = createBackfills(pool);
  const actors = createBackfillActors(house.temporal, store, { ...quick, ...pace });
  const { accountId } = house;
  const find = async (id: number) => (await store.find(id)) as Backfill;
  /** Waits for it. */
  const until = async (id: number, fits: (backfill: Backfill, counts: BackfillCounts) => boolean): Promise<void> => {
    for (;;) {
      const [backfill, counts] = [await find(id), await store.counts(id)];
      if (fits(backfill, counts)) return;
      if (backfill.endedAtMs !== null && counts.underWay === 0) {
        throw new Error(`The backfill ended otherwise: ${JSON.stringify({ backfill, counts })}`);
      }
      await sleep(50);
    }
  };
  return {
    store,
    actors,
    find,
    until,

    close: () => pool.end(),

    async begin(choice: BackfillChoice, mode: Partial<BackfillMode> = {}): Promise<number> {
      const order = { pbxId: house.pbxId, choice, mode: { scope: 'everything', leaveOthers: false, ...mode } as const };
      const id = await actors.begin(order, accountId, 'anna');
      if (id === undefined) throw new Error('Another backfill is open');
      return id;
    },

    /** @returns what became of the calls */
    async ended(id: number): Promise<BackfillCounts> {
      await until(id, ({ endedAtMs }) => endedAtMs !== null);
      const { state, reason } = await find(id);
      if (state !== 'done') throw new Error(`The backfill is ${state}: ${reason}`);
      return store.counts(id);
    },
  };
}
