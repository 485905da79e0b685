import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2/promise';
import { createForgettings } from '../../activities/store/forgettings.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createSettingsChanges } from '../../activities/store/settings-changes.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import type { PermitClaims } from '../../proto/licence/permit.ts';
import type { Rule, RuleAction } from '../../proto/rule.ts';
import { createAccountActors } from '../../runtime/account-actors.ts';
import { createAlertActors } from '../../runtime/alert-actors.ts';
import { createClickActors } from '../../runtime/click-actors.ts';
import { createForgetActors } from '../../runtime/forget-actors.ts';
import { createMakeUp } from '../../runtime/make-up.ts';
import { createTokenActors } from '../../runtime/token-actors.ts';
import { accountWorkflowId } from '../../workflows/account/contract.ts';
import { type AlertsInput, alertsWorkflowId, alertsWorkflowType } from '../../workflows/alerts/contract.ts';
import { amocrmTokenWorkflowId } from '../../workflows/amocrm-token/contract.ts';
import { callsTaskQueue, callWorkflowId, retrySignal } from '../../workflows/call/contract.ts';
import { clickWorkflowId } from '../../workflows/click-to-call/contract.ts';
import { clientsWorkflowId, clientsWorkflowType } from '../../workflows/clients/contract.ts';
import { forgetWorkflowId } from '../../workflows/forget/contract.ts';
import { licenceWorkflowId } from '../../workflows/licence/contract.ts';
import { makeUpWorkflowId } from '../../workflows/make-up/contract.ts';
import { type WebhookInput, webhookWorkflowId, webhookWorkflowType } from '../../workflows/webhook/contract.ts';
import { startReceiver } from '../rig/alert-receivers.ts';
import type { AmocrmState } from '../rig/amocrm.ts';
import { journalEntry } from '../rig/journal-entry.ts';
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
const { startGatedWay } = await import('../rig/slow-way.ts');
const { installClicking } = await import('../rig/clicking.ts');
const { closedNaming, newCall, split, strangersNumber, write } = await import('../rig/calls.ts');
const { incomingLead, register, contact, rule, setRules } = await import('../rig/rules.ts');
const { startLicensing } = await import('../rig/licensing.ts');
const { installLicensed } = await import('../rig/licensed-house.ts');
const { givePermit } = await import('../rig/permits.ts');
const { servers } = await import('../rig/servers.ts');
const { backfillsOf, callsOfThePast, daysAgo, periodFrom } = await import('../rig/backfills.ts');
const house = await install();
const accountId = new URL(house.amocrm.url).host;

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

/** A call of a PBX that another product still serves, which has left nothing. */
async function recordObserved(): Promise<void> {
  const file = fileOf('observed');
  if (existsSync(file)) return;
  await setRules(house, [...defaultRules], { observedPbxs: { [house.pbxId]: { until: null } } });
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await house.deliver(linkedid, [], { compareAfterMs: 200 }, true); // before the connector does, with shorter pauses
  await write(house, rows);
  await house.closed(linkedid);
  await save(file, house.temporal, callWorkflowId(house.pbxId, linkedid));
}

/** A call that amoCRM refuses until a person asks for another try. */
async function recordRetry(): Promise<void> {
  const file = fileOf('needs-attention');
  if (existsSync(file)) return;
  await setRules(house, [rule([register, contact])]);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const { linkedid, rows } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, rows);
  await house.shows(linkedid, /needs attention/i);
  await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).signal(retrySignal);
  await house.closed(linkedid);
  await save(file, house.temporal, callWorkflowId(house.pbxId, linkedid));
}

/** A client talks on when an older call ends that has named them by mistake. */
async function recordNamedByMistake(): Promise<void> {
  const [file, fileOfOlder] = [fileOf('named-by-mistake'), fileOf('names-by-mistake')];
  if (existsSync(file) && existsSync(fileOfOlder)) return;
  await setRules(house, [rule([register, contact])]);
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [talking, over] = split(call.rows, (row) => row.eventtype === 'BRIDGE_EXIT');
  await write(house, talking);
  await house.shows(call.linkedid, /talk/i);
  const older = await closedNaming(house, call);
  await write(house, over);
  await house.closed(call.linkedid);
  await save(file, house.temporal, callWorkflowId(house.pbxId, call.linkedid));
  await save(fileOfOlder, house.temporal, callWorkflowId(house.pbxId, older));
}

