import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, play, split, write } from '../rig/calls.ts';
import { installPbx, type TestPbx, timezone } from '../rig/installation.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** The way of somebody who has never seen Ringflow, from the printed link to the first card, without a file edited. */

let house: SettingsHouse;
let office: TestPbx;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  const nothing = { PBX_DATABASE_URL: '', PBX_TIMEZONE: '', AMOCRM_BASE_URL: '', AMOCRM_ACCESS_TOKEN: '' };
  const keys = { RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}` };
  [house, browser] = await Promise.all([installSettings({ ...nothing, ...keys }), startBrowser()]);
  [office] = await Promise.all([installPbx(house), house.startConnector()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove(), office?.pbx.drop()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const button = (name: string) => page.getByRole('button', { name, exact: true });
const step = (title: string) =>
  page.getByRole('region', { name: 'First steps' }).getByRole('listitem').filter({ hasText: title });
const isDone = (title: string) => step(title).getByRole('img', { name: 'done' }).waitFor();

it('begins with the amoCRM account', async () => {
  page = await browser.person(await house.passwordLink(), { timezoneId: timezone });
  await choosePassword(page, 'Begin with your amoCRM account');
  expect(await seriousFaults(page)).toEqual([]);
  await button('Add an account').click();
  const dialog = page.getByRole('dialog');
  const redirectUri = await dialog.getByRole('textbox', { name: 'Redirect URI' }).inputValue();
  const integration = { clientId: 'an-integration', clientSecret: `secret-${randomBytes(8).toString('hex')}` };
  await house.amocrm.oauth.set({ ...integration, redirectUri, disabledUrl: `${redirectUri}/disabled` });
  await dialog.getByRole('textbox', { name: 'Address of the account' }).fill(house.amocrm.url);
  await dialog.getByRole('textbox', { name: 'Integration ID' }).fill(integration.clientId);
  await dialog.getByLabel('Secret key').fill(integration.clientSecret);
  await dialog.getByRole('button', { name: 'Add an account' }).click();
  await button('Connect').click();
  await page.locator('#allow').click();
  await page.getByText('amoCRM is connected').waitFor();
});

it('goes on with the PBX, as the page Start says', async () => {
  await page.getByRole('link', { name: 'Start' }).click();
  await isDone('Connect amoCRM');
  await step('Connect the PBX').getByRole('link').click();
  await button('Add a PBX').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('office');
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(office.pbx.url);
  await button('Save').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Start' }).click();
  await isDone('Connect the PBX');
  expect(await seriousFaults(page)).toEqual([]);
});

it('and sees the first card and the first call', async () => {
  const phone = '9161234567';
  const call = newCall('in-direct-answered', { clientNumber: phone });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  await play(office, ringing);
  await house.amocrm.until(({ cards }) => cards.some((card) => card.phone.endsWith(phone)), 'the card');
  await write(office, rest);
  await page.getByRole('region', { name: 'First steps' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'in amoCRM' }).waitFor();
});
