import { createAlertDeliveries } from '../activities/store/alert-deliveries.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { alertSecretOf, createSecrets } from '../activities/store/secrets.ts';
import { untouchedSettings } from '../proto/untouched-settings.ts';
import { createTokenActors } from '../runtime/token-actors.ts';
import { type AlertsInput, alertsWorkflowId, alertsWorkflowType } from '../workflows/alerts/contract.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import { type Receiver, startReceiver } from './rig/alert-receivers.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { type ConnectableInstallation, installConnectable } from './rig/oauth.ts';
import type { Part } from './rig/part.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

/** Whoever wants to know is told what goes wrong and when it is right again, once each, also over the death of the worker. */

let house: ConnectableInstallation;
let worker: Part;
let telegram: Receiver;
let program: Receiver;
const botToken = '123456789:AAtoken-of-a-bot_that-must-not-leak';

beforeAll(async () => {
  [house, telegram, program] = await Promise.all([installConnectable(), startReceiver(), startReceiver()]);
  const { accountId, store, temporal, environment } = house;
  const secrets = createSecrets(store.pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS));
  await secrets.write(alertSecretOf(accountId, 'bot'), botToken);
  await saveSettings(store.pool, accountId, {
    ...untouchedSettings('en'),
    alerts: {
      destinations: [
        { id: 'dead', name: 'Nobody there', kind: 'webhook', url: 'http://127.0.0.1:1/' },
        { id: 'chat', name: 'Chat', kind: 'telegram', chatId: '-1001', secretRef: 'bot' },
        { id: 'crm', name: 'CRM', kind: 'webhook', url: program.url },
      ],
      ...{ about: ['reconnect-needed', 'pbx-database-away'], afterMinutes: 0, pausedMinutes: 10, remindAfterHours: 24 },
    },
  });
  await temporal.workflow.start(alertsWorkflowType, {
    ...{ workflowId: alertsWorkflowId(accountId), taskQueue: callsTaskQueue },
    args: [{ accountId, lookEveryMs: 500 } satisfies AlertsInput], // before the worker does, to look more often
  });
  worker = await startWorker();
  await Promise.all([house.startConnector(), house.startApi()]);
  await house.connect();
});
afterAll(async () => {
  await Promise.all([house?.remove(), telegram?.close(), program?.close()]);
});

const startWorker = () => house.startWorker({ TELEGRAM_API_URL: telegram.url });

const textsInChat = () => telegram.heard.map(({ body }) => String(JSON.parse(body).text));
/** What the program has heard; what came twice under one key counts once. */
const subjects = () => {
  const byKey = new Map(program.heard.map(({ headers, body }) => [headers['idempotency-key'], JSON.parse(body)]));
  return [...byKey.values()].map(({ alert }) => String(alert.subject));
};
async function told(count: number): Promise<void> {
  await Promise.all([
    telegram.until((heard) => heard.length >= count),
    program.until(() => subjects().length >= count),
  ]);
}
async function doneInChat(): Promise<number> {
  const effects = await createLedger(house.store.pool).beginningWith(`alert:${house.accountId}:chat:`);
  return effects.filter(({ state }) => state === 'done').length;
}
/** As the page of alerts says. */
const deliveries = () => createAlertDeliveries(house.store.pool).list(house.accountId);
const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 100));

it('that the database of a PBX is away is told, and that it is back, whoever else can not be reached', async () => {
  await house.pbx.pool.query('RENAME TABLE cel TO gone');
  await told(1);
  expect(textsInChat()[0]).toMatch(/Trouble:\n• The database of the PBX pbx-\w+ is away since .*the table is missing/);
  await house.pbx.pool.query('RENAME TABLE gone TO cel');
  await told(2);
  expect(textsInChat()[1]).toMatch(/Right again:\n✓ The database of the PBX \S+ is there again/);
  while (!(await deliveries()).some(({ failure }) => failure !== null)) await nextMoment();
  expect(await deliveries()).toContainEqual({
    ...{ destinationId: 'dead', sentAtMs: null },
    failure: { code: 'webhook-unreachable', values: {}, atMs: expect.any(Number) },
  });
  expect(subjects()).toHaveLength(2);
});

it('that access was withdrawn is told though the worker dies while telling it, and that it is given again', async () => {
  program.answer(null);
  await house.amocrm.oauth.revoke();
  await createTokenActors(house.temporal).refresh(house.accountId, 1);
  await house.entered('reconnect-needed');
  await told(3);
  while ((await doneInChat()) < 3) await nextMoment(); // of Telegram nobody could ask whether it has arrived
  await worker.kill();
  program.answer(204);
  const heardBefore = program.heard.length;
  worker = await startWorker();
  await program.until((heard) => heard.length > heardBefore);
  await house.connect();
  await told(4);
  const expected = [
    /database .* is away/,
    /database .* is there again/,
    /does not let Ringflow in/,
    /amoCRM is connected again/,
  ];
  expect(subjects()).toEqual(expected.map((words) => expect.stringMatching(words)));
  expect(textsInChat()).toHaveLength(4);
});

it('no history and no log holds the token of the bot', async () => {
  const text = await everythingInTemporal(house.temporal);
  expect(text.includes('-1001')).toBe(true);
  const log = house.parts.map((part) => part.log()).join('');
  expect(log).toContain('ready');
  expect((text + log).includes('that-must-not-leak')).toBe(false);
});
