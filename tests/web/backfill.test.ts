import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { createUsers } from '../../activities/store/users.ts';
import { allFeatures } from '../../proto/licence/feature.ts';
import { callsOfThePast, daysAgo } from '../rig/backfills.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { recordsOf, type TestCall } from '../rig/calls.ts';
import { givePermit } from '../rig/permits.ts';
import { servers } from '../rig/servers.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Calls that nobody has read are brought into amoCRM from a page. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
let calls: TestCall[];
const linkedidOf = (index: number) => String(calls[index]?.linkedid);

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  calls = await callsOfThePast(house, ['in-direct-answered', 'internal-answered', 'pickup'], daysAgo(3));
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Calls of the past' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const press = (name: string | RegExp, of = page) => of.getByRole('button', { name, exact: true }).click();
const dialog = () => page.getByRole('dialog');
const says = (text: string | RegExp, of = page) => of.getByText(text, { exact: true }).first().waitFor();

it('a period is chosen by the clock of the PBX, and brought when somebody is sure', async () => {
  await page.getByRole('heading', { name: 'Nothing was brought yet' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByText('By the clock of the PBX (Europe/Moscow)').waitFor();
  const from = page.getByLabel('From', { exact: true });
  const chosen = await from.inputValue();
  await from.fill('2099-01-01T00:00');
  await page.getByText('The period has to begin in the past').waitFor();
  expect(await page.getByRole('button', { name: 'Bring them…' }).isDisabled()).toBe(true);
  await press('Last 7 days');
  expect(await from.inputValue()).toBe(chosen);
  await press('Bring them…');
  await dialog().getByText('amoCRM gets the calls and contacts that it lacks').waitFor();
  await dialog().getByText('they will stand in amoCRM twice').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await press('Cancel');
  await says('Nothing was brought yet');
  await press('Bring them…');
  await press('Yes, bring them');
  await page.getByRole('heading', { name: /^Calls of the past, no\. \d+$/ }).waitFor();
});

it('it is for administrators alone', async () => {
  const vera = { login: 'vera@firm.example', name: 'Vera', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const viewer = await browser.person(await house.passwordLink(vera.login));
  await choosePassword(viewer);
  expect(await viewer.getByRole('link', { name: 'Calls of the past' }).count()).toBe(0);
  await viewer.goto(`${house.url}/accounts/${house.accountId}/backfill/1`);
  await viewer.getByRole('heading', { name: 'Calls of the past are the business of an administrator' }).waitFor();
});

it('what became of each call is told, with the ways to the journal and into amoCRM', async () => {
  await says('done');
  expect(await recordsOf(house, calls[0]?.linkedids ?? [])).toHaveLength(1);
  await press('All: 4');
  await page.getByText('An internal call: amoCRM is not told.').waitFor();
  await press('registered: 2');
  const row = page.getByRole('row', { name: linkedidOf(0) });
  await page.getByText('An internal call').waitFor({ state: 'detached' });
  await row.getByRole('link', { name: /^contact \d+$/ }).waitFor();
  expect(await page.getByRole('row').count()).toBe(3);
  expect(await page.getByRole('link', { name: 'Workflow in Temporal' }).count()).toBe(0); // nobody has said where
  expect(await seriousFaults(page)).toEqual([]);
  await row.getByRole('link', { name: linkedidOf(0) }).click();
  await page.getByRole('button', { name: 'Do again' }).waitFor();
  await page.goBack();
  await press('part of another call: 1');
  await page
    .getByRole('row', { name: 'Part of the call' })
    .getByRole('link', { name: linkedidOf(2) })
    .waitFor();
});

it('brought once more they are left; of those that wait for the database it is told, and they are cancelled', async () => {
  await page.getByRole('link', { name: '← Calls of the past' }).click();
  await page.getByRole('switch', { name: 'Leave calls that another product has put there' }).check({ force: true });
  await press('Bring them…');
  await dialog().getByText('are left as they are').waitFor();
  await press('Yes, bring them');
  await press('stood there before: 2');
  await page.getByText('It stood in the journal before').first().waitFor();
  await page.getByRole('link', { name: '← Calls of the past' }).click();
  await house.pbx.pool.query('RENAME TABLE cel TO cel_away');
  await press('Bring them…');
  await press('Yes, bring them');
  await page.getByText('It waits', { exact: true }).waitFor();
  await page.getByText('the table does not exist: check its name on the page “PBXs”').waitFor();
  await press('Pause');
  await says('paused');
  await press('Go on');
  await says('running');
  await press('Stop');
  await press('Really stop?');
  await says('stopped');
  await house.pbx.pool.query('RENAME TABLE cel_away TO cel');
  await page.getByRole('link', { name: '← Calls of the past' }).click();
  const list = page.getByRole('list', { name: 'What was brought' }).getByRole('listitem');
  await list.nth(2).waitFor();
  expect(await list.count()).toBe(3);
  await list.first().getByText('stopped', { exact: true }).waitFor();
  expect(await list.getByText('It waits').count()).toBe(0);
});

it('chosen calls are named by their linkedids, also from the journal', async () => {
  await page.getByRole('radio', { name: 'Chosen ones' }).check();
  const field = page.getByLabel('Linkedids of the calls');
  await field.fill('Anna');
  await page.getByText('“Anna” is no linkedid').waitFor();
  expect(await page.getByRole('button', { name: 'Bring them…' }).isDisabled()).toBe(true);
  await field.fill(`${linkedidOf(0)}\n1111111111.1`);
  await says('Calls: 2');
  expect(await seriousFaults(page)).toEqual([]);
  await press('Bring them…');
  await dialog().getByText('Chosen calls: 2').waitFor();
  await press('Yes, bring them');
  await press('stood there before: 1');
  await page.getByText('Not found in the CEL table: 1').waitFor();
  await page.goto(`${house.url}/accounts/${house.accountId}/journal/${house.pbxId}/${linkedidOf(1)}`);
  await page.getByRole('link', { name: 'Bring from the PBX…' }).click();
  expect(await field.inputValue()).toBe(linkedidOf(1));
  await page.goto(`${house.url}/accounts/${house.accountId}/journal?registration=not-sent`);
  await page.getByRole('link', { name: 'Bring what amoCRM lacks…' }).click();
  expect(await field.inputValue()).toBe(linkedidOf(1));
});

it('it is read in Russian on a phone', async () => {
  await page.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await page.setViewportSize({ width: 390, height: 780 });
  const fits = async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await seriousFaults(page)).toEqual([]);
  };
  await page.reload();
  await page.getByRole('heading', { name: 'Прошлые звонки' }).waitFor();
  await says('остановлена');
  await fits();
  await page.getByRole('radio', { name: 'Выбранные' }).check();
  await page.getByLabel('Номера звонков (linkedid)').waitFor();
  await fits();
  await page.getByRole('list', { name: 'Загрузки' }).getByRole('link').last().click();
  await says(/^Часть звонка/);
  await page.getByText('Внутренний звонок: в amoCRM не передаётся.').waitFor();
  await fits();
});

it('where the licence does not have it that is told, and nothing is begun', async () => {
  const redis = new Redis(servers.redisUrl);
  const features = allFeatures.filter((feature) => feature !== 'backfill');
  await givePermit(house.store.pool, redis, String(house.environment.RINGFLOW_SECRET_KEYS), { features });
  await redis.quit();
  await page.goto(`${house.url}/accounts/${house.accountId}/backfill`);
  await page.getByText('Выключено: загрузка прошлых звонков').waitFor();
  await press('Загрузить…');
  await press('Да, загрузить');
  await dialog().getByText('Выключено: загрузка прошлых звонков').waitFor();
});
