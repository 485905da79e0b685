import type { Page } from 'playwright-core';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, split, strangersNumber, write } from '../rig/calls.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Who has which phone is set in the browser, and the next call goes by it. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  await house.startConnector();
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

/** @returns to whom the card of a ringing call is shown first */
async function cardOf(scenario: string): Promise<number | undefined> {
  const number = strangersNumber();
  const call = newCall(scenario, { clientNumber: number });
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  const isOurs = ({ phone }: { phone: string }) => phone.endsWith(number);
  await write(house, ringing);
  const { cards } = await house.amocrm.until((state) => state.cards.some(isOurs), 'a card');
  await write(house, rest);
  await house.closed(call.linkedid);
  return cards.find(isOurs)?.userId;
}

it("amoCRM's users are there at first sight, with the extensions of their own phones", async () => {
  await page.getByRole('link', { name: 'Employees' }).click();
  await page.getByRole('cell', { name: '101', exact: true }).first().waitFor();
  expect(await page.getByRole('radio', { name: 'From amoCRM' }).isChecked()).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
});

it('an extension is given to another person, and the next call shows the card to them', async () => {
  const [first = NaN, second = NaN] = (await house.amocrm.state()).users.map(({ id }) => id);
  const names = new Map((await house.amocrm.state()).users.map(({ id, name }) => [id, name]));
  expect(await cardOf('in-direct-answered')).toBe(first);
  await page.getByRole('radio', { name: 'Set here' }).click();
  const ofSecond = page.getByRole('combobox', { name: `Extensions of ${names.get(second)}` });
  await ofSecond.fill('101');
  await ofSecond.press('Enter');
  await page.getByText('Two people have 101').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  const ofFirst = page.getByRole('combobox', { name: `Extensions of ${names.get(first)}` });
  await ofFirst.press('Backspace');
  await page.getByText('Two people have 101').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 1').waitFor();
  expect(await cardOf('in-direct-answered')).toBe(second);
  expect(await seriousFaults(page)).toEqual([]);
});

it('says why amoCRM could not be asked, and goes on with what was known', async () => {
  await house.amocrm.fault({ match: 'GET /api/v4/users', kind: 'status', status: 403, times: 5 });
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.getByRole('alert').getByText('amoCRM could not be asked').waitFor();
  await page
    .getByRole('alert')
    .getByText(/administrator/)
    .waitFor();
  await page
    .getByRole('combobox', { name: /^Extensions of/ })
    .first()
    .waitFor();
});
