import type { Call } from '../../proto/call.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createJournal } from './journal.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

it('a talk with a client counts for those on whose PBX it was', async () => {
  const journal = createJournal(database.pool);
  const [externalNumber, startedAtMs] = ['79161234567', Date.UTC(2026, 10, 23)];
  const talk = { linkedid: '1.1', externalNumber, startedAtMs, endedAtMs: startedAtMs + 60_000, direction: 'inbound' };
  await journal.write({
    call: { ...talk, pbxId: 'theirs', result: 'answered' } as Call,
    registration: { state: 'not-sent', reason: 'a test' },
    workflowId: 'call:theirs:1.1',
    celRowIds: [],
  });
  const before = startedAtMs - 1;
  expect(await journal.hasTalkedSince(['ours', 'theirs'], externalNumber, before)).toBe(true);
  expect(await journal.hasTalkedSince(['ours'], externalNumber, before)).toBe(false);
  expect(await journal.hasTalkedSince([], externalNumber, before)).toBe(false);
  expect(await journal.hasTalkedSince(['theirs'], externalNumber, startedAtMs)).toBe(false);
});
