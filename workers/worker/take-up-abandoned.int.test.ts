import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Connection } from '@temporalio/client';
import type { Pool } from 'mysql2/promise';
import pino from 'pino';
import { createJournal } from '../../activities/store/journal.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { createUnsettledCalls } from '../../activities/store/unsettled-calls.ts';
import type { Registration } from '../../proto/journal.ts';
import { createCallActors } from '../../runtime/call-actors.ts';
import { isRunning } from '../../runtime/standing.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { connectNamespace } from '../../tests/rig/temporal.ts';
import { callWorkflowId, defaultTiming } from '../../workflows/call/contract.ts';
import { takeUpAbandoned } from './take-up-abandoned.ts';

jest.setTimeout(60_000);

const silent = pino({ level: 'silent' });
let database: Database;
let pool: Pool;
let connection: Connection;

beforeAll(async () => {
  database = await createStoreDatabase();
  pool = openMysql(database.url);
  connection = await connectNamespace('default');
});
afterAll(async () => {
  await connection.close();
  await pool.end();
  await database.drop();
});

it('a call whose actor was ended before it was registered, or even noted, gets another; one that is registered, in hand or left to a person does not', async () => {
  const [temporal, journal, id] = [new Client({ connection }), createJournal(pool), randomPbxId()];
  const actors = createCallActors(temporal, defaultTiming);
  const write = async (linkedid: string, registration: Registration) => {
    await actors.bring({ pbxId: id, linkedid, rows: [], fresh: false, summary: 'A call' });
    await journal.write(journalEntry({ pbxId: id, linkedid }, registration));
    await pool.query('UPDATE calls SET updated_at = ? WHERE linkedid = ?', [new Date(Date.now() - 360_000), linkedid]);
  };
  const [ended, done, unnoted] = ['1795754178.1', '1795754178.2', '1795754178.3'];
  const [inHand, refused] = ['1795754178.4', '1795754178.5'];
  const pending: Registration = { state: 'pending' };
  await write(ended, pending);
  await write(done, { state: 'registered', noteId: 1, entityType: 'contacts', entityId: 1 });
  await write(inHand, pending);
  await write(refused, { state: 'needs-attention', reason: 'amoCRM does not take it' });
  const handleOf = (linkedid: string, again = 0) => temporal.workflow.getHandle(callWorkflowId(id, linkedid, again));
  await actors.bring({ pbxId: id, linkedid: unnoted, rows: [], fresh: false, summary: 'A call' });
  for (const linkedid of [ended, done, refused, unnoted]) await handleOf(linkedid).terminate('by hand');
  const stop = new AbortController();
  let looks = 0;
  const list = async () => {
    looks++;
    return [{ id } as Pbx];
  };
  const runs = (workflowId: string) => isRunning(temporal, workflowId);
  const means = { pbxs: { list }, unsettled: createUnsettledCalls(pool), journal, actors, isRunning: runs };
  const timing = { everyMs: 20, afterMs: 300_000 };
  const looking = takeUpAbandoned(means, timing, silent, stop.signal);
  try {
    const isAgain = (linkedid: string) => runs(callWorkflowId(id, linkedid, 1));
    while (!(await isAgain(unnoted))) await sleep(20); // Temporal's index lags
    for (const from = looks; looks < from + 2; ) await sleep(20); // a whole look is through
    const areAgain = await Promise.all([ended, done, inHand, refused, unnoted].map(isAgain));
    expect(areAgain).toEqual([true, false, false, false, true]);
    expect(await runs(callWorkflowId(id, unnoted, 2))).toBe(false);
  } finally {
    stop.abort();
    await looking;
    for (const handle of [handleOf(ended, 1), handleOf(unnoted, 1), handleOf(inHand)])
      await handle.terminate().catch(() => undefined);
  }
});
