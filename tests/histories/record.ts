import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import { startTestServers } from '../setup/start-servers.ts';
import removeTestServers from '../setup/stop-servers.ts';

/**
 * Records what Temporal writes of typical calls: `npm run record-histories`. Running workflows must survive an upgrade,
 * so tests/replay.test.ts plays these to the present code. Record anew only when a change is meant to end that, and
 * keep the old ones as long as calls begun with them may run.
 */

await startTestServers({ durable: false });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../rig/installation.ts');
const { newCall, split, strangersNumber, write } = await import('../rig/calls.ts');
const house = await install();

const isAnswer = (row: Record<string, unknown>) => row.eventtype === 'ANSWER';

async function record(name: string, scenario: string, clientNumber?: string): Promise<void> {
  const call = newCall(scenario, clientNumber === undefined ? {} : { clientNumber });
  const [ringing, rest] = split(call.rows, isAnswer);
  await write(house, ringing);
  if (ringing.length > 0) await house.amocrm.until(({ cards }) => cards.length > 0, 'a card');
  await write(house, rest);
  await house.closed(call.linkedid);
  await save(name, callWorkflowId(house.pbxId, call.linkedid));
}

async function save(name: string, workflowId: string): Promise<void> {
  const history = await house.temporal.workflow.getHandle(workflowId).fetchHistory();
  writeFileSync(join(import.meta.dirname, `${name}.json`), `${historyToJSON(history)}\n`);
  console.log(`${name}: ${history.events?.length} events`);
}

try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  await record('known-client', 'in-direct-answered');
  await record('stranger', 'rg-second-answers', strangersNumber());
  await record('outbound', 'out-answered', strangersNumber());
  await record('hidden-number', 'anonymous');
} finally {
  await house.remove();
  await removeTestServers();
}
