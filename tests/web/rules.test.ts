import type { Page } from 'playwright-core';
import { createUsers } from '../../activities/store/users.ts';
import { tasksOf } from '../rig/belongings.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { strangersNumber, wholeCall } from '../rig/calls.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Rules are changed in the browser and hold from the next call on; before that they are tried on calls that have come. */

let house: SettingsHouse;
let browser: TestBrowser;
let anna: Page;
const client = strangersNumber();

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  await house.startConnector();
  anna = await browser.person(await house.passwordLink());
  await choosePassword(anna);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const callBack = 'Call back whoever called in vain';
const save = () => anna.getByRole('button', { name: 'Save' });

async function writeText(text: string): Promise<void> {
  await anna.getByRole('button', { name: `Edit: ${callBack}` }).click();
  await anna.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill(text);
}

async function closeRule(): Promise<void> {
  await anna.keyboard.press('Escape');
  await anna.getByRole('dialog').waitFor({ state: 'detached' });
}

it('what is wrong is told while it is typed, and nothing of it can be saved', async () => {
  await anna.getByRole('link', { name: 'Rules' }).click();
  await anna.getByText('Inbound, missed, busy, or voicemail → task to call back within').waitFor();
  await writeText('{{who}} {{phone}}');
  await anna.getByRole('dialog').getByText('There is no field {{who}}').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
  await closeRule();
  await anna.getByText(`Can't be saved before this is mended: ${callBack}`).waitFor();
  expect(await save().isDisabled()).toBe(true);
  expect(await seriousFaults(anna)).toEqual([]);
});

it('what is saved holds from the next call on, also if the server was away at first', async () => {
  await writeText('Ring {{phone}} at once');
  await anna.getByRole('dialog').getByText('Ring +79161234567 at once').waitFor();
  await closeRule();
  await anna.route('**/api/accounts/*/settings', (route) => route.abort(), { times: 1 });
  await save().click();
  await anna.getByText("Ringflow's server does not answer").waitFor();
  await save().click();
  await anna.getByText('Saved as version 1').waitFor();
  await wholeCall(house, 'in-direct-no-answer', client);
  expect(tasksOf(await house.amocrm.state(), client)).toMatchObject([{ text: `Ring +7${client} at once` }]);
});

it('a call of the journal shows what the edited rules would do otherwise, and why', async () => {
  await anna.getByRole('link', { name: 'Journal', exact: true }).click();
  await anna.getByRole('button', { name: 'Refresh' }).click();
  await anna.getByRole('row').getByRole('link').click();
  await anna.getByRole('link', { name: 'What would the rules do?' }).click();
  const atTheEnd = anna.getByRole('region', { name: 'The call is over' });
  await atTheEnd.getByText(`Task “Ring +7${client} at once”`).waitFor();
  await atTheEnd.getByText('not needed: the client is there').waitFor();
  await anna.getByRole('radio', { name: 'no', exact: true }).click();
  await atTheEnd.getByText('not needed: the client is there').waitFor({ state: 'detached' });
  await anna.getByRole('tab', { name: 'Rules' }).click();
  await anna.getByRole('switch', { name: `On: ${callBack}` }).click({ force: true });
  await anna.getByRole('tab', { name: 'Dry run' }).click();
  const [saved, edited] = ['Saved rules', 'With your changes'].map((name) => atTheEnd.getByRole('region', { name }));
  await saved?.getByText('goes', { exact: true }).waitFor();
  expect(await edited?.getByText('Task “Ring').count()).toBe(0);
  await edited?.getByText('Why so').click();
  await edited?.getByText(`${callBack}: switched off`).waitFor();
  await edited?.getByText('Result: wanted “answered”, here missed').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
});

it('what was removed is fetched back, and a ready rule stands beside what is there', async () => {
  await anna.getByRole('tab', { name: 'Rules' }).click();
  await anna.getByRole('button', { name: `Remove: ${callBack}` }).click();
  await anna.getByRole('button', { name: `Fetch back: ${callBack}` }).click();
  await anna.getByRole('switch', { name: `On: ${callBack}` }).click({ force: true });
  expect(await save().isDisabled()).toBe(true); // all is as it was
  await anna.getByRole('button', { name: 'Ready rules' }).click();
  await anna.getByRole('button', { name: 'Add: Lead for strangers' }).click();
  await closeRule();
  const lead = 'Lead for a stranger who called';
  await anna.getByRole('button', { name: `Up: ${lead}` }).click();
  await anna.getByRole('status').getByText(`${lead}: now 3 of 4`).waitFor({ state: 'attached' });
  await save().click();
  await anna.getByText('Saved as version 2').waitFor();
});

it('whoever may only look sees the rules and changes none; in Russian, on a phone', async () => {
  const olga = { login: 'olga@firm.example', name: 'Olga', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(olga);
  const viewer = await browser.person(await house.passwordLink(olga.login), { viewport: { width: 390, height: 780 } });
  await choosePassword(viewer);
  await viewer.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await viewer.goto(`${house.url}/accounts/${encodeURIComponent(house.accountId)}/rules`);
  await viewer.getByRole('button', { name: 'Посмотреть: Перезвонить тому, кто не дозвонился' }).click();
  const dialog = viewer.getByRole('dialog');
  await dialog.getByText('Ring +79161234567 at once').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Текст' }).isDisabled()).toBe(true);
  expect(await viewer.getByRole('button', { name: 'Сохранить' }).count()).toBe(0);
  const width = await viewer.evaluate('document.documentElement.scrollWidth');
  expect([width, await seriousFaults(viewer)]).toEqual([390, []]);
});
