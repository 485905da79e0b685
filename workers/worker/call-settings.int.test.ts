import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { hurriedClientOf } from '../../tests/rig/amocrm-client.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createCallSettings } from './call-settings.ts';
import { createEmployeeDirectory } from './employees.ts';

let database: Database;
let redis: Redis;
let amocrm: Amocrm;
const accountId = randomUUID();

beforeAll(async () => {
  database = await createStoreDatabase();
  redis = new Redis(servers.redisUrl);
  amocrm = await startAmocrm();
});
afterAll(async () => {
  await amocrm.close();
  await redis.quit();
  await database.drop();
});

/** As a process that has just started. */
function startWorker() {
  const logger = pino({ level: 'silent' });
  const directory = createEmployeeDirectory(hurriedClientOf(amocrm), redis, accountId, defaultExtensionPattern, logger);
  const pbx = { id: 'main', accountId, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
  const seed = { language: 'en' as const, accountId, employees: { '101': 504141 } };
  const store = createSettingsStore(database.pool);
  return { directory, read: createCallSettings(seed, { find: async () => pbx }, store, () => directory) };
}

it('the first call after a restart knows who was deactivated, without waiting for amoCRM', async () => {
  await amocrm.setUserActive(504142, false);
  await startWorker().directory.read();
  await amocrm.fault({ match: 'GET /api/v4/users', kind: 'hang' });
  const { employees, inactiveUsers } = await startWorker().read('main');
  expect({ employees, inactiveUsers }).toEqual({ employees: { '101': 504141 }, inactiveUsers: [504142] });
});
