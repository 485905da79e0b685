import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'mysql2/promise';
import type { AlertMessage } from '../../proto/alerts/message.ts';
import type { AlertDestination, TaskDestination } from '../../proto/alerts/settings.ts';
import { type MailServer, type Receiver, startMailServer, startReceiver } from '../../tests/rig/alert-receivers.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createAlertDeliveries } from '../store/alert-deliveries.ts';
import { readKeyRing } from '../store/key-ring.ts';
import { createLedger } from '../store/ledger.ts';
import { openMysql } from '../store/mysql.ts';
import { alertSecretOf, createSecrets, type Secrets } from '../store/secrets.ts';
import { type AlertActivities, createAlertActivities } from './index.ts';

/** Each way that an alert goes, to a real receiver, and what is said when it does not get there. */

const accountId = 'acme.example';
const botToken = '123456789:AAtoken-of-a-bot_that-must-not-leak';
const signingKey = randomBytes(16).toString('hex');
let database: Database;
let pool: Pool;
let secrets: Secrets;
let activities: AlertActivities;
let mail: MailServer;
let receiver: Receiver;

beforeAll(async () => {
  [database, mail, receiver] = await Promise.all([createStoreDatabase(), startMailServer(), startReceiver()]);
  pool = openMysql(database.url);
  secrets = createSecrets(pool, readKeyRing(`test:${randomBytes(32).toString('base64')}`));
  activities = createAlertActivities({
    ...{ secrets, ledger: createLedger(pool), deliveries: createAlertDeliveries(pool) },
    telegramApiUrl: receiver.url,
  } as unknown as Parameters<typeof createAlertActivities>[0]);
  const kept = { smtp: mail.url, bot: botToken, key: signingKey };
  for (const [ref, secret] of Object.entries(kept)) await secrets.write(alertSecretOf(accountId, ref), secret);
});
afterEach(() => {
  receiver.answer(200);
  receiver.heard.splice(0);
  mail.mails.splice(0);
});
afterAll(async () => {
  await Promise.all([mail?.close(), receiver?.close()]);
  await pool.end();
  await database.drop();
});

const worded = { subject: 'Ringflow: база АТС недоступна', text: 'Неполадки:\n• АТС main\n\nhttps://ringflow.example' };
const message: AlertMessage = {
  news: [{ level: 'error', code: 'pbx-database-away', about: 'main', values: { code: 'ECONNREFUSED' } }],
  ...{ still: [], over: [] },
};
const email = {
  id: 'mail',
  name: 'Mail',
  kind: 'email',
  to: ['anna@firm.example'],
  from: 'ringflow@firm.example',
  secretRef: 'smtp',
} as const;
const telegram = { id: 'tg', name: 'Chat', kind: 'telegram', chatId: '-1001', secretRef: 'bot' } as const;
const webhook = () =>
  ({ id: 'hook', name: 'CRM', kind: 'webhook', url: `${receiver.url}/alerts`, secretRef: 'key' }) as const;

const send = (destination: Exclude<AlertDestination, TaskDestination>, key: string = randomUUID()) =>
  activities.sendAlert({ accountId, key, destination: { ...destination } as typeof destination, worded, message });

it('e-mail arrives, with its text in whatever letters', async () => {
  expect(await send({ ...email, to: [...email.to] })).toBeNull();
  expect(mail.mails.map(({ to }) => to)).toEqual([['anna@firm.example']]);
  const raw = mail.mails[0]?.raw ?? '';
  const [head = '', body = ''] = raw.split('\r\n\r\n');
  expect(head).toMatch(/^Subject: =\?UTF-8\?/m);
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(head)?.[1];
  const plain = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : unquoted(body);
  expect(plain).toContain('• АТС main');
});

it('Telegram hears the text in its chat, by the bot', async () => {
  expect(await send(telegram)).toBeNull();
  const [{ path, body } = { path: '', body: '{}' }] = receiver.heard;
  expect(path).toBe(`/bot${botToken}/sendMessage`);
  expect(JSON.parse(body)).toMatchObject({ chat_id: '-1001', text: worded.text });
});

it('a program hears it signed, in words and as data', async () => {
  expect(await send(webhook())).toBeNull();
  const { headers, body = '' } = receiver.heard[0] ?? {};
  const signature = createHmac('sha256', signingKey).update(body).digest('hex');
  expect(headers?.['ringflow-signature']).toBe(`sha256=${signature}`);
  expect(JSON.parse(body).alert).toMatchObject({ account: accountId, isTest: false, ...worded, ...message });
});

