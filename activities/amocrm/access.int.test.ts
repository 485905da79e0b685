import { randomBytes } from 'node:crypto';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { type Accounts, createAccounts } from '../store/accounts.ts';
import { readKeyRing } from '../store/key-ring.ts';
import { createSecrets } from '../store/secrets.ts';
import { accountAccess } from './access.ts';

let database: Database;
let accounts: Accounts;
beforeAll(async () => {
  database = await createStoreDatabase();
  accounts = createAccounts(database.pool);
});
afterAll(() => database.drop());

const retryAfterMs = async (): Promise<number> => {
  const secrets = createSecrets(database.pool, readKeyRing(`a:${randomBytes(32).toString('base64')}`));
  const access = accountAccess('acme', accounts, secrets, async () => undefined);
  const error = await access.current().catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'NotConnected', hadNoEffect: true });
  return error.retryAfterMs;
};

it('what waits for a connection looks for it every few seconds at first, later once a minute', async () => {
  await accounts.add('acme', 'https://acme.amocrm.ru');
  await accounts.enter('acme', 'reconnect-needed', 'Reconnect needed.');
  expect(await retryAfterMs()).toBeLessThan(15_000);
  await database.pool.query('UPDATE accounts SET state_at = UTC_TIMESTAMP(3) - INTERVAL 3 HOUR');
  expect(await retryAfterMs()).toBe(60_000);
});
