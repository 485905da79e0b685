import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { shell } from '../../bin/licensing-cli/store.ts';
import { addCustomer } from '../../licensing/sales/customers.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { type LicensedMachine, makeMachine, verifyPermit } from '../rig/licensed-machine.ts';
import { type Licensing, startLicensing } from '../rig/licensing.ts';
import { choosePassword } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Licences are sold and served in the browser: by an administrator, and by a partner for customers of their own. */

let licensing: Licensing;
let browser: TestBrowser;
let admin: Page;
let machine: LicensedMachine;
let other: LicensedMachine;
let key: string;

/** The certificate is self-made. */
const person = (url: string) =>
  browser.person(url, { ignoreHTTPSErrors: true, permissions: ['clipboard-read', 'clipboard-write'] });
const button = (name: string | RegExp, page = admin) => page.getByRole('button', { name, exact: true });
const dialog = (page = admin) => page.getByRole('dialog');

beforeAll(async () => {
  [licensing, browser] = await Promise.all([startLicensing(), startBrowser()]);
  [machine, other] = await Promise.all([makeMachine(licensing), makeMachine(licensing)]);
});
afterAll(async () => {
  await browser?.close();
  await licensing?.close();
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('the first administrator comes by the link of the shell, adds a customer and sells: the key is told once', async () => {
  admin = await person((await licensing.cli(['user', 'link'])).output.trim());
  await choosePassword(admin, 'Overview');
  await admin.getByRole('link', { name: 'To the customers' }).click();
  await button('Add a customer').click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Romashka');
  await button('Add a customer', admin).last().click();
  await admin.getByRole('heading', { name: 'Romashka' }).waitFor();
  await button('Sell').first().click();
  expect(await admin.getByRole('textbox', { name: 'Seats' }).inputValue()).toBe('10');
  await admin.getByRole('textbox', { name: 'Seats' }).fill('2');
  await admin.getByRole('checkbox', { name: 'Routing' }).click();
  expect(await seriousFaults(admin)).toEqual([]);
  await dialog().getByRole('button', { name: 'Sell' }).click();
  await admin.getByText('It is not shown again').waitFor();
  await button('Copy the key').click();
  key = (await admin.evaluate('navigator.clipboard.readText()')) as string;
  expect(key).toMatch(/^RF(-[0-9A-Z]{5}){4}$/);
  await button('I have kept it, close').click();
  await admin
    .getByText(`…${key.slice(-5)}`)
    .first()
    .waitFor();
  await admin.getByText('The key was not entered anywhere yet.').waitFor();
  expect(await admin.getByText(key).count()).toBe(0);
});

it('what was sold is what the machine gets, and what the machine uses is seen', async () => {
  const { permit } = await machine.ask('activate', { key, accounts: ['romashka.amocrm.ru'], version: '1.2.3' });
  expect(permit).toMatchObject({ kind: 'paid', customer: 'Romashka', seats: 2 });
  expect(permit?.features).not.toContain('routing');
  await admin.reload();
  await admin.getByText('3 of 2 seats used').waitFor();
  await admin.getByText('amoCRM: romashka.amocrm.ru').waitFor();
  await admin.getByText('Employees without a seat: 1').waitFor();
  expect(await other.ask('activate', { key })).toMatchObject({ code: 'key-in-use' });
  await admin.reload();
  await admin.getByText('Another server came with this key').waitFor();
  expect(await seriousFaults(admin)).toEqual([]);
});

it('a partner sees customers of their own alone, and nothing that they may not do', async () => {
  await admin.getByRole('link', { name: 'Partners' }).click();
  await button('Add a partner').click();
  await admin.getByRole('textbox', { name: 'Name' }).fill('Vendor');
  await button('Save').click();
  await admin.getByRole('cell', { name: 'Vendor', exact: true }).waitFor();
  await admin.getByRole('link', { name: 'Users' }).click();
  await button('Add a user').click();
  await admin.getByRole('textbox', { name: 'Name to sign in with' }).fill('pavel@vendor.example');
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Pavel');
  await admin.getByRole('radio', { name: 'Partner' }).check();
  await admin.getByRole('combobox', { name: 'Partner' }).click();
  await admin.getByRole('option', { name: 'Vendor' }).click();
  await button('Save').click();
  const link = await admin.getByRole('textbox', { name: 'Pass on this link' }).inputValue();
  const partnerId = (await firstPartner()).id;
  const theirs = { name: 'Lutik', email: '', note: '', partnerId };
  await addCustomer(licensing.sales, shell, theirs);
  const partner = await person(link);
  await choosePassword(partner, 'Overview');
  await partner.getByRole('link', { name: 'Customers' }).click();
  await partner.getByRole('link', { name: 'Lutik' }).click();
  await button('Sell', partner).first().click();
  await dialog(partner).getByRole('button', { name: 'Sell' }).click();
  await button('I have kept it, close', partner).click();
  await button('More', partner).click();
  await partner.getByRole('menuitem', { name: 'Issue a new key' }).waitFor();
  expect(await partner.getByRole('menuitem', { name: 'Revoke' }).count()).toBe(0);
  await partner.keyboard.press('Escape');
  await partner.getByRole('link', { name: 'Customers', exact: true }).click();
  await partner.getByText('In all: 1').waitFor();
  expect(await partner.getByText('Romashka').count()).toBe(0);
  expect(await partner.getByRole('link', { name: /Users|Partners/ }).count()).toBe(0);
  await button('Close').last().click();
  await button('Change: pavel@vendor.example').click();
  await button('Sign out everywhere').click();
  await button('Really? They will have to sign in again').click();
  await admin.getByText('Signed out everywhere').waitFor();
  await partner.reload();
  await button('Sign in', partner).waitFor();
});

it('what is revoked is asked about once more, and can be given back', async () => {
  await admin.getByRole('link', { name: 'Customers' }).click();
  await admin.getByRole('searchbox').fill(key.slice(-5));
  await admin.getByText('In all: 1').waitFor();
  await admin.getByRole('link', { name: 'Romashka' }).click();
  await button('More').click();
  await admin.getByRole('menuitem', { name: 'Revoke' }).click();
  await admin.getByRole('textbox', { name: 'Why' }).fill('Not paid');
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await admin.getByText('Revoked: from the next check on').waitFor();
  expect((await machine.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'revoked' });
  await admin.getByText('Revoked: Not paid').waitFor();
  await button('Give back').click();
  await dialog().getByRole('button', { name: 'Give back' }).click();
  await admin.getByText('What was revoked was given back').waitFor();
  expect((await machine.ask('check')).permit?.kind).toBe('paid');
});

it('a term is extended, a licence moved to the machine that came with its key, and a request file answered', async () => {
  await button('Extend').click();
  await dialog().getByLabel('Paid until').fill('2031-05-20');
  await dialog().getByRole('button', { name: 'Extend' }).click();
  await admin.getByText('Paid until May 20, 2031.').waitFor();
  await button('More').first().click();
  await admin.getByRole('menuitem', { name: 'Correct the end' }).click();
  await dialog().getByLabel('Paid until').fill('2030-05-20');
  await dialog().getByRole('textbox', { name: 'Why' }).fill('A year too much');
  await dialog().getByRole('button', { name: 'Correct the end' }).click();
  await admin.getByText('Paid until May 20, 2030.').waitFor();
  await admin.getByText('The end was corrected: May 20, 2030. A year too much').waitFor();
  await button('Move to another server').first().click();
  await dialog().getByRole('button', { name: 'Move', exact: true }).click();
  await admin.getByText(/^Moved to the server/).waitFor();
  expect((await machine.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'moved' });
  expect((await other.ask('check')).permit?.paidUntil).toBe(new Date(2030, 4, 20, 23, 59, 59).getTime() / 1_000);
  await button('Permit as a file').click();
  const saved = admin.waitForEvent('download');
  const request = JSON.stringify({ request: await other.request('offline', { key }) });
  await dialog()
    .locator('input[type=file]')
    .setInputFiles({ name: 'request.json', mimeType: 'application/json', buffer: Buffer.from(request) });
  const file = JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
  expect(await verifyPermit(file, licensing.rootKey)).toMatchObject({ isOffline: true, sub: other.thumbprint });
  await dialog().press('Escape');
  await admin.reload();
  await button('More').click();
  await admin.getByRole('menuitem', { name: 'Release the key' }).click();
  await dialog().getByText('works by it until June').waitFor(); // the end of the term and the grace
});

it('is in Russian for whoever reads Russian, on a phone', async () => {
  await admin.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await admin.setViewportSize({ width: 390, height: 780 });
  const headings = {
    ...{ '/': 'Обзор', '/customers': 'Клиенты', '/installations': 'Установки', '/trials': 'Пробные периоды' },
    ...{ '/history': 'История', '/partners': 'Партнёры', '/users': 'Пользователи', '/customers/1': 'Romashka' },
  };
  for (const [address, heading] of Object.entries(headings)) {
    await admin.goto(`${licensing.url}${address}`);
    await admin.getByRole('heading', { name: heading, level: 2 }).waitFor();
    await admin.getByRole('status', { name: 'Загружается' }).waitFor({ state: 'detached' });
    expect(await admin.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
  expect(await seriousFaults(admin)).toEqual([]);
});

async function firstPartner(): Promise<{ id: number }> {
  const [[row]] = (await licensing.database.pool.query('SELECT id FROM partners')) as unknown as [{ id: number }[]];
  return row as { id: number };
}
