import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { createUsers } from '../../activities/store/users.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { servers } from '../rig/servers.ts';
import { saveSettings } from '../rig/settings.ts';
import { choosePassword, installSettings, password, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Whom a PBX is to ring is set in the browser, tried there, and what is pasted on the PBX gets the answer. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
let redis: Redis;
let people: { id: number; name: string }[];
const phone = '79161234567';

beforeAll(async () => {
  const keys = { RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}` };
  [house, browser] = await Promise.all([installSettings(keys), startBrowser()]);
  const { pool } = house.store;
  people = (await house.amocrm.state()).users;
  const [anna, boris] = people;
  if (!anna || !boris) throw new Error('Nobody works there.');
  await saveSettings(pool, house.accountId, {
    ...untouchedSettings('en'),
    employees: { '101': anna.id, '102': boris.id },
  });
  redis = new Redis(servers.redisUrl);
  const client = { entityType: 'contacts' as const, entityId: 7, name: 'Иван "Ваня"', responsibleUserId: anna.id };
  const known = { client: { ...client, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
  await createKnownClients(pool, redis).remember(house.accountId, phone, known);
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Routing' }).click();
});
afterAll(async () => {
  redis?.disconnect();
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const button = (name: string) => page.getByRole('button', { name, exact: true });
async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
async function tries(number: string, outcome: RegExp): Promise<void> {
  await page.getByRole('textbox', { name: "Client's number" }).fill(number);
  await button('Try').click();
  await page.getByRole('status').getByText(outcome).waitFor();
}

it('is tried before it is saved, and says why', async () => {
  await tries('8 (916) 123-45-67', /Routing of this PBX is off/);
  await page.getByRole('switch', { name: 'Lead clients to their responsible' }).click();
  await tries('8 (916) 123-45-67', /The phone of the responsible rings, 101/);
  await page.getByRole('status').getByText('101|Иван Ваня').waitFor();
  await tries('8 916 000-00-00', /knows no client with this number/);
  expect(await seriousFaults(page)).toEqual([]);
});

it('an extension that is to be rung has to be named before it is saved', async () => {
  await choose('The responsible is busy', 'To an extension');
  await page.getByText('Digits, such as 101.').waitFor();
  expect(await button('Save').isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Extension: The responsible is busy' }).fill('200');
  await choose('Name a deputy of…', String(people[0]?.name));
  await page.getByRole('textbox', { name: `Deputy of ${people[0]?.name}` }).fill('102');
  expect(await seriousFaults(page)).toEqual([]);
  await page.route('**/api/accounts/*/settings', (route) => route.abort(), { times: 1 });
  await button('Save').click();
  await page.getByText("Ringflow's server does not answer").waitFor();
  await button('Save').click();
  await page.getByText('Saved as version 2').waitFor();
});

it('what is pasted on the PBX is answered, until its key is renewed', async () => {
  await button('Make a key').click();
  const dialplan = page.getByText('[ringflow-routing]');
  const askedBy = async () => {
    const [, url] = /CURL\((\S+?)&number=/.exec(String(await dialplan.textContent())) ?? [];
    return String(url);
  };
  const answerTo = async (url: string) => {
    const answer = await fetch(`${url}&number=${phone}`);
    return `${answer.status} ${await answer.text()}`;
  };
  const before = await askedBy();
  expect(before).toContain(`${house.url}/routing/${house.pbxId}?key=`);
  expect(await answerTo(before)).toBe('200 101|Иван Ваня');
  expect(await seriousFaults(page)).toEqual([]);
  await button('Renew the key').click();
  await button('The old key will hold no more. Renew it?').click();
  await button('Renew the key').waitFor();
  expect(await answerTo(before)).toBe('403 ');
  expect(await answerTo(await askedBy())).toBe('200 101|Иван Ваня');
});

it('the set-up of the PBX has the same dialplan', async () => {
  await page.getByRole('link', { name: 'PBXs' }).click();
  await page.getByRole('link', { name: house.pbxId }).first().click();
  await page.getByRole('tab', { name: 'What to paste on the PBX' }).click();
  await page.getByRole('textbox', { name: /IP address/ }).fill('192.168.1.20');
  await page.getByText('[ringflow-routing]').waitFor();
});

it('a viewer sees how it is set and no key, in Russian and on a phone', async () => {
  const vera = { login: 'vera@firm.example', name: 'Вера', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const narrow = { locale: 'ru-RU', viewport: { width: 390, height: 780 } };
  const viewer = await browser.person(await house.passwordLink(vera.login), narrow);
  await viewer.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await viewer.getByRole('textbox', { name: 'Ещё раз' }).fill(password);
  await viewer.getByRole('button', { name: 'Сохранить и войти' }).click();
  await viewer.getByRole('button', { name: 'Меню' }).click();
  await viewer.getByRole('link', { name: 'Маршрутизация' }).click();
  const toResponsible = viewer.getByRole('switch', { name: 'Вести клиентов к их ответственным' });
  await toResponsible.waitFor();
  expect([await toResponsible.isChecked(), await toResponsible.isDisabled()]).toEqual([true, true]);
  expect(await viewer.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(await seriousFaults(viewer)).toEqual([]);
  expect(await viewer.content()).not.toContain('ringflow-routing');
});
