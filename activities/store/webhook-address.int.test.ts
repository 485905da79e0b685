import { randomBytes } from 'node:crypto';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { readKeyRing } from './key-ring.ts';
import { createSecrets } from './secrets.ts';
import { isWebhookSecret, webhookAddress } from './webhook-address.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

it('an account has one secret address, however many ask for it first', async () => {
  const secrets = createSecrets(database.pool, readKeyRing(`a:${randomBytes(32).toString('base64')}`));
  const ask = () => webhookAddress(secrets, 'https://pbx.example', 'acme');
  const addresses = await Promise.all(Array.from({ length: 8 }, ask));
  expect(new Set([...addresses, await ask()]).size).toBe(1);
  const secret = addresses[0]?.split('/').at(-1) ?? '';
  expect(await isWebhookSecret(secrets, 'acme', secret)).toBe(true);
  expect(await isWebhookSecret(secrets, 'other', secret)).toBe(false);
});
