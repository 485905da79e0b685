import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Registration } from '../../proto/journal.ts';
import type { Reading, TemporalFacts } from '../../proto/state/facts.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { newSecretKeys } from '../../tests/rig/permits.ts';
import { servers } from '../../tests/rig/servers.ts';
import { saveSettings } from '../../tests/rig/settings.ts';
import { type AccountFactsReader, createAccountFacts } from './account-facts.ts';
import { createAccounts } from './accounts.ts';
import { createBackfills } from './backfills.ts';
import { createBrake } from './brake.ts';
import { createCatalogues } from './catalogues.ts';
import { createJournal } from './journal.ts';
import { readKeyRing } from './key-ring.ts';
import { openMysql } from './mysql.ts';
import { createPbxs } from './pbxs.ts';
import { createReadings } from './readings.ts';
import { createSecrets } from './secrets.ts';
import { createSettingsStore } from './settings.ts';
import { writeTokenPair } from './token-pair.ts';

/** What is read of how an account stands, from real stores. */

let database: Database;
let pool: Pool;
let redis: Redis;
const id = `${randomUUID()}.example`;
const reading: Reading = { toldAtMs: 1, lookedAtMs: 1, lastRowAtMs: null, trouble: null };

const logged: unknown[] = [];
const keys = readKeyRing(newSecretKeys());

const readerOn = (at: {
  pool?: Pool;
  redis?: Redis;
  askTaskQueues?: () => Promise<TemporalFacts>;
  longLivedToken?: string;
}): AccountFactsReader => {
  const stores = { pool, redis, longLivedToken: undefined, askTaskQueues: async () => ({ lastPollAtMs: 7 }), ...at };
  return createAccountFacts({
    ...stores,
    accounts: createAccounts(stores.pool),
    ...{ secrets: createSecrets(stores.pool, keys), pbxs: createPbxs(stores.pool, createSecrets(stores.pool, keys)) },
    settingsStore: createSettingsStore(stores.pool),
    catalogues: createCatalogues(stores.pool),
    licenceFacts: () => Promise.reject(new Error('there is none')),
    ...{ seed: { accountId: '', employees: undefined }, logger: { error: (fault: unknown) => logged.push(fault) } },
  });
};

