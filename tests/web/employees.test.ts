import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, split, strangersNumber, write } from '../rig/calls.ts';
import { journalEntry } from '../rig/journal-entry.ts';
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

it('an extension that calls have shown is given to somebody, and a mobile phone counts as theirs', async () => {
  const [first = NaN] = (await house.amocrm.state()).users.map(({ id }) => id);
  const name = (await house.amocrm.state()).users[0]?.name;
  await createJournal(house.store.pool).write(
    journalEntry({ pbxId: house.pbxId, rang: ['177'], conversations: [], answeredBy: null }),
  );
  await page.reload();
  await page.getByRole('region', { name: 'Seen in calls, and nobody has them' }).waitFor();
  await page.getByRole('combobox', { name: 'Whose is 177' }).click();
  await page.getByRole('option', { name: String(name) }).click();
  const mobile = page.getByRole('combobox', { name: `Mobile phones of ${name}` });
  await mobile.fill('+7 916 123-45-67');
  await mobile.press('Enter');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 2').waitFor();
  const { settings } = (await createSettingsStore(house.store.pool).latest(house.accountId)) ?? {};
  expect(settings?.employees).toMatchObject({ '177': first });
  expect(settings?.pbxs[house.pbxId]?.mobiles).toEqual({ '79161234567': '177' });
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
