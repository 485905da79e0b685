import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, write } from '../rig/calls.ts';
import { installPbx, type TestPbx, timezone } from '../rig/installation.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** A PBX is added in the browser, what is wrong with it is told in words, and its calls arrive. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
let branch: TestPbx;

beforeAll(async () => {
  const keys = { RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}` };
  [house, browser] = await Promise.all([installSettings(keys), startBrowser()]);
  branch = await installPbx(house);
  await house.startConnector();
  page = await browser.person(await house.passwordLink(), { timezoneId: timezone });
  await choosePassword(page);
  await page.getByRole('link', { name: 'PBXs' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove(), branch?.pbx.drop()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const card = (id: string) => page.getByRole('region', { name: id });

it('a wrong password is explained, and no password is shown', async () => {
  await page.getByRole('button', { name: 'Add a PBX' }).click();
  const wrong = Object.assign(new URL(branch.pbx.url), { username: 'ringflow', password: 'secret-word' });
  await page.getByRole('textbox', { name: 'Name' }).fill('branch');
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(wrong.href);
  await page.getByRole('button', { name: 'Save' }).click();
  await card('branch').getByRole('button', { name: 'Check' }).click();
  await card('branch').getByText('the user or the password is wrong').waitFor();
  expect(await page.content()).not.toContain('secret-word');
  expect(await seriousFaults(page)).toEqual([]);
});

it('with the right one it is ready once a call was made, and its calls arrive', async () => {
  await card('branch').getByRole('button', { name: 'Change' }).click();
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(branch.pbx.url);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const check = card('branch').getByRole('button', { name: 'Check' });
  await check.click();
  await card('branch').getByText('not a row yet').waitFor();
  const own = { ...branch, pbxId: 'branch' };
  for (let call = 0; call < 4; call++) await write(own, newCall('in-direct-answered').rows);
  await check.click();
  await card('branch').getByText('Ready for calls').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('the table of another is not read twice', async () => {
  await page.getByRole('button', { name: 'Add a PBX' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('twin');
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(branch.pbx.url);
  await page.getByRole('button', { name: 'Save' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Another PBX reads this table already').waitFor();
  await alert.getByText('branch').waitFor();
  await page.keyboard.press('Escape');
});

it('is removed only when one is sure', async () => {
  await card('branch').getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Really remove?' }).click();
  await card('branch').waitFor({ state: 'detached' });
});
