import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { withRedis } from '../../tests/rig/redis.ts';
import { createLedger } from './ledger.ts';
import { createPersonalData } from './personal-data.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

it('what amoCRM may be making just now is not made twice since its person is forgotten', async () => {
  const ledger = createLedger(database.pool);
  const shop = 'shop.example';
  const contact = `contact:${shop}:9161234567`;
  const [made, task] = [`lead:${shop}:9161234567`, 'main:1700000000.1:task:call_ended'];
  const intention = { text: 'Call +79161234567 back' };
  for (const key of [contact, made, task]) {
    await ledger.begin(key, 10_000);
    await ledger.leave(key, 1, { deadlineMs: 0, showsWithinMs: 60_000 }, intention);
  }
  await ledger.done(made, { leadId: 5 });
  await withRedis((redis) => createPersonalData(database.pool, redis, shop, ['main'], '9161234567').forget());
  expect(await ledger.standing(made)).toEqual({ state: 'none' });
  for (const key of [contact, task]) {
    expect(await ledger.begin(key, 10_000)).toMatchObject({ state: 'unknown-fate', intention });
  }
});
