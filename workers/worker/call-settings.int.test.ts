import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { hurriedClientOf } from '../../tests/rig/amocrm-client.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { createCallSettings } from './call-settings.ts';
import { createEmployeeDirectory } from './employees.ts';

let database: Database;
let amocrm: Amocrm;
let accountId: string;

beforeAll(async () => {
  database = await createStoreDatabase();
  amocrm = await startAmocrm();
});
beforeEach(() => {
  accountId = randomUUID();
});
afterEach(() => amocrm.clearFaults());
afterAll(async () => {
  await amocrm.close();
  await database.drop();
});

/** As a process that has just started. */
function startWorker(employees?: Record<string, number>) {
  const logger = pino({ level: 'silent' });
  const known = createCatalogues(database.pool);
  const directory = createEmployeeDirectory(hurriedClientOf(amocrm), known, accountId, defaultExtensionPattern, logger);
  const pbx = { id: 'main', accountId, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
  const seed = { language: 'en' as const, accountId, employees };
  const store = createSettingsStore(database.pool);
  const licence = { features: [], seatHolders: null, reason: null, isPbxBeyond: false };
  const licenceOf = async () => licence;
  return { directory, read: createCallSettings(seed, { find: async () => pbx }, store, () => directory, licenceOf) };
}

it('the first call after a restart knows who was deactivated, without waiting for amoCRM', async () => {
  await amocrm.setUserActive(504142, false);
  await startWorker().directory.read();
  await amocrm.fault({ match: 'GET /api/v4/users', kind: 'hang' });
  const { employees, inactiveUsers } = await startWorker({ '101': 504141 }).read('main');
  expect({ employees, inactiveUsers }).toEqual({ employees: { '101': 504141 }, inactiveUsers: [504142] });
});

it('calls go on by the last known employees after a restart while amoCRM is away', async () => {
  await startWorker().read('main');
  await amocrm.fault({ match: 'GET /api/v4/users', kind: 'status', status: 503 });
  expect((await startWorker().read('main')).employees).toMatchObject({ '101': 504141 });
});

it('a token without the right to see the users is waited for and told, for it can be mended', async () => {
  await amocrm.fault({ match: 'GET /api/v4/users', kind: 'status', status: 403 });
  await expect(startWorker().read('main')).rejects.toMatchObject({
    isHopeless: false,
    message: expect.stringMatching(/who has which phone.*use an administrator.*RINGFLOW_EMPLOYEES/),
  });
});