/** amoCRM tells of a contact that was changed and of a lead that a person has entered. */
async function recordWebhook(): Promise<void> {
  const file = fileOf('webhook');
  if (existsSync(file)) return;
  const phone = `7${strangersNumber()}`;
  const contactId = await house.amocrm.addContact(phone);
  const leadId = await house.amocrm.addLead({ name: 'By hand', contactIds: [contactId] });
  const changes: WebhookInput['changes'] = [
    { entityType: 'contacts', entityId: contactId, phones: [phone] },
    { entityType: 'leads', entityId: leadId, phones: [], isNew: true },
  ];
  const workflowId = webhookWorkflowId(accountId, 'recorded');
  const args: [WebhookInput] = [{ accountId, changes }];
  await house.temporal.workflow.execute(webhookWorkflowType, { workflowId, taskQueue: callsTaskQueue, args });
  await save(file, house.temporal, workflowId);
}

/** As many turns as go into one history. */
async function recordClients(): Promise<void> {
  const file = fileOf('clients');
  if (existsSync(file)) return;
  const workflowId = clientsWorkflowId(accountId);
  const { firstExecutionRunId } = await house.temporal.workflow.start(clientsWorkflowType, {
    ...{ workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING', taskQueue: callsTaskQueue },
    args: [{ accountId, longestPauseMs: 10 }],
  });
  const handle = house.temporal.workflow.getHandle(workflowId);
  while ((await handle.describe()).runId === firstExecutionRunId) await sleep(500);
  await handle.terminate();
  await save(file, house.temporal, workflowId, firstExecutionRunId);
}

/** Somebody tests where alerts go; a call needs a person, which is told to a program and by a task, and then needs none. */
async function recordAlerts(): Promise<void> {
  const file = fileOf('alerts');
  if (existsSync(file)) return;
  const program = await startReceiver();
  const hook = { id: 'crm', name: 'CRM', kind: 'webhook', url: program.url } as const;
  const task = { id: 'task', name: 'Anna', kind: 'amocrm-task', userId: 504141 } as const;
  const timing = { afterMinutes: 0, pausedMinutes: 10, remindAfterHours: 24 };
  const alerts = { destinations: [hook, task], about: ['needs-attention' as const], ...timing };
  await setRules(house, [...defaultRules], { alerts });
  const workflowId = alertsWorkflowId(accountId);
  const handle = await house.temporal.workflow.start(alertsWorkflowType, {
    ...{ workflowId, workflowIdConflictPolicy: 'TERMINATE_EXISTING', taskQueue: callsTaskQueue },
    args: [{ accountId, lookEveryMs: 200 } satisfies AlertsInput],
  });
  const wording = { accountId, language: 'en', timeZone: 'UTC', link: 'http://127.0.0.1:8080/' } as const;
  await createAlertActors(house.temporal).test(accountId, { destination: hook, wording });
  const journal = createJournal(house.store.pool);
  const needing = journalEntry({ pbxId: house.pbxId }, { state: 'needs-attention', reason: 'amoCRM refuses.' });
  await journal.write(needing);
  await program.until((heard) => heard.length > 1);
  await journal.write({ ...needing, registration: { state: 'not-sent', reason: 'By hand.' } });
  await program.until((heard) => heard.length > 2);
  const isOfAlerts = ({ text }: { text: string }) => text.startsWith('Ringflow');
  await house.amocrm.until(({ tasks }) => tasks.filter(isOfAlerts).length > 1, 'both tasks');
  await save(file, house.temporal, workflowId, handle.firstExecutionRunId);
  await handle.terminate();
  await program.close();
}

/** The settings are changed, amoCRM is asked who works there, and they are changed by somebody who saw an old version. */
async function recordAccount(): Promise<void> {
  const file = fileOf('account');
  if (existsSync(file)) return;
  const actors = createAccountActors(house.temporal, createSettingsChanges(house.store.pool, 'ru'));
  const basedOn = (await createSettingsStore(house.store.pool).latest(accountId))?.version ?? 0;
  await actors.change({ accountId, basedOn, sections: { language: 'en', rules: [...defaultRules] }, author: 'anna' });
  await actors.readCatalogue(accountId);
  await actors.change({ accountId, basedOn, sections: { rules: [] }, author: 'boris' });
  await save(file, house.temporal, accountWorkflowId(accountId));
}

/** Somebody clicks on a number, and talks with the client. */
async function recordClick(): Promise<void> {
  const file = fileOf('click');
  if (existsSync(file)) return;
  const clicking = await installClicking();
  const { house: shop, pbx } = clicking;
  try {
    await Promise.all([shop.startWorker(), shop.startConnector()]);
    const { temporal } = shop;
    const shopId = new URL(shop.amocrm.url).host;
    await createAccountActors(temporal, createSettingsChanges(shop.store.pool, 'ru')).readCatalogue(shopId);
    const input = { accountId: shopId, requestId: 'recorded', userId: 504141, number: '8 916 123-45-67' };
    await createClickActors(temporal).begin(input);
    const rings = await pbx.phone('101').nextCall();
    await rings.answer();
    const outside = await pbx.trunk.nextCall();
    await outside.answer();
    await outside.hears(rings);
    const workflowId = clickWorkflowId(input);
    await temporal.workflow.getHandle(workflowId).result();
    await outside.hangUp();
    const [[noted]] = await shop.store.pool.query<RowDataPacket[]>('SELECT linkedid FROM clicks');
    await shop.closed(noted?.linkedid);
    await save(file, temporal, workflowId);
    await save(fileOf('click-call'), temporal, callWorkflowId(shop.pbxId, noted?.linkedid));
  } finally {
    await clicking.remove();
  }
}

/** Clicks that come to nothing: a number that is none, AMI that does not answer, a connector that dies while the phone rings. */
async function recordFailedClicks(): Promise<void> {
  const files = ['click-refused', 'click-uncertain', 'click-lost'].map(fileOf);
  if (files.every((file) => existsSync(file))) return;
  const { house: shop, pbx, remove } = await installClicking();
  const way = await startGatedWay(`tcp://127.0.0.1:${pbx.ami.port}`);
  const ami = { PBX_AMI_PORT: new URL(way.url).port };
  const shopId = new URL(shop.amocrm.url).host;
  const actors = createClickActors(shop.temporal);
  const click = async (requestId: string, number: string) => {
    const input = { accountId: shopId, requestId, userId: 504141, number };
    await actors.begin(input);
    return clickWorkflowId(input);
  };
  const isOver = (workflowId: string) => shop.temporal.workflow.getHandle(workflowId).result();
  try {
    const [, connector] = await Promise.all([shop.startWorker(ami), shop.startConnector(ami)]);
    await connector.said('calls can be placed');
    await createAccountActors(shop.temporal, createSettingsChanges(shop.store.pool, 'ru')).readCatalogue(shopId);
    const refused = await click('refused', '101');
    way.shut();
    const uncertain = await click('uncertain', '8 916 123-45-67');
    await isOver(uncertain);
    way.open();
    await connector.said(/calls can be placed[\s\S]*calls can be placed/);
    const lost = await click('lost', '8 916 123-45-67');
    await pbx.phone('101').nextCall();
    await connector.kill();
    await isOver(lost);
    for (const [index, workflowId] of [refused, uncertain, lost].entries()) {
      await save(files[index] as string, shop.temporal, workflowId);
    }
  } finally {
    way.close();
    await remove();
  }
}

/** A trial, a key, a server that is away for a while, and the key given back. */
async function recordLicence(): Promise<void> {
  const file = fileOf('licence');
  if (existsSync(file)) return;
  const server = await startLicensing({ checkEverySeconds: 1, freshSeconds: 1, graceSeconds: 60 });
  const shop = await installLicensed(server);
  try {
    await shop.startWorker();
    await shop.stands('trial');
    await shop.enterKey((await server.sell()).key);
    await server.stop();
    await shop.stands('grace', 'server-away');
    await server.start();
    await shop.stands('active');
    await shop.talk('release');
    await save(file, shop.temporal, licenceWorkflowId(shop.thumbprint));
  } finally {
    await shop.remove();
    await server.close();
  }
}

/** Calls of the past are brought, a pause between: one of a client, two that Asterisk joined, and an internal one. */
async function recordBackfill(): Promise<void> {
  const [file, fileOfCall] = [fileOf('backfill'), fileOf('backfilled')];
  if (existsSync(file) && existsSync(fileOfCall)) return;
  await setRules(house, [rule([register, contact])]);
  const began = daysAgo(30);
  const [call] = await callsOfThePast(house, ['in-direct-answered', 'pickup', 'internal-answered'], began);
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'delay', delayMs: 500, times: 10 });
  const { begin, until, find, actors, ended, close } = backfillsOf(house, { mostAtOnce: 1 });
  const id = await begin(periodFrom(began), { scope: 'records', leaveOthers: true });
  await until(id, (_, { calls }) => calls > 0);
  await actors.command(await find(id), 'pause');
  await actors.command(await find(id), 'resume');
  await ended(id);
  await house.amocrm.clearFaults();
  await save(file, house.temporal, (await find(id)).workflowId);
  await save(fileOfCall, house.temporal, callWorkflowId(house.pbxId, String(call?.linkedid), 1));
  await close();
}

