import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createUsers } from '../../activities/store/users.ts';
import { type Amocrm, startAmocrm } from '../rig/amocrm.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** An account is connected in the browser alone, is told when it is not any more, and is connected again. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
const integration = { clientId: 'an-integration', clientSecret: `secret-${randomBytes(8).toString('hex')}` };

beforeAll(async () => {
  const keys = `test:${randomBytes(32).toString('base64')}`;
  [house, browser] = await Promise.all([
    installSettings({ AMOCRM_ACCESS_TOKEN: '', RINGFLOW_SECRET_KEYS: keys }),
    startBrowser(),
  ]);
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'amoCRM', exact: true }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const button = (name: string) => page.getByRole('button', { name, exact: true });
const connection = () => page.getByRole('region', { name: 'Connection' });

/** On amoCRM's page. */
async function answer(id: 'allow' | 'deny'): Promise<void> {
  await page.locator(`#${id}`).click();
}

it('the integration is named, allowed in amoCRM, and what the account has is there', async () => {
  await connection().getByText('First name the integration').waitFor();
  const redirectUri = await page.getByRole('textbox', { name: 'Redirect URI' }).inputValue();
  await house.amocrm.oauth.set({ ...integration, redirectUri, disabledUrl: `${redirectUri}/disabled` });
  await page.getByRole('textbox', { name: 'Integration ID' }).fill(integration.clientId);
  await page.getByLabel('Secret key').fill(integration.clientSecret);
  expect(await seriousFaults(page)).toEqual([]);
  await button('Save').click();
  await button('Connect').click();
  await answer('allow');
  await page.getByText('amoCRM is connected').waitFor();
  await connection().getByText('Connected since').waitFor();
  const { pipelines, users } = await house.amocrm.state();
  await page.getByRole('region', { name: 'Pipelines' }).getByText(String(pipelines[0]?.name)).first().waitFor();
  await page.getByRole('region', { name: 'Users' }).getByText(String(users[0]?.name)).waitFor();
  expect(await page.content()).not.toContain(integration.clientSecret);
  expect(await seriousFaults(page)).toEqual([]);
});

it('who refuses in amoCRM is told that nothing has changed', async () => {
  await button('Connect again').click();
  await answer('deny');
  await page.getByText('You did not allow it').waitFor();
  await connection().getByText('Connected since').waitFor();
});

it('an account that is not paid for is paused, and goes on when somebody says so', async () => {
  await house.amocrm.fault({ match: 'GET /api/v4/users', kind: 'status', status: 402 });
  await button('Read again').click();
  await page.getByText('amoCRM could not be asked').waitFor();
  await connection().getByText('is not paid for').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await button('Go on now').click();
  await connection().getByText('is not paid for').waitFor({ state: 'detached' });
  await button('Read again').click();
  await page.locator('button[data-loading]').waitFor({ state: 'detached' });
  expect(await page.getByRole('alert').count()).toBe(0);
});

it('access that was withdrawn in amoCRM is told, and given again', async () => {
  await house.amocrm.oauth.revoke();
  await button('Read again').click();
  await connection().getByText('amoCRM has withdrawn the access. Calls wait').waitFor();
  await button('Connect').click();
  await answer('allow');
  await connection().getByText('Connected since').waitFor();
});

it('what is disconnected asks amoCRM for nothing, and an installation of the widget waits to be accepted', async () => {
  await button('Disconnect').click();
  await button('Really disconnect? Calls will wait').click();
  await connection().getByText('The account is disconnected').waitFor();
  await house.amocrm.oauth.install();
  await connection().getByText('The widget was installed from amoCRM').waitFor();
  await button('Accept').click();
  await connection().getByText('Connected since').waitFor();
});

it('a viewer sees all of it and can do nothing', async () => {
  const viewer = { login: 'viewer', name: 'V', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(viewer);
  const theirs = await browser.person(await house.passwordLink('viewer'));
  await choosePassword(theirs);
  await theirs.getByRole('link', { name: 'amoCRM', exact: true }).click();
  await theirs.getByRole('region', { name: 'Connection' }).getByText('Connected since').waitFor();
  const main = theirs.getByRole('main');
  expect(await main.getByRole('button').allTextContents()).toEqual([]);
});

it('a second account is added beside it', async () => {
  const second: Amocrm = await startAmocrm();
  await button('Add an account').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://evil.example');
  await dialog.getByRole('textbox', { name: 'Integration ID' }).fill('another');
  await dialog.getByLabel('Secret key').fill('word');
  await dialog.getByRole('button', { name: 'Add an account' }).click();
  await dialog.getByText('no address of an amoCRM account').waitFor();
  await dialog.getByRole('textbox', { name: 'Address' }).fill(second.url);
  expect(await dialog.getByLabel('Secret key').inputValue()).toBe('word');
  await dialog.getByRole('button', { name: 'Add an account' }).click();
  await connection().getByText(new URL(second.url).host).waitFor();
  await connection().getByText('not connected yet').waitFor();
  await second.close();
});