beforeAll(async () => {
  database = await createStoreDatabase();
  [pool, redis] = [openMysql(database.url), new Redis(servers.redisUrl)];
  await createAccounts(pool).add(id, `https://${id}`);
  const row = { id: 'main', account_id: id, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
  await pool.query('INSERT INTO pbxs SET ?', [row]);
});
afterAll(async () => {
  redis.disconnect();
  await pool.end();
  await database.drop();
});

it('of a new account it says that nothing has happened yet', async () => {
  const { kept, shared, temporal } = await readerOn({})(id);
  expect(kept).toMatchObject({
    ...{ amocrm: { state: 'pending', hasShownCard: false }, employees: null, hasRules: true },
    pbxs: [{ id: 'main', calls: { needAttention: 0, today: 0, registeredLastDay: 0, lastStartedAtMs: null } }],
  });
  expect([kept?.pbxs[0]?.reading, shared, temporal]).toEqual([
    undefined,
    { pause: undefined, brakeHits: [], budget: { used: 0, most: 6 } },
    { lastPollAtMs: 7 },
  ]);
});

it('counts calls, names who takes them and has no user, and tells what the connector and the brake say', async () => {
  const [journal, nowMs] = [createJournal(pool), Date.now()];
  const entry = (linkedid: string, state: 'registered' | 'needs-attention', startedAtMs: number, extension: string) => {
    const registration =
      state === 'registered'
        ? ({ state, noteId: 1, entityType: 'contacts', entityId: 1 } as const)
        : ({ state, reason: 'Refused.' } as const);
    const { call, ...rest } = journalEntry({ pbxId: 'main', linkedid, startedAtMs });
    return journal.write({ ...rest, registration, call: { ...call, rang: [extension], conversations: [] } });
  };
  await entry('1.1', 'registered', nowMs - 1_000, '101');
  await entry('1.2', 'needs-attention', nowMs - 3 * 86_400_000, '103');
  await entry('1.3', 'registered', nowMs - 30 * 86_400_000, '104');
  await saveSettings(pool, id, {
    ...untouchedSettings('ru'),
    ...{ employees: { '101': 1 }, rules: [], observedPbxs: { main: { until: null } } },
  });
  await createAccounts(pool).noteCard(id);
  await createReadings(redis).tell('main', reading);
  const brake = createBrake(redis, () => undefined);
  for (const contact of ['a', 'b']) await brake.allows('contacts', contact, id, '74951230001', 1);
  const { kept, shared } = await readerOn({})(id);
  expect(kept).toMatchObject({ amocrm: { hasShownCard: true }, employees: 1, hasRules: false });
  expect(kept?.pbxs).toMatchObject([
    { reading, observedUntilMs: null, calls: { needAttention: 1, registeredLastDay: 1 } },
  ]);
  expect(kept?.pbxs[0]?.calls.lastStartedAtMs).toBe(nowMs - 1_000);
  expect(kept?.pbxs[0]?.unmapped.filter((one) => one === '103' || one === '104' || one === '101')).toEqual(['103']);
  expect(shared?.brakeHits).toEqual([{ kind: 'contacts', did: '74951230001', atMs: expect.any(Number) }]);
});

it('counts calls that have been registered for long, but for those that wait for a person or belong to a backfill', async () => {
  const journal = createJournal(pool);
  const [sixMinutesAgoMs, justNowMs] = [Date.now() - 360_000, Date.now()];
  const write = async (linkedid: string, atMs: number, registration: Registration = { state: 'pending' }) => {
    await journal.write(journalEntry({ pbxId: 'main', linkedid }, registration));
    await pool.query('UPDATE calls SET updated_at = ? WHERE linkedid = ?', [new Date(atMs), linkedid]);
  };
  const backfills = createBackfills(pool);
  const order = {
    pbxId: 'main',
    choice: { linkedids: ['5.3', '5.4'] },
    mode: { scope: 'records', leaveOthers: false } as const,
  };
  const backfill = (await backfills.open(order, { accountId: id, workflowId: 'backfill:1', askedBy: 'anna' })) ?? 0;
  await backfills.take(backfill, [
    { linkedid: '5.3', startedAtMs: 0 },
    { linkedid: '5.4', startedAtMs: 0 },
  ]);
  await backfills.note(backfill, [{ linkedid: '5.4', fate: 'under-way', detail: '' }]);
  await write('5.1', justNowMs);
  await write('5.2', sixMinutesAgoMs, { state: 'needs-attention', reason: 'Refused.' });
  await write('5.3', sixMinutesAgoMs);
  const waiting = async () => (await readerOn({})(id)).kept?.pbxs[0]?.calls;
  expect(await waiting()).toMatchObject({ waiting: 0, waitingSinceMs: null });
  await write('5.4', sixMinutesAgoMs);
  await write('5.5', sixMinutesAgoMs + 10_000);
  expect(await waiting()).toMatchObject({ waiting: 2, waitingSinceMs: sixMinutesAgoMs });
});

it('says until when the token is good, whichever it is, and nothing of the token itself', async () => {
  const [issuedAtMs, expiresAtMs] = [Date.UTC(2026, 10, 1), Date.UTC(2027, 10, 1)];
  const claims = Buffer.from(JSON.stringify({ iat: issuedAtMs / 1000, exp: expiresAtMs / 1000 })).toString('base64url');
  const token = async (longLivedToken?: string) =>
    (await readerOn(longLivedToken === undefined ? {} : { longLivedToken })(id)).kept?.amocrm.token;
  expect(await token()).toBeUndefined();
  expect(await token('no JWT')).toBeUndefined();
  expect(await token(`head.${claims}.signature`)).toEqual({ issuedAtMs, expiresAtMs, renewsItself: false });
  const secrets = createSecrets(pool, keys);
  const integration = { clientId: 'an-id', clientSecret: 's3cret', redirectUri: 'https://x.example/' };
  await createAccounts(pool).takeIntegration(id, integration, secrets);
  const pair = { version: 1, accessToken: 's3cret', refreshToken: 's3cret', permission: 'p' };
  await writeTokenPair(secrets, id, { ...pair, issuedAtMs, expiresAtMs });
  expect(await token(`head.${claims}.signature`)).toEqual({ issuedAtMs, expiresAtMs, renewsItself: true });
});

it('leaves out what is away and tells the rest', async () => {
  const nowhere = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 1, lazyConnect: true });
  nowhere.on('error', () => undefined);
  const noPool = openMysql('mysql://nobody@127.0.0.1:1/ringflow');
  const away = () => Promise.reject(new Error('away'));
  const withoutRedis = await readerOn({ redis: nowhere, askTaskQueues: away })(id);
  expect([withoutRedis.shared, withoutRedis.temporal, withoutRedis.kept?.employees]).toEqual([undefined, undefined, 1]);
  const withoutMysql = await readerOn({ pool: noPool })(id);
  expect([withoutMysql.kept, withoutMysql.storeTrouble, withoutMysql.shared?.pause]).toEqual([
    ...[undefined, 'away', undefined],
  ]);
  expect(logged).toEqual([]);
  expect(withoutMysql.shared).toBeDefined();
  nowhere.disconnect();
  await noPool.end();
});

it('tells a fault of ours from a database that is away, and logs it', async () => {
  await pool.query('RENAME TABLE call_extensions TO gone');
  try {
    const { kept, storeTrouble } = await readerOn({})(id);
    expect([kept, storeTrouble]).toEqual([undefined, 'failed']);
  } finally {
    await pool.query('RENAME TABLE gone TO call_extensions');
  }
  expect(logged).toEqual([expect.objectContaining({ code: 'ER_NO_SUCH_TABLE' })]);
});
