import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { createBackfills } from '../activities/store/backfills.ts';
import { createForgettings } from '../activities/store/forgettings.ts';
import { createJournal } from '../activities/store/journal.ts';
import { createLosses } from '../activities/store/losses.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { Daemons } from '../bin/stack/daemons.ts';
import { freePort } from '../bin/stack/free-port.ts';
import { ensureTemporal, startTemporal } from '../bin/stack/services/temporal.ts';
import { isRunning } from '../runtime/standing.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { newCall, recordsOf, strangersNumber, wholeCall, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { journalEntry } from './rig/journal-entry.ts';
import { contact, register, rule, setRules } from './rig/rules.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(240_000);

/** Temporal's database is lost, and with it all that was under way; MySQL, Redis and the PBX are as they were. */

let house: Installation;
let daemons: Daemons;
let startServer: () => Promise<void>;

beforeAll(async () => {
  const stateFolder = mkdtempSync(join(servers.stateFolder, 'temporal-'));
  daemons = new Daemons(stateFolder);
  const [program, port] = [await ensureTemporal(), await freePort()];
  startServer = () => startTemporal({ daemons, stateFolder, program, port, uiPort: undefined, durable: false });
  await startServer();
  house = await install(() => ({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` }));
});
afterAll(async () => {
  await house.remove();
  await daemons.stop('temporal');
});

it('what was open is taken up by itself, nothing is lost, and nothing is there twice', async () => {
  const worker = await house.startWorker();
  await house.startConnector();
  await setRules(house, [rule([register, contact])]);
  const done = await wholeCall(house, 'in-direct-answered', strangersNumber());
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const waiting = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, waiting.rows);
  await house.shows(waiting.linkedid, /needs attention/i);
  await worker.kill();
  // this one is nowhere but with Temporal
  const brought = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, brought.rows);
  await until(() => isRunning(house.temporal, `call:${house.pbxId}:${brought.linkedid}`));
  const pool = openMysql(house.store.url);
  const store = createBackfills(pool);
  const order = {
    pbxId: house.pbxId,
    choice: { linkedids: ['1.1'] },
    mode: { scope: 'records', leaveOthers: false } as const,
  };
  const backfill = await store.open(order, {
    accountId: house.accountId,
    workflowId: 'backfill:lost',
    askedBy: 'anna',
  });
  const old = '1795597200.77';
  await store.take(backfill as number, [{ linkedid: old, startedAtMs: 1795597200_000 }]);
  await createJournal(pool).write(journalEntry({ pbxId: house.pbxId, linkedid: old }, { state: 'pending' }));
  const forgettings = createForgettings(house.store.pool);
  const forgetting = await forgettings.ask(house.accountId, '79990001122', 'anna');

  await daemons.stop('temporal');
  await house.amocrm.clearFaults();
  await startServer();
  await house.startWorker();
  await house.amocrm.until(
    ({ calls }) => [waiting, brought].every(({ linkedid }) => calls.some(({ uniq }) => uniq?.endsWith(linkedid))),
    'the calls that were open',
  );
  const later = await wholeCall(house, 'in-direct-answered', strangersNumber());
  for (const linkedid of [done, waiting.linkedid, brought.linkedid, later]) {
    expect(await recordsOf(house, [linkedid])).toHaveLength(1);
  }
  expect(await store.find(backfill as number)).toMatchObject({
    ...{ state: 'lost', reason: expect.stringMatching(/Temporal's database was lost/) },
  });
  await until(async () => (await forgettings.find(forgetting))?.result != null);
  await until(async () => !(await createLosses(pool).areUntaken()));
  const again = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, old, 1));
  await expect(again.describe()).rejects.toThrow(WorkflowNotFoundError); // its leads may not be wanted
  await pool.end();
});

it('a worker that tells its version and lives on has the work again', async () => {
  await house.parts.at(-1)?.kill();
  const worker = await house.startWorker({ WORKER_VERSIONING: 'on', WORKER_BUILD_ID: '1.0.0' });
  await worker.said('workers of 1.0.0 have the work now');
  await daemons.stop('temporal');
  await startServer();
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, rows);
  await house.amocrm.until(({ calls }) => calls.some(({ uniq }) => uniq?.endsWith(linkedid)), 'the call');
  expect(worker.log().split('workers of 1.0.0 have the work now')).toHaveLength(3);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
