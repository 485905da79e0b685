import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Rule, RuleAction } from '../../proto/rule.ts';
import { createTokenActors } from '../../runtime/token-actors.ts';
import { amocrmTokenWorkflowId } from '../../workflows/amocrm-token/contract.ts';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import type { AmocrmState } from '../rig/amocrm.ts';
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
const { saveSettings } = await import('../rig/settings.ts');
const { installConnectable } = await import('../rig/oauth.ts');
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
    await save(files[index] as string, house.temporal, callWorkflowId(house.pbxId, linkedid));
  }
}

const fileOf = (name: string) => join(import.meta.dirname, `${name}.json`);

/** The tokens of an account that is connected, renewed on demand and switched off. */
async function recordTokens(): Promise<void> {
  const file = fileOf('amocrm-token');
  if (existsSync(file)) return;
  const connectable = await installConnectable();
  try {
    await Promise.all([connectable.startWorker(), connectable.startApi()]);
    await connectable.connect();
    await createTokenActors(connectable.temporal).refresh(connectable.accountId, 1);
    const isRenewed = ({ requests }: AmocrmState) =>
      requests.filter(({ path }) => path === '/oauth2/access_token').length > 1;
    await connectable.amocrm.until(isRenewed, 'the renewal');
    await connectable.amocrm.oauth.off();
    await connectable.entered('disconnected');
    await save(file, connectable.temporal, amocrmTokenWorkflowId(connectable.accountId));
  } finally {
    await connectable.remove();
  }
}

/** A call with whatever rules may ask for while it goes on and at its end, and with hooks. */
async function recordRules(): Promise<void> {
  const program = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
  await once(program, 'listening');
  const url = `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
  const at = (phase: Rule['when']['phase'], ...actions: RuleAction[]): Rule => ({
    ...{
      id: `${phase.replace('_', '-')}-${actions.at(-1)?.do}`,
      name: 'A rule',
      enabled: true,
      when: { phase },
      actions,
    },
  });
  const hook = { do: 'call-hook' as const, hook: 'crm' };
  const responsible = ['first-rung' as const];
  await saveSettings(house.store.pool, new URL(house.amocrm.url).host, {
    ...{ language: 'en', employees: { '101': 504141, '102': 504142 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [
      at('requested', hook, { do: 'show-card' }),
      at('accepted', hook, { do: 'create-lead', responsible, name: 'Call' }),
      at('call_ended', hook, { do: 'register-call', responsible }, { do: 'add-tags', tags: ['call'], to: 'lead' }),
      at('call_ended', { do: 'create-task', responsible, text: 'Call {{phone}} back', dueMinutes: 60 }),
    ],
    hooks: [{ id: 'crm', name: 'CRM', url, timeoutMs: 2_000 }],
    decisionHook: { hook: 'crm', ifItFails: 'go-on' },
  });
  await record('rules', 'in-direct-answered', strangersNumber());
  program.close();
}

async function save(file: string, temporal: Client, workflowId: string): Promise<void> {
  const history = await temporal.workflow.getHandle(workflowId).fetchHistory();
  writeFileSync(file, `${historyToJSON(history)}\n`);
  console.log(`${file}: ${history.events?.length} events`);
}

try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  await recordTokens();
  await record('known-client', 'in-direct-answered');
  await record('stranger', 'rg-second-answers', strangersNumber());
  await record('outbound', 'out-answered', strangersNumber(), false);
  await record('hidden-number', 'anonymous', undefined, false);
  await record('attended-transfer', 'xfer-attended-phone', strangersNumber());
  await record('pickup', 'pickup', strangersNumber());
  await record('missed-call', 'in-direct-no-answer', strangersNumber());
  await recordRules();
} finally {
  await house.remove();
  await removeTestServers();
}
