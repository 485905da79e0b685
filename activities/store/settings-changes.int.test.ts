import type { Pool } from 'mysql2/promise';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { openMysql } from './mysql.ts';
import { createSettingsStore, type SettingsStore } from './settings.ts';
import { createSettingsChanges, type SettingsChange, type SettingsChanges } from './settings-changes.ts';

let database: Database;
let pool: Pool;
let changes: SettingsChanges;
let store: SettingsStore;

beforeAll(async () => {
  database = await createStoreDatabase();
  pool = openMysql(database.url);
  changes = createSettingsChanges(pool, 'ru');
  store = createSettingsStore(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let count = 0;
let accountId: string;
beforeEach(() => {
  accountId = `account-${count++}`;
});

const pbx = (id: string, of: string) => ({ id, accountId: of, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' });
const pbxs = () => [pbx('office', accountId), pbx('elsewhere', 'another-account')];
const propose = async (change: Partial<SettingsChange>, there = pbxs()) =>
  changes.adopt(await changes.propose({ accountId, basedOn: 0, sections: {}, author: 'anna', ...change }), there);
const settings = async () => (await store.latest(accountId))?.settings;

describe('a change of the settings', () => {
  it('makes a version with its author, and what was not named stays', async () => {
    expect(await propose({ sections: { language: 'en' } })).toEqual({ outcome: 'saved', version: 1 });
    expect(await settings()).toEqual({ ...untouchedSettings('ru'), language: 'en' });
    expect(await store.versions(accountId, 10)).toMatchObject([{ version: 1, author: 'anna', sections: ['language'] }]);
  });

  it('is made once, however often the actor tries', async () => {
    const id = await changes.propose({ accountId, basedOn: 0, sections: { language: 'en' }, author: 'anna' });
    expect(await Promise.all([changes.adopt(id, []), changes.adopt(id, [])])).toEqual(
      Array(2).fill({ outcome: 'saved', version: 1 }),
    );
    expect(await store.versions(accountId, 10)).toHaveLength(1);
  });

  it('that is gone is tried no more: those that come after it go on', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    await expect(changes.adopt(id, [])).rejects.toMatchObject({
      ...{ nonRetryable: true, type: 'ChangeGone', message: expect.stringContaining('Save the settings again') },
    });
  });

  it('of one section does not undo what another has done to another meanwhile', async () => {
    await propose({ sections: { language: 'en' } });
    expect(await propose({ basedOn: 0, sections: { mostNewPerHour: 7 }, author: 'boris' })).toEqual({
      ...{ outcome: 'saved', version: 2 },
    });
    expect(await settings()).toMatchObject({ language: 'en', mostNewPerHour: 7 });
  });

  it('of what another has just changed is refused, and says whose and what', async () => {
    await propose({ sections: { mostNewPerHour: 5 } });
    expect(await propose({ basedOn: 0, sections: { mostNewPerHour: 7, language: 'en' }, author: 'boris' })).toEqual({
      ...{ outcome: 'conflict', version: 1, author: 'anna', sections: ['mostNewPerHour'] },
    });
    expect(await settings()).toMatchObject({ language: 'ru', mostNewPerHour: 5 });
  });

  it('to what holds already makes no version', async () => {
    expect(await propose({ sections: { language: 'ru' } })).toEqual({ outcome: 'saved', version: 0 });
    expect(await settings()).toBeUndefined();
  });

  it('takes out what need not be there', async () => {
    await propose({ sections: { mostNewPerHour: 5, employees: { '101': 7 } } });
    await propose({ basedOn: 1, sections: { mostNewPerHour: null, employees: null } });
    expect(await settings()).toEqual(untouchedSettings('ru'));
  });

  it('that makes no sense with the rest is refused in words', async () => {
    const rule = { id: 'a', name: 'A', enabled: true, when: { phase: 'call_ended' as const } };
    const office = { id: 'office', is: 'open' as const };
    const rules = [{ ...rule, when: { ...rule.when, calendar: office }, actions: [{ do: 'complete-task' as const }] }];
    expect(await propose({ sections: { rules } })).toEqual({
      outcome: 'faulty',
      faults: [expect.stringContaining('there is no calendar office')],
    });
    expect(await settings()).toBeUndefined();
  });

  it.each(['ofice', 'elsewhere', 'constructor'])(
    'of a PBX that the account does not have (%s) is refused',
    async (id) => {
      const fault = (section: string) =>
        expect.stringMatching(new RegExp(`^/${section}/${id}: the account has no PBX ${id}; it has office; check`));
      expect(await propose({ sections: { pbxs: { [id]: {} }, observedPbxs: { [id]: { until: null } } } })).toEqual({
        outcome: 'faulty',
        faults: [fault('pbxs'), fault('observedPbxs')],
      });
      expect(await propose({ sections: { observedPbxs: { office: { until: null } } } })).toMatchObject({ version: 1 });
    },
  );

  it('goes on when a PBX is gone of which something was said', async () => {
    await propose({ sections: { pbxs: { office: {} } } });
    expect(await propose({ basedOn: 1, sections: { language: 'en' } }, [])).toMatchObject({ version: 2 });
    expect(await propose({ basedOn: 2, sections: { observedPbxs: { office: { until: null } } } }, [])).toMatchObject({
      faults: [expect.stringContaining('it has none; add it first')],
    });
  });
});
