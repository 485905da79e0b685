import type { Pool } from 'mysql2/promise';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { saveSettings } from '../../tests/rig/settings.ts';
import { createSettingsStore } from './settings.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

const settingsIn = (language: AccountSettings['language']): AccountSettings => ({
  ...{ language, employees: null, pbxs: {}, rules: [], calendars: [], numberLists: [] },
});

/** The store of another process, which notes what is read whole, and can be made to fail once. */
function watchedStore() {
  const watched = { readWhole: 0, failsOnce: false };
  const query = (...[sql, values]: [string, unknown[]]) => {
    if (sql.startsWith('SELECT settings')) {
      watched.readWhole += 1;
      if (watched.failsOnce) {
        watched.failsOnce = false;
        return Promise.reject(new Error('lost connection'));
      }
    }
    return database.pool.query(sql, values);
  };
  return { watched, store: createSettingsStore({ query } as unknown as Pool) };
}

it('settings are read whole once for many calls at a time, and anew when somebody else has saved a newer version', async () => {
  const { watched, store } = watchedStore();
  expect(await store.latest('a')).toBeUndefined();
  expect(await saveSettings(database.pool, 'a', settingsIn('ru'))).toBe(1);
  await Promise.all([1, 2, 3].map(() => store.latest('a')));
  expect(await store.latest('a')).toEqual({ version: 1, settings: settingsIn('ru') });
  expect(watched.readWhole).toBe(1);
  expect(await saveSettings(database.pool, 'a', settingsIn('en'))).toBe(2);
  expect(await store.latest('a')).toEqual({ version: 2, settings: settingsIn('en') });
  expect(await store.latest('b')).toBeUndefined();
});

it('settings that could not be read are read again', async () => {
  const { watched, store } = watchedStore();
  await saveSettings(database.pool, 'c', settingsIn('ru'));
  watched.failsOnce = true;
  await expect(store.latest('c')).rejects.toThrow('lost connection');
  expect(await store.latest('c')).toMatchObject({ version: 1 });
});