/** A call that the licence does not let be registered. */
async function recordUnlicensed(): Promise<void> {
  if (['unlicensed', 'make-up'].every((name) => existsSync(fileOf(name)))) return;
  const redis = new Redis(servers.redisUrl);
  const licensed = (changes: Partial<PermitClaims>) =>
    givePermit(house.store.pool, redis, String(house.environment.RINGFLOW_SECRET_KEYS), changes);
  await setRules(house, [...defaultRules], { seats: [504142, 504143] });
  await licensed({ kind: 'restricted', reason: 'term-over', seats: 0, features: [] });
  await record('unlicensed', 'in-direct-answered', strangersNumber(), false);
  const held = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, held.rows);
  await house.closed(held.linkedid);
  await licensed({});
  if (!existsSync(fileOf('make-up'))) {
    await createMakeUp(house.temporal, 100).start(accountId);
    await house.temporal.workflow.getHandle(makeUpWorkflowId(accountId)).result();
    await save(fileOf('make-up'), house.temporal, makeUpWorkflowId(accountId));
  }
  await redis.quit();
}

/** Comes last: histories of others go with it. */
async function recordForgetting(): Promise<void> {
  const file = fileOf('forget');
  if (existsSync(file)) return;
  const { call } = journalEntry({ pbxId: house.pbxId });
  await createJournal(house.store.pool).write(journalEntry(call));
  const actors = createForgetActors(house.temporal, createForgettings(house.store.pool));
  const id = await actors.begin(accountId, `+${call.externalNumber}`, 'anna');
  await house.temporal.workflow.getHandle(forgetWorkflowId(accountId, id)).result();
  await save(file, house.temporal, forgetWorkflowId(accountId, id));
}

