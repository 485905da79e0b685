import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { journalEntry } from '../rig/journal-entry.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(180_000);

/** How long calls are kept, and forgetting one person. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
const linkedid = '1795597200.1';

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  const recordingFile = 'in-74951230001-79161234567.wav';
  await createJournal(house.store.pool).write(journalEntry({ pbxId: house.pbxId, linkedid, recordingFile }));
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Personal data' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('an administrator sets for how long the journal is kept', async () => {
  const days = page.getByRole('textbox', { name: 'For how many days' });
  await days.fill('7');
  await page.getByText('30 to 3650 days').waitFor();
  await days.fill('365');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 1').waitFor();
  const saved = await createSettingsStore(house.store.pool).latest(house.accountId);
  expect(saved?.settings.retention).toEqual({ journalDays: 365 });
});

it('and lets a person be forgotten, after a look at what there is and the last digits of the number', async () => {
  const card = page.getByRole('region', { name: 'Forget a person' });
  await card.getByRole('textbox', { name: 'The whole number' }).fill('+7 916 123-45-67');
  await card.getByRole('button', { name: 'Search' }).click();
  await card.getByText('Calls: 1;').waitFor();
  await card.getByText('in-74951230001-79161234567.wav').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  const digits = card.getByRole('textbox', { name: 'Last 4 digits' });
  await digits.fill('4568');
  await card.getByRole('button', { name: 'Delete for good' }).click();
  await card.getByText('The last digits are of another number').waitFor();
  expect(await house.journal(linkedid)).toBeDefined();
  await digits.fill('4567');
  await card.getByRole('button', { name: 'Delete for good' }).click();
  await card.getByText('Deleted', { exact: true }).waitFor();
  expect(await house.journal(linkedid)).toBeUndefined();
  expect(await seriousFaults(page)).toEqual([]);
});
