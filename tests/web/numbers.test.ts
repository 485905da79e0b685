import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { createUsers } from '../../activities/store/users.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { strangersNumber, wholeCall } from '../rig/calls.ts';
import { contact, lead, register, rule, setRules } from '../rig/rules.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Numbers of ours, number lists and opening hours are set in the browser, and calls go by them. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  const byNumber = { ...lead, responsible: ['by-number' as const], name: 'Call {{phone}}, {{numberName}}', tags: [] };
  const spam = rule([{ do: 'show-card' }], { phase: 'requested', notInLists: ['spam'] });
  await setRules(house, [rule([register, contact, byNumber]), { ...spam, name: 'No cards of spam' }], {
    numberLists: [{ id: 'spam', name: 'Spam', numbers: [] }],
  });
  await house.startConnector();
  await wholeCall(house, 'in-direct-answered', strangersNumber());
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Numbers and hours' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const button = (name: string | RegExp) => page.getByRole('button', { name });
const save = async (version: number) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(`Saved as version ${version}`).waitFor();
};
async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

it('a number gets a name, a pipeline and a person, and the lead of its next call stands there', async () => {
  const { pipelines, users } = await house.amocrm.state();
  const [pipeline, person] = [pipelines[1], users[2]];
  const stage = pipeline?.stages.at(-3);
  await button(/number · .* · 1 call, last/).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Advertising');
  await choose('Pipeline', String(pipeline?.name));
  await choose('Stage', String(stage?.name));
  await choose('Responsible', String(person?.name));
  expect(await seriousFaults(page)).toEqual([]);
  await save(2);
  const number = strangersNumber();
  await wholeCall(house, 'in-direct-answered', number);
  const { leads } = await house.amocrm.state();
  expect(leads.filter(({ name }) => name.includes(number))).toMatchObject([
    {
      name: expect.stringMatching(/, Advertising$/),
      ...{ pipelineId: pipeline?.id, statusId: stage?.id, responsibleUserId: person?.id },
    },
  ]);
});

it('of a file the lines without a number are told before it is taken, and what is taken is found and saved', async () => {
  await page.getByRole('tab', { name: 'Number lists' }).click();
  await button('Spam 0 numbers').click();
  const text = 'Name;Phone\nIvan;8 (916) 123-45-67\nOlga;7.9E+10\nPjotr;+7 495 123-00-02\nIvan;79161234567\n';
  const file = { name: 'spam.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await page.locator('input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 line without a number').waitFor();
  await dialog.getByText('line 3: Olga;7.9E+10').waitFor();
  await dialog.getByText('Repeated in the file: 1').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take 2 numbers' }).click();
  await dialog.waitFor({ state: 'detached' });
  await button('Spam 2 numbers').waitFor();
  await page.getByRole('textbox', { name: 'New numbers' }).fill('8800*, 12');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('No whole number: 12').waitFor();
  await page.getByRole('textbox', { name: 'New numbers' }).fill('8800*');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await button('Spam 3 numbers').waitFor();
  await page.getByRole('textbox', { name: 'Find in the list' }).fill('8 916');
  await page.getByText('+7 495 123 00 02').waitFor({ state: 'detached' });
  await button('Take out 79161234567').click();
  await button('Spam 2 numbers').waitFor();
  const saved = page.waitForEvent('download');
  await button('Save as CSV').click();
  expect(await readFile(await (await saved).path(), 'utf8')).toBe('74951230002\n7800*\n');
  await page.getByText('Rules use it: No cards of spam').waitFor();
  expect(await button('Remove the list').count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
});

it('hours are made, told open or closed, and given to a number', async () => {
  await page.getByRole('tab', { name: 'Opening hours' }).click();
  await button('Add hours').click();
  const monday = page.getByRole('textbox', { name: 'Monday' });
  await monday.fill('18–9');
  await page.getByText('It can be saved once').waitFor();
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
    await page.getByRole('textbox', { name: day }).fill('0–24');
  }
  await button(/^Office Open now, no change within a year/).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await save(6);
  await page.getByRole('tab', { name: 'Our numbers' }).click();
  await choose('Opening hours', 'Office');
  await save(7);
  await page.getByRole('tab', { name: 'Opening hours' }).click();
  await page.getByText('Needed by: Advertising').waitFor();
});

it('a viewer sees all of it and changes nothing', async () => {
  const viewer = { login: 'viewer', name: 'V', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(viewer);
  const theirs = await browser.person(await house.passwordLink('viewer'));
  await choosePassword(theirs);
  await theirs.getByRole('link', { name: 'Numbers and hours' }).click();
  await theirs.getByRole('button', { name: /Advertising/ }).click();
  expect(await theirs.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true);
  await theirs.getByRole('tab', { name: 'Number lists' }).click();
  await theirs.getByRole('button', { name: /^Spam/ }).click();
  await theirs.getByText('7800*').waitFor();
  const buttons = await theirs.getByRole('tabpanel').getByRole('button').allTextContents();
  expect(buttons).toEqual(['Spam2 numbers', 'Save as CSV']);
});
