import { Redis } from 'ioredis';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createLedger } from './ledger.ts';
import { createPersonalData } from './personal-data.ts';

const redis = new Redis(servers.redisUrl);
let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(async () => {
  redis.disconnect();
  await database.drop();
});

const shop = 'shop.example';
const forget = (key: string) => createPersonalData(database.pool, redis, shop, ['main'], key).forget();

it('what amoCRM may be making just now is not made twice since its person is forgotten', async () => {
  const ledger = createLedger(database.pool);
  const contact = `contact:${shop}:9161234567`;
  const [made, task] = [`lead:${shop}:9161234567`, 'main:1700000000.1:task:call_ended'];
  const intention = { text: 'Call +79161234567 back' };
  for (const key of [contact, made, task]) {
    await ledger.begin(key, 10_000);
    await ledger.leave(key, 1, { deadlineMs: 0, showsWithinMs: 60_000 }, intention);
  }
  await ledger.done(made, { leadId: 5 });
  expect(await forget('9161234567')).toMatchObject({ effects: 1, unsettled: ['contact', task] });
  expect(await ledger.standing(made)).toEqual({ state: 'none' });
  for (const key of [contact, task]) {
    expect(await ledger.begin(key, 10_000)).toMatchObject({ state: 'unknown-fate', intention });
    await ledger.done(key, { contactId: 7 });
  }
  expect(await forget('9161234567')).toMatchObject({ effects: 2, unsettled: [] });
  expect(await ledger.standing(contact)).toEqual({ state: 'none' });
  expect(JSON.stringify((await database.pool.query('SELECT * FROM side_effects'))[0])).not.toContain('9161234567');
});

it('what was left open so long ago that nobody works on it goes too', async () => {
  const ledger = createLedger(database.pool);
  const contact = `contact:${shop}:9169999999`;
  await ledger.begin(contact, 10_000);
  await database.pool.query('UPDATE side_effects SET updated_at = CURRENT_TIMESTAMP(3) - INTERVAL 8 DAY');
  expect(await forget('9169999999')).toMatchObject({ effects: 1, unsettled: [] });
});
