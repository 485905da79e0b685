import pino from 'pino';
import { createAccounts } from '../activities/store/accounts.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { createStoreDatabase, type Database } from '../tests/rig/databases.ts';
import { readConfiguration } from './configuration/configuration.ts';
import { seedAccount } from './seed-account.ts';

let store: Database;
beforeAll(async () => {
  store = await createStoreDatabase();
});
afterAll(() => store.drop());
afterEach(() => store.pool.query('DELETE FROM accounts'));

const keys = `test:${Buffer.alloc(32).toString('base64')}`;

/** A long-lived token as amoCRM makes them. */
const tokenOf = (claims: object) =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

const seed = async (host: string, token: string): Promise<string> =>
  String(
    await seedAccount(
      readConfiguration({
        PBX_DATABASE_URL: 'mysql://a:b@c/d',
        PBX_TIMEZONE: 'Asia/Omsk',
        AMOCRM_BASE_URL: `https://${host}`,
        AMOCRM_ACCESS_TOKEN: token,
        RINGFLOW_SECRET_KEYS: keys,
        MYSQL_URL: store.url,
        REDIS_URL: 'redis://127.0.0.1',
      }),
      createAccounts(store.pool),
      createSecrets(store.pool, readKeyRing('')),
      pino({ level: 'silent' }),
      new AbortController().signal,
    ),
  );

const addresses = async () => (await createAccounts(store.pool).list()).map(({ id, baseUrl }) => [id, baseUrl]);

it('an account that has moved keeps its id, and with it all that is kept of it, whichever token it has now', async () => {
  await seed('acme.amocrm.ru', tokenOf({ account_id: 28_000_001 }));
  const id = await seed('acme-group.amocrm.ru', tokenOf({ account_id: 28_000_001, jti: 'a newer one' }));
  expect(id).toBe('acme.amocrm.ru');
  expect(await addresses()).toEqual([['acme.amocrm.ru', 'https://acme-group.amocrm.ru']]);
});

it('one whose integration is named in the browser keeps it when a process starts anew, and a token does not last', async () => {
  const [accounts, secrets] = [createAccounts(store.pool), createSecrets(store.pool, readKeyRing(keys))];
  const id = await seed('acme.amocrm.ru', tokenOf({ account_id: 28_000_001 }));
  expect(await accounts.find(id)).toMatchObject({ state: 'connected', clientId: null });
  await seed('acme.amocrm.ru', '');
  expect(await accounts.find(id)).toMatchObject({ state: 'pending', clientId: null });
  const integration = { clientId: 'c-1', clientSecret: 's3cret', redirectUri: 'https://ringflow.example/oauth/amocrm' };
  await accounts.takeIntegration(id, integration, secrets);
  await accounts.enter(id, 'connected', '');
  await seed('acme.amocrm.ru', '');
  expect(await accounts.find(id)).toMatchObject({ state: 'connected', clientId: 'c-1' });
});

it.each([
  ['of another number', tokenOf({ account_id: 28_000_002 })],
  ['whose token tells no number', 'opaque'],
])('one %s is another account', async (_, token) => {
  await seed('acme.amocrm.ru', tokenOf({ account_id: 28_000_001 }));
  expect(await seed('other.amocrm.ru', token)).toBe('other.amocrm.ru');
  expect(await addresses()).toHaveLength(2);
});
