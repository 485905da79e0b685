import { Value } from 'typebox/value';
import { defaultRules } from '../../proto/default-rules.ts';
import { CallSettings } from '../../proto/settings.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';
import { saveSettings } from '../../tests/rig/settings.ts';

jest.setTimeout(60_000);

let api: TestApi;
let admin: Visitor;

const [shop, house] = ['shop.example', 'house.example'];
const phone = '79161234567';

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  for (const account of [shop, house]) await api.accounts.add(account, `https://${account}`);
  const pbx = { cel_table: 'cel', cdr_table: 'cdr', timezone: 'Asia/Omsk' };
  await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id: 'main', account_id: shop, ...pbx }]);
  await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id: 'theirs', account_id: house, ...pbx }]);
  const entry = { linkedid: '1.1', startedAtMs: 5, conversations: [conversationOf('101', 5)] };
  await api.journal.write(journalEntry(entry));
  await api.journal.write(journalEntry({ ...entry, linkedid: '1.2', externalNumber: null }));
  await api.journal.write(journalEntry({ ...entry, pbxId: 'theirs' }));
  await api.catalogues.writeUsers(shop, [
    { id: 7, name: 'Anna', phone: '101', isActive: true },
    { id: 8, name: 'Boris', phone: '102', isActive: false },
  ]);
});
afterAll(() => api.close());

const caseOf = (who: Visitor, linkedid: string, pbx = 'main', account = shop) =>
  who.send('GET', `/api/accounts/${account}/calls/${pbx}/${linkedid}/case`);

it('of an account that has set nothing tells the usual rules, and who has which phone by amoCRM', async () => {
  const { call, settings, about } = (await caseOf(admin, '1.1')).json();
  expect(call).toMatchObject({ linkedid: '1.1', externalNumber: phone, result: 'answered' });
  expect(Value.Check(CallSettings, settings)).toBe(true);
  expect(settings).toMatchObject({
    ...{ accountId: shop, employees: { '101': 7 }, inactiveUsers: [8], rules: defaultRules, language: 'en' },
    pbx: { id: 'main', timezone: 'Asia/Omsk' },
  });
  expect(about).toEqual({ lists: [] }); // nobody has asked amoCRM
});

it('tells what is set, which lists have the number, and whom amoCRM has under it as far as that is known', async () => {
  const vip = { id: 'vip', name: 'VIP', numbers: ['7916*'] };
  const spam = { id: 'spam', name: 'Spam', numbers: ['74950000000'] };
  const employees = { '101': 9 };
  await saveSettings(api.database.pool, shop, {
    ...untouchedSettings('ru'),
    ...{ employees, numberLists: [vip, spam], rules: [], pbxs: { main: { country: 'KZ' } } },
  });
  const client = {
    ...{ entityType: 'contacts' as const, entityId: 3, name: 'Ivan', responsibleUserId: 9 },
    ...{ openLeadIds: [4], hasCustomers: false },
  };
  await api.knownClients.remember(shop, phone, { client, askedAtMs: Date.now() });
  const { settings, about } = (await caseOf(admin, '1.1')).json();
  expect(settings).toMatchObject({ employees, rules: [], pbx: { country: 'KZ' } });
  expect(about).toEqual({ client, lists: ['vip'] });
  await api.knownClients.remember(shop, phone, { client: null, askedAtMs: Date.now() });
  expect((await caseOf(admin, '1.1')).json().about).toEqual({ client: null, lists: ['vip'] });
  expect((await caseOf(admin, '1.2')).json().about).toEqual({ lists: [] }); // a hidden number
});

it('is there for whoever may see the call, and for nobody else', async () => {
  const head = (extensions: string[]) => api.person({ role: 'head', extensions });
  const viewer = await api.person({ role: 'viewer', accounts: [house] });
  const answers = [
    await caseOf(await head(['101']), '1.1'),
    await caseOf(viewer, '1.1', 'theirs', house),
    await caseOf(await head(['102']), '1.1'),
    await caseOf(viewer, '1.1'),
    await caseOf(admin, '1.1', 'theirs'),
    await caseOf(admin, '9.9'),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 404, 404, 404, 404]);
});
