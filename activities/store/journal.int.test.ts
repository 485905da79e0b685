import type { RowDataPacket } from 'mysql2/promise';
import { extensionsOf } from '../../proto/journal.ts';
import { createDatabase, createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';
import { createJournal } from './journal.ts';
import { migrate } from './migrate.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

it('a talk with a client counts for those on whose PBX it was', async () => {
  const journal = createJournal(database.pool);
  const [externalNumber, startedAtMs] = ['79161234567', Date.UTC(2026, 10, 23)];
  await journal.write(journalEntry({ pbxId: 'theirs', externalNumber, startedAtMs }));
  const before = startedAtMs - 1;
  expect(await journal.hasTalkedSince(['ours', 'theirs'], externalNumber, before)).toBe(true);
  expect(await journal.hasTalkedSince(['ours'], externalNumber, before)).toBe(false);
  expect(await journal.hasTalkedSince([], externalNumber, before)).toBe(false);
  expect(await journal.hasTalkedSince(['theirs'], externalNumber, startedAtMs)).toBe(false);
});

it('the extensions of a call are those that it has now, though several write calls at once', async () => {
  const journal = createJournal(database.pool);
  const extensionsNow = async (linkedid: string) => {
    const sql = 'SELECT extension FROM call_extensions WHERE linkedid = ? ORDER BY extension';
    const [rows] = await database.pool.query<RowDataPacket[]>(sql, [linkedid]);
    return rows.map(({ extension }) => extension);
  };
  const linkedids = Array.from({ length: 40 }, (_, index) => `1795597201.${index}`);
  const asFirstTold = { rang: ['101', '102'], callerExtension: 'x'.repeat(81) };
  await Promise.all(linkedids.map((linkedid) => journal.write(journalEntry({ linkedid, ...asFirstTold }))));
  const asToldAgain = { rang: ['101', '103'], conversations: [] };
  await Promise.all(linkedids.map((linkedid) => journal.write(journalEntry({ linkedid, ...asToldAgain }))));
  for (const linkedid of linkedids) expect(await extensionsNow(linkedid)).toEqual(['101', '103']);
});

it('calls from before there was a search are found by their extensions too', async () => {
  const old = await createDatabase('ringflow');
  await migrate(old.url, 9);
  const transfer = { kind: 'blind', from: '101', dialled: null, atMs: 0, answered: true, timedOut: false } as const;
  const { call } = journalEntry({
    ...{ direction: 'internal', callerExtension: '104', calledExtension: '105', rang: ['101', '102'] },
    conversations: [conversationOf('103', 0)],
    transfers: [
      { ...transfer, to: '106', toOutside: false, rowId: 1 },
      { ...transfer, to: '79160000000', toOutside: true, rowId: 2 },
    ],
  });
  await old.pool.query(
    `INSERT INTO calls (pbx_id, linkedid, workflow_id, started_at, registration_state, \`call\`, registration, cel_row_ids)
     VALUES ('main', '1.1', 'w', '2026-11-25', 'not-sent', ?, '{}', '[]')`,
    [JSON.stringify(call)],
  );
  await migrate(old.url);
  const [rows] = await old.pool.query<RowDataPacket[]>('SELECT extension FROM call_extensions ORDER BY extension');
  expect(rows.map(({ extension }) => extension)).toEqual(extensionsOf(call).toSorted());
  await migrate(old.url, 9);
  await old.drop();
});

it('a call was told with an older one if that holds its last row, and its own actor has not told it', async () => {
  const journal = createJournal(database.pool);
  const [older, younger] = ['1795597300.1', '1795597300.2'];
  const toldWith = (lastRowId: number) => journal.toldWith('main', younger, lastRowId);
  await journal.write(journalEntry({ linkedid: older })); // up to row 7
  expect(await toldWith(7)).toBeUndefined();
  await journal.noteJoined({ pbxId: 'main', linkedids: [younger], into: older });
  expect([await toldWith(7), await toldWith(8), await journal.toldWith('other', younger, 7)]).toEqual([
    ...[older, undefined, undefined],
  ]);
  const byOlder = { ...journalEntry({ linkedid: younger }), workflowId: `call:main:${older}` };
  await journal.write(byOlder);
  expect(await toldWith(7)).toBe(older);
  await journal.write({ ...byOlder, workflowId: `call:main:${younger}` });
  expect(await toldWith(7)).toBeUndefined();
});

it('a call is joined until the one that it was joined to leaves it out, and not to that again', async () => {
  const journal = createJournal(database.pool);
  const [oldest, older, younger] = ['1795597400.0', '1795597400.1', '1795597400.2'];
  const joined = { pbxId: 'main', linkedids: [younger], into: older };
  expect(await journal.noteJoined(joined)).toEqual([]);
  for (const none of [{ pbxId: 'other' }, { linkedids: ['1795597400.3'] }, { into: oldest }]) {
    await journal.leaveOut({ ...joined, ...none });
    expect(await journal.joinedInto('main', younger)).toBe(older);
  }
  await journal.leaveOut(joined);
  const entry = {
    ...journalEntry({ linkedid: younger }),
    registration: { state: 'not-sent', reason: 'internal' } as const,
  };
  await journal.write(entry);
  expect(await journal.noteJoined(joined)).toEqual([younger]);
  expect(await journal.joinedInto('main', younger)).toBeUndefined();
  expect(await journal.read('main', younger)).toBeDefined();
  expect(await journal.noteJoined({ ...joined, into: oldest })).toEqual([]);
  expect(await journal.joinedInto('main', younger)).toBe(oldest);
});

it('a call that its own actor has told after it was joined is told by that, until it is joined once more', async () => {
  const journal = createJournal(database.pool);
  const [older, younger] = ['1795597500.1', '1795597500.2'];
  const joined = { pbxId: 'main', linkedids: [younger], into: older };
  const own = journalEntry({ linkedid: younger });
  const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 5)); // times are kept in milliseconds
  const teller = async () => [await nextMoment(), await journal.joinedInto('main', younger)][1];
  await journal.write({ ...own, workflowId: `call:main:${younger}` });
  await nextMoment();
  await journal.noteJoined(joined);
  expect(await teller()).toBe(older);
  await journal.write({ ...own, workflowId: `call:main:${older}` });
  expect(await teller()).toBe(older);
  for (const workflowId of [`call:main:${younger}`, `call:main:${younger}:again:2`]) {
    await journal.write({ ...own, workflowId });
    expect(await teller()).toBeUndefined();
    await journal.noteJoined(joined);
    expect(await teller()).toBe(older);
  }
});
