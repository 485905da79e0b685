import type { Pool } from 'mysql2/promise';
import type { BackfillPeriod } from '../../proto/backfill.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { createPbxDatabase, type Database } from '../../tests/rig/databases.ts';
import { type OwnCelRow, ownCelTable } from '../../tests/rig/own-cel-table.ts';
import { createAsteriskActivities } from './index.ts';
import { openPbxDatabase } from './pbx-database.ts';

/** The calls of a period are found by few questions, whatever holes a table has and however clocks were set. */

let database: Database;
let pool: Pool;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const noonMs = Date.UTC(2026, 5, 15, 12);

beforeAll(async () => {
  database = await createPbxDatabase();
  pool = openPbxDatabase(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A call's first row: its id, and when the call began. */
type Beginning = [id: number, atMs: number];

const linkedidOf = ([id, atMs]: Beginning) => `${Math.floor(atMs / 1000)}.${id}`;

/** A table with the first rows of these calls, each followed by its last. */
async function tableOf(beginnings: readonly Beginning[], zone = 'UTC') {
  const rows = beginnings.flatMap((one): OwnCelRow[] => {
    const [id, atMs] = one;
    const linkedid = linkedidOf(one);
    return [
      [id, 'CHAN_START', utcMsToPbxTime(atMs, zone), linkedid, linkedid],
      [id + 1, 'LINKEDID_END', utcMsToPbxTime(atMs + 5_000, zone), linkedid, linkedid],
    ];
  });
  const celTable = await ownCelTable(database.pool, rows);
  return createAsteriskActivities(
    async () => ({ pool, celTable, cdrTable: 'cdr', timezone: zone }),
    async () => ({ ami: undefined, recordings: undefined, recordingLinks: 'fine' }),
    async () => undefined,
  );
}

/** @returns linkedids of the calls that are found, a page after the other, and how many questions that takes */
async function broughtOf(pbx: Awaited<ReturnType<typeof tableOf>>, period: BackfillPeriod, limit = 100) {
  const asked = jest.spyOn(pool, 'query');
  const range = await pbx.findPeriod({ pbxId: 'main', period });
  const linkedids: string[] = [];
  for (let fromId = range?.fromId; range && fromId !== undefined; ) {
    const page = await pbx.readBeginnings({ pbxId: 'main', period, range: { ...range, fromId }, limit });
    linkedids.push(...page.rows.map((row) => row.linkedid));
    fromId = page.nextId;
  }
  const questions = asked.mock.calls.length;
  asked.mockRestore();
  return { linkedids, questions };
}

const hourly = (count: number, fromMs: number, firstId = 10): Beginning[] =>
  Array.from({ length: count }, (_, i) => [firstId + 10 * i, fromMs + i * hourMs]);

it('of an empty table there are none', async () => {
  const pbx = await tableOf([]);
  expect(await pbx.findPeriod({ pbxId: 'main', period: { fromMs: noonMs, toMs: noonMs + dayMs } })).toBeNull();
  expect(await pbx.findBeginnings({ pbxId: 'main', linkedids: ['1781524800.1'] })).toEqual([]);
});

it.each([1, 7, 100])('each call of a period is found once, by pages of %i, and none beside it', async (limit) => {
  const calls = hourly(500, noonMs);
  const period = { fromMs: noonMs + 100 * hourMs, toMs: noonMs + 148 * hourMs };
  const { linkedids } = await broughtOf(await tableOf(calls), period, limit);
  expect(linkedids).toEqual(calls.slice(100, 148).map(linkedidOf));
});

it('over holes of a billion ids it takes few questions', async () => {
  const calls: Beginning[] = [...hourly(30, noonMs), ...hourly(30, noonMs + 30 * hourMs, 1_000_000_000)];
  const period = { fromMs: noonMs + 20 * hourMs, toMs: noonMs + 40 * hourMs };
  const { linkedids, questions } = await broughtOf(await tableOf(calls), period);
  expect(linkedids).toEqual(calls.slice(20, 40).map(linkedidOf));
  expect(questions).toBeLessThan(120);
});

it.each([
  ['goes back, one hour coming twice', Date.UTC(2026, 9, 24, 12)],
  ['goes forward, one hour missing', Date.UTC(2026, 2, 28, 12)],
])('where the wall clock %s each call is found', async (_, fromMs) => {
  const calls = hourly(40, fromMs);
  const pbx = await tableOf(calls, 'Europe/Berlin');
  for (const at of [11, 12, 13, 14]) {
    const period = { fromMs: fromMs + at * hourMs, toMs: fromMs + (at + 2) * hourMs };
    expect((await broughtOf(pbx, period)).linkedids).toEqual(calls.slice(at, at + 2).map(linkedidOf));
  }
});

it('rows that were put back from a backup, under newer ids, are found like all others', async () => {
  const lost = hourly(48, noonMs, 9_000);
  const later = hourly(200, noonMs + 30 * dayMs);
  const newest = hourly(20, noonMs + 90 * dayMs, 20_000);
  const pbx = await tableOf([
    ...hourly(5, noonMs - 90 * dayMs, 1).map(([id, at]): Beginning => [id * 2, at]),
    ...later,
    ...lost,
    ...newest,
  ]);
  const ofThem = { fromMs: noonMs, toMs: noonMs + 2 * dayMs };
  expect((await broughtOf(pbx, ofThem)).linkedids).toEqual(lost.map(linkedidOf));
  const afterwards = { fromMs: noonMs + 30 * dayMs, toMs: noonMs + 31 * dayMs };
  expect((await broughtOf(pbx, afterwards)).linkedids).toEqual(later.slice(0, 24).map(linkedidOf));
  const chosen = [lost[3], later[7]].flatMap((one) => (one ? [linkedidOf(one)] : []));
  const found = await pbx.findBeginnings({ pbxId: 'main', linkedids: chosen });
  expect(found.map(({ linkedid }) => linkedid).toSorted()).toEqual(chosen.toSorted());
});

it('a few rows that were put back last are not overlooked in a large table', async () => {
  const [lost]: Beginning[] = [[900_000, noonMs]];
  const pbx = await tableOf([...hourly(400, noonMs + 10 * dayMs, 500_000), lost as Beginning]);
  const { linkedids } = await broughtOf(pbx, { fromMs: noonMs, toMs: noonMs + hourMs });
  expect(linkedids).toEqual([linkedidOf(lost as Beginning)]);
});
