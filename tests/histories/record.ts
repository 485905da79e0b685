import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import { startTestServers } from '../setup/start-servers.ts';
import removeTestServers from '../setup/stop-servers.ts';

/**
 * Records what Temporal writes of typical calls: `npm run record-histories`. Running workflows must survive an upgrade,
 * so tests/replay.test.ts plays these to the present code. What is recorded already stays: delete a file to record it
 * anew, and only when no call that began with the code of then can still run.
 */

await startTestServers({ durable: false });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../rig/installation.ts');
const { newCall, split, strangersNumber, write } = await import('../rig/calls.ts');
const house = await install();

const isAnswer = (row: Record<string, unknown>) => row.eventtype === 'ANSWER';

async function record(name: string, scenario: string, clientNumber?: string, hasCard = true): Promise<void> {
  const { linkedids, rows } = newCall(scenario, clientNumber === undefined ? {} : { clientNumber });
  const files = linkedids.map((_, index) => fileOf(index === 0 ? name : `${name}-younger`));
  if (files.every((file) => existsSync(file))) return;
  const { cards } = await house.amocrm.state();
  const [ringing, rest] = split(rows, isAnswer);
  await write(house, ringing);
  if (hasCard && rest.some(({ row }) => isAnswer(row))) {
    await house.amocrm.until((now) => now.cards.length > cards.length, 'a card');
  }
  await write(house, rest);
  for (const [index, linkedid] of linkedids.entries()) {
    await house.closed(linkedid);
    await save(files[index] as string, callWorkflowId(house.pbxId, linkedid));
  }
}

const fileOf = (name: string) => join(import.meta.dirname, `${name}.json`);

async function save(file: string, workflowId: string): Promise<void> {
  const history = await house.temporal.workflow.getHandle(workflowId).fetchHistory();
  writeFileSync(file, `${historyToJSON(history)}\n`);
  console.log(`${file}: ${history.events?.length} events`);
}

try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  await record('known-client', 'in-direct-answered');
  await record('stranger', 'rg-second-answers', strangersNumber());
  await record('outbound', 'out-answered', strangersNumber(), false);
  await record('hidden-number', 'anonymous', undefined, false);
  await record('attended-transfer', 'xfer-attended-phone', strangersNumber());
  await record('pickup', 'pickup', strangersNumber());
  await record('missed-call', 'in-direct-no-answer', strangersNumber());
} finally {
  await house.remove();
  await removeTestServers();
}
