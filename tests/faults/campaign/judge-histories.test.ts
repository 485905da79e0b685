import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import { callWorkflowId } from '../../../workflows/call/contract.ts';
import { journalEntry } from '../../rig/journal-entry.ts';
import { connectNamespace } from '../../rig/temporal.ts';
import { judgeHistories } from './judge-histories.ts';

jest.setTimeout(120_000);

const namespace = `histories-${randomUUID()}`;
const taskQueue = 'nobody';
const folder = mkdtempSync(join(tmpdir(), 'ringflow-histories-'));
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  connection = await connectNamespace(namespace);
  temporal = new Client({ connection, namespace });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await connection.close();
});

const start = (type: string, workflowId: string) =>
  temporal.workflow.start(type, { workflowId, taskQueue, args: [{}] });

/** What a worker does that is of no version of ours. */
async function goOnOddly(): Promise<void> {
  const service = connection.workflowService;
  const queue = { namespace, taskQueue: { name: taskQueue } };
  const { taskToken } = await connection.withDeadline(Date.now() + 60_000, () => service.pollWorkflowTaskQueue(queue));
  await service.respondWorkflowTaskCompleted({ namespace, taskToken, commands: [] });
}

it('histories are read once, and those of what has a fault are kept, whoever has found it', async () => {
  const pbxId = 'main';
  const call = { linkedid: '1795597200.1', phone: '9161234567', talkSeconds: 3 };
  const well = { linkedid: '1795597200.2', phone: '9161234568', talkSeconds: 3 };
  await start('of-no-version', 'odd');
  await goOnOddly();
  for (const { linkedid } of [call, well]) await start('call', callWorkflowId(pbxId, linkedid, 0));
  const house = {
    ...{ temporal, pbxId, parts: [], amocrm: { state: async () => ({ cards: [] }) } },
    journal: async (linkedid: string) => journalEntry({ linkedid }),
  };
  const asked = jest.spyOn(temporal.workflow, 'getHandle');
  const { cards, faults } = await judgeHistories(house, [call, well], [call], folder);
  expect(faults).toEqual([
    expect.stringMatching(`^card lost: ${call.linkedid} to `),
    expect.stringMatching('^no other worker could have gone on with odd: '),
  ]);
  expect(cards).toMatchObject({ due: 2, missing: { 'its rows came when it was over': 1 } });
  expect(readdirSync(folder).sort()).toEqual([`call-main-${call.linkedid.replace('.', '-')}.json`, 'odd.json']);
  expect(readFileSync(join(folder, 'odd.json'), 'utf8')).toContain('of-no-version');
  expect(asked).toHaveBeenCalledTimes(3 + 2); // each once, and what is kept once more
});
