import type { Pool } from 'mysql2/promise';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { createPbxDatabase, type Database } from '../../tests/rig/databases.ts';
import { type OwnCelRow, ownCelTable } from '../../tests/rig/own-cel-table.ts';
import { createAsteriskActivities } from './index.ts';
import { openPbxDatabase } from './pbx-database.ts';

/** Calls of long ago are found and read in a large table without an index, and no farther than they go. */

let database: Database;
let pool: Pool;
const noonMs = Date.UTC(2026, 5, 15, 12);
const hourMs = 3_600_000;
const idAt = (atMs: number, counter = 1) => `${Math.floor(atMs / 1000)}.${counter}`;
const other = idAt(noonMs, 77);
const call = idAt(noonMs);

beforeAll(async () => {
  database = await createPbxDatabase();
  pool = openPbxDatabase(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface Row {
  id: number;
  linkedid?: string;
  uniqueid?: string;
  eventtype?: string;
  afterMs?: number;
}

/** A table of its own with these rows and, among those, some of another call. @param wrote zone in which its PBX writes */
async function tableOf(rows: Row[], others: number[], { zone = 'UTC', wrote = 'UTC' } = {}) {
  const all = [...rows, ...others.map((id) => ({ id, linkedid: other }))] as Row[];
  const values = all.map(
    ({ id, linkedid = call, uniqueid = linkedid, eventtype = 'BRIDGE_ENTER', afterMs = 0 }): OwnCelRow => {
      const beganAtMs = Number(linkedid.split('.')[0]) * 1000;
      return [id, eventtype, utcMsToPbxTime(beganAtMs + afterMs, wrote), uniqueid, linkedid];
    },
  );
  const celTable = await ownCelTable(database.pool, values);
  return createAsteriskActivities(
    async () => ({ pool, celTable, cdrTable: 'cdr', timezone: zone }),
    async () => ({ ami: undefined, recordings: undefined, recordingLinks: 'fine' }),
    async () => undefined,
  );
}

/** @returns ids of the rows that are read for the call, and how many questions that takes */
async function readIn(pbx: Awaited<ReturnType<typeof tableOf>>) {
  const asked = jest.spyOn(pool, 'getConnection'); // each question takes one
  const { rows, nextId } = await pbx.readRows({
    ...{ pbxId: 'main', linkedids: [call], knownRowIds: [], beginningSeen: false },
  });
  const questions = asked.mock.calls.length;
  expect(questions).toBeGreaterThan(0);
  asked.mockRestore();
  expect(nextId).toBeUndefined();
  return { ids: rows.map(({ id }) => id), questions };
}

const everyThousand = (upTo: number) => Array.from({ length: upTo / 1_000 }, (_, i) => (i + 1) * 1_000);

it('a call is read until its end, with what comes a little late, and not what bears its name far behind', async () => {
  const end: Row = { id: 9_500, eventtype: 'LINKEDID_END' };
  const rows = [{ id: 100, eventtype: 'CHAN_START' }, { id: 101 }, end, { id: 10_100 }, { id: 59_999 }];
  const { ids } = await readIn(await tableOf(rows, everyThousand(60_000)));
  expect(ids).toEqual([100, 101, 9_500, 10_100]);
});

it('a call without an end is followed over a hole of a billion ids by few questions, and given up after days of silence', async () => {
  const rows: Row[] = [
    { id: 100, eventtype: 'CHAN_START' },
    { id: 1_000_000_100, afterMs: 70 * hourMs },
    { id: 1_000_050_000, afterMs: 150 * hourMs },
    { id: 1_000_090_000, afterMs: 151 * hourMs },
  ];
  const { ids, questions } = await readIn(await tableOf(rows, []));
  expect(ids).toEqual([100, 1_000_000_100]);
  expect(questions).toBeLessThan(100); // a window after the other would be 100,000
});

it('the linkedids of a channel are looked for until it is gone, and of one that goes on over a hole', async () => {
  const [gone, open] = [idAt(noonMs, 5), idAt(noonMs, 6)];
  const [older, forged] = [idAt(noonMs - hourMs, 1), idAt(noonMs - hourMs, 2)];
  const of = (uniqueid: string, rest: Row): Row => ({ uniqueid, ...rest });
  const rows = [
    of(gone, { id: 100, linkedid: gone, eventtype: 'CHAN_START' }),
    of(gone, { id: 120, linkedid: older, afterMs: hourMs }),
    of(gone, { id: 130, linkedid: older, afterMs: hourMs, eventtype: 'CHAN_END' }),
    of(gone, { id: 55_001, linkedid: forged, afterMs: 2 * hourMs }),
  ];
  const pbx = await tableOf(rows, everyThousand(60_000));
  const found = await pbx.linkedidsOf({ pbxId: 'main', uniqueids: [gone] });
  expect({ ...found, [gone]: new Set(found[gone]) }).toEqual({ [gone]: new Set([gone, older]) });
  const parked = [
    of(open, { id: 100, linkedid: open, eventtype: 'CHAN_START' }),
    of(open, { id: 1_000_000_000, linkedid: older, afterMs: 40 * hourMs }),
  ];
  const held = await (await tableOf(parked, [])).linkedidsOf({ pbxId: 'main', uniqueids: [open] });
  expect(new Set(held[open])).toEqual(new Set([open, older]));
});

describe('the calls of an hour, in a table with holes, of a PBX whose zone is set wrongly by 25 hours', () => {
  const period = { fromMs: noonMs, toMs: noonMs + hourMs };
  const start = (id: number, linkedid: string): Row => ({ id, linkedid, eventtype: 'CHAN_START' });
  const within = [0, 1, 2, 3, 4].map((i) => idAt(noonMs + i * 60_000 * 12, i + 1));
  const rows = [
    start(10, idAt(noonMs - 40 * hourMs)),
    start(2_000_000, idAt(noonMs - 1_000)),
    start(2_000_001, within[0] as string),
    { ...start(2_000_002, within[0] as string), uniqueid: idAt(noonMs, 9) }, // a further channel
    start(2_050_000, within[1] as string),
    start(900_000_000, within[2] as string),
    start(900_000_001, within[3] as string),
    start(900_000_002, within[4] as string),
    start(900_000_003, idAt(noonMs + hourMs)),
    start(1_800_000_000, idAt(noonMs + 200 * hourMs)),
  ];
  const zones = [
    { zone: 'Pacific/Kiritimati', wrote: 'Pacific/Pago_Pago' },
    { zone: 'Pacific/Pago_Pago', wrote: 'Pacific/Kiritimati' },
    { zone: 'UTC', wrote: 'UTC' },
  ];

  it.each(zones)('are found a page at a time: $zone, and it writes by $wrote', async (zone) => {
    const pbx = await tableOf(rows, [], zone);
    const range = await pbx.findPeriod({ pbxId: 'main', period });
    if (!range) throw new Error('No range was found');
    const pages: string[][] = [];
    for (let fromId: number | undefined = range.fromId; fromId !== undefined; ) {
      const page = await pbx.readBeginnings({ pbxId: 'main', period, range: { ...range, fromId }, limit: 2 });
      pages.push(page.rows.map(({ linkedid }) => linkedid));
      fromId = page.nextId;
    }
    expect(pages.flat()).toEqual(within);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
  });

  it.each(zones)('chosen ones are found by their names: $zone, and it writes by $wrote', async (zone) => {
    const pbx = await tableOf(rows, [], zone);
    const linkedids = [within[4] as string, idAt(noonMs, 99), 'no-time', within[0] as string];
    const found = await pbx.findBeginnings({ pbxId: 'main', linkedids });
    expect(found.map(({ id }) => id)).toEqual([900_000_002, 2_000_001]);
  });

  it('are none where the table begins later', async () => {
    const pbx = await tableOf(rows, []);
    const before = { fromMs: noonMs - 2_000 * hourMs, toMs: noonMs - 1_000 * hourMs };
    expect(await pbx.findPeriod({ pbxId: 'main', period: before })).toBeNull();
  });
});
