import { Client, Connection } from '@temporalio/client';
import { type Backfill, createBackfills } from '../activities/store/backfills.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { freePort } from '../bin/stack/free-port.ts';
import { createStoreDatabase } from '../tests/rig/databases.ts';
import { servers } from '../tests/rig/servers.ts';
import { createBackfillActors } from './backfill-actors.ts';

const order = {
  ...{ pbxId: 'main', choice: { linkedids: ['1.1'] } },
  mode: { scope: 'records', leaveOthers: false } as const,
};

it('one that is open is told as it was noted while Temporal is away, and as lost where Temporal knows nothing of it', async () => {
  const database = await createStoreDatabase();
  const pool = openMysql(database.url);
  const backfills = createBackfills(pool);
  const by = { accountId: 'shop', workflowId: 'backfill:main:nowhere', askedBy: 'anna' };
  const id = (await backfills.open(order, by)) as number;
  await pool.query('UPDATE backfills SET asked_at = asked_at - INTERVAL 1 HOUR');
  const one = (await backfills.find(id)) as Backfill;
  const away = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
  const there = await Connection.connect({ address: servers.temporalAddress });
  const glimpsedBy = (connection: Connection) =>
    createBackfillActors(new Client({ connection }), backfills).glimpsed(one);
  expect(await glimpsedBy(away)).toMatchObject({ id, state: 'running' });
  expect(await glimpsedBy(there)).toMatchObject({ id, state: 'lost' });
  await Promise.all([away.close(), there.close(), pool.end()]);
  await database.drop();
});