it('what has got there is not sent again, whoever asks', async () => {
  const key = randomUUID();
  expect([await send(telegram, key), await send(telegram, key)]).toEqual([null, null]);
  expect(receiver.heard).toHaveLength(1);
});

it('what has not got there is sent anew', async () => {
  const key = randomUUID();
  receiver.answer(500);
  expect(await send(webhook(), key)).toEqual({ code: 'webhook-refused', values: { status: '500' } });
  receiver.answer(204);
  expect(await send(webhook(), key)).toBeNull();
  expect(new Set(receiver.heard.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([key]));
});

it('our database being away is told all the same: its secrets were read before', async () => {
  const nowhere = openMysql('mysql://nobody@127.0.0.1:1/ringflow');
  let isAway = false;
  const known = createAlertActivities({
    secrets: { ...secrets, read: (name: string) => (isAway ? Promise.reject(new Error('away')) : secrets.read(name)) },
    ...{ ledger: createLedger(nowhere), deliveries: createAlertDeliveries(nowhere), telegramApiUrl: receiver.url },
  } as unknown as Parameters<typeof createAlertActivities>[0]);
  const tell = () => known.sendAlert({ accountId, key: randomUUID(), destination: telegram, worded, message });
  await tell();
  isAway = true;
  expect([await tell(), receiver.heard.length]).toEqual([null, 2]);
  await nowhere.end();
});

describe('what is said when it does not get there, and no secret', () => {
  const keep = (ref: string, secret: string) => secrets.write(alertSecretOf(accountId, ref), secret);
  const to = [...email.to];

  it.each<[string, string, object]>([
    [
      'wrong-password',
      `smtp://ringflow:wrong-s3cret@127.0.0.1:`,
      { code: 'smtp-sign-in', values: { host: '127.0.0.1' } },
    ],
    [
      'nobody',
      'smtp://ringflow:s3cret@127.0.0.1:1',
      { code: 'smtp-unreachable', values: { host: '127.0.0.1', code: 'ESOCKET' } },
    ],
  ])('mail: %s', async (ref, url, expected) => {
    await keep(ref, url.endsWith(':') ? `${url}${mail.port}` : url);
    const failure = await send({ ...email, to, secretRef: ref });
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toMatch(/s3cret/);
  });

  it('a mailbox that takes nothing', async () => {
    const full = await startMailServer(true);
    await keep('full', full.url);
    expect(await send({ ...email, to, secretRef: 'full' })).toEqual({
      code: 'smtp-refused',
      values: { host: '127.0.0.1', answer: expect.stringContaining('Mailbox full') },
    });
    await full.close();
  });

  it('Telegram', async () => {
    receiver.answer(401, { ok: false, description: 'Unauthorized' });
    expect(await send(telegram)).toEqual({ code: 'telegram-token', values: {} });
    receiver.answer(400, { ok: false, description: 'Bad Request: chat not found' });
    expect(await send(telegram)).toEqual({
      code: 'telegram-refused',
      values: { answer: 'Bad Request: chat not found' },
    });
  });

  it('a secret that is not kept here, and a program that is not there', async () => {
    expect(await send({ ...telegram, secretRef: 'gone' })).toEqual({ code: 'no-secret', values: {} });
    const gone = { ...webhook(), url: 'http://127.0.0.1:1/' };
    expect(await send(gone)).toEqual({ code: 'webhook-unreachable', values: {} });
  });

  it('the page is told the last that failed, until one gets there', async () => {
    const deliveries = createAlertDeliveries(pool);
    await activities.noteDelivery(accountId, 'tg', { code: 'telegram-token', values: {} });
    expect(await deliveries.list(accountId)).toEqual([
      {
        destinationId: 'tg',
        sentAtMs: null,
        failure: { code: 'telegram-token', values: {}, atMs: expect.any(Number) },
      },
    ]);
    await activities.noteDelivery(accountId, 'tg', null);
    expect(await deliveries.list(accountId)).toEqual([
      { destinationId: 'tg', sentAtMs: expect.any(Number), failure: null },
    ]);
  });
});

const unquoted = (text: string) =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