async function save(file: string, temporal: Client, workflowId: string, runId?: string): Promise<void> {
  const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
  // where this machine keeps its files is nobody's business
  const text = historyToJSON(history).replaceAll(/("stackTrace": ?)"(?:[^"\\]|\\.)*"/g, '$1""');
  writeFileSync(file, `${text}\n`);
  console.log(`${file}: ${history.events?.length} events`);
}

try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  await recordTokens();
  await recordClick();
  await recordFailedClicks();
  await record('known-client', 'in-direct-answered');
  await record('stranger', 'rg-second-answers', strangersNumber());
  await record('outbound', 'out-answered', strangersNumber(), false);
  await record('hidden-number', 'anonymous', undefined, false);
  await record('attended-transfer', 'xfer-attended-phone', strangersNumber());
  await record('pickup', 'pickup', strangersNumber());
  await record('missed-call', 'in-direct-no-answer', strangersNumber());
  const inVain = strangersNumber(); // and then the task to call back is closed
  await record('call-in-vain', 'in-direct-no-answer', inVain);
  await record('called-again', 'in-direct-answered', inVain);
  await recordRules();
  await setRules(house, [rule([register, incomingLead])]);
  await record('incoming-lead', 'in-direct-answered', strangersNumber(), false);
  await recordObserved();
  await recordRetry();
  await recordNamedByMistake();
  await recordWebhook();
  await recordAccount();
  await recordClients();
  await recordAlerts();
  await recordBackfill();
  await recordUnlicensed();
  await recordLicence();
  await recordForgetting();
} finally {
  await house.remove();
  await removeTestServers();
}
