import type { Pool } from 'mysql2/promise';
import { createDatabase, createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { createBackfills } from './backfills.ts';
import { createJournal } from './journal.ts';
import { createLedger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { openMysql } from './mysql.ts';
import { createRetention } from './retention.ts';

let database: Database;
/** As the processes have it. */
let mysql: Pool;
beforeAll(async () => {
  database = await createStoreDatabase();
  mysql = openMysql(database.url);
});
afterAll(async () => {
  await mysql.end();
  await database.drop();
});

const [longAgoMs, today] = [Date.UTC(2025, 0, 15), Date.UTC(2026, 10, 26)];
const termMs = today - 90 * 86_400_000;

const count = async (table: string, condition = '1'): Promise<number> => {
  const [[row]] = await database.pool.query<never[]>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${condition}`);
  return Number((row as unknown as { n: number }).n);
};

async function done(key: string, record: object): Promise<void> {
  const ledger = createLedger(database.pool);
  await ledger.begin(key, 1_000);
  await ledger.leave(key, 1, { deadlineMs: 1_000, showsWithinMs: 0 }, { phone: '79161234567' });
  await ledger.done(key, record);
}

it('lets old calls go with all that was told of them, and keeps the younger ones and what must not be done twice', async () => {
  const journal = createJournal(database.pool);
  const old = { linkedid: '1736930000.1', startedAtMs: longAgoMs, externalNumber: '79161234567' };
  const young = { linkedid: '1795590000.1', startedAtMs: today, externalNumber: '79031112233' };
  const stuck = { linkedid: '1736930000.2', startedAtMs: longAgoMs, externalNumber: '79031112233' };
  await journal.write(journalEntry(old));
  await journal.write(journalEntry(young));
  await journal.write(journalEntry(stuck, { state: 'needs-attention', reason: 'The right is missing.' }));
  await journal.keepLateRows('main', [{ id: 5, linkedid: old.linkedid } as never]);
  await done(`main:${old.linkedid}:call`, { noteId: 5 });
  await done(`main:${young.linkedid}:call`, { noteId: 6 });

  const backfills = createBackfills(database.pool);
  const mode = { scope: 'records', leaveOthers: false } as const;
  const by = { accountId: 'shop', workflowId: 'w', askedBy: 'anna' };
  const backfill = (await backfills.open({ pbxId: 'main', choice: { linkedids: [old.linkedid] }, mode }, by)) as number;
  await backfills.take(backfill, [old]);
  await backfills.note(backfill, [{ linkedid: old.linkedid, fate: 'told', detail: '' }]);
  const before = await backfills.counts(backfill);

  expect(await createRetention(database.pool).letGoBefore('main', termMs)).toBe(1);
  expect(await backfills.counts(backfill)).toEqual(before); // what became of it is known all the same
  expect(before.registered).toBe(1);
  expect(await createBackfills(mysql).calls(backfill, 'registered', undefined, 5)).toMatchObject([
    { linkedid: old.linkedid, registration: null, letGoAs: 'registered' },
  ]);
  expect(await count('calls')).toBe(2);
  expect(await journal.read('main', old.linkedid)).toBeUndefined();
  expect(await count('call_extensions', `linkedid = '${old.linkedid}'`)).toBe(0);
  expect(await count('late_rows')).toBe(0);
  expect(await count('phone_endings', `external_number = '${old.externalNumber}'`)).toBe(0);
  expect(await count('phone_endings', `external_number = '${young.externalNumber}'`)).toBeGreaterThan(0);
  expect(await createLedger(database.pool).standing(`main:${old.linkedid}:call`)).toEqual({
    state: 'done',
    record: { noteId: 5 },
  });
  expect(await count('side_effects', 'intention IS NOT NULL')).toBe(1); // of the young one
});

it("lets clients' keys of the ledger go, but for what amoCRM could not tell", async () => {
  const shop = 'shop.example';
  await done(`contact:${shop}:9161234567`, { contactId: 1 });
  await done(`contact:${shop}:9031112233`, { contactId: 2, hasNoPhone: true });
  await done(`lead:${shop}:9161234567`, { leadId: null, uid: 'abc' });
  await done('contact:other.example:9161234567', { contactId: 3 });
  await createRetention(database.pool).letGoClientsBefore(shop, Date.now() + 60_000);
  const left = "effect_key LIKE 'contact:%' OR effect_key LIKE 'lead:%'";
  expect(await count('side_effects', left)).toBe(3);
  expect(await count('side_effects', `effect_key = 'contact:${shop}:9161234567'`)).toBe(0);
});

it('the keys that were pressed in menus go with the upgrade, also from rows that were kept', async () => {
  const earlier = await createDatabase('ringflow');
  await migrate(earlier.url, 21);
  await earlier.pool.query(
    `INSERT INTO calls (pbx_id, linkedid, workflow_id, started_at, registration_state, \`call\`, registration, cel_row_ids)
     VALUES ('main', '1.1', 'w', '2026-11-25', 'not-sent', ?, '{}', '[]')`,
    [JSON.stringify({ ...journalEntry().call, ivr: { digits: '4276' } })],
  );
  const rows = ['DTMF', 'HANGUP'].map((eventType, id) => ['main', '1.1', id, JSON.stringify({ eventType })]);
  await earlier.pool.query('INSERT INTO late_rows (pbx_id, linkedid, cel_row_id, cel_row) VALUES ?', [rows]);
  await migrate(earlier.url);
  const [calls] = await earlier.pool.query('SELECT `call` FROM calls');
  expect(JSON.stringify(calls)).not.toContain('4276');
  const [kept] = await earlier.pool.query('SELECT cel_row FROM late_rows');
  expect(JSON.stringify(kept)).not.toContain('DTMF');
  expect(kept).toHaveLength(1);
  await migrate(earlier.url, 21);
  await earlier.drop();
});
