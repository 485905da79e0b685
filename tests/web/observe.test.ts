import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import type { Comparison, OthersCall } from '../../proto/journal.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { journalEntry } from '../rig/journal-entry.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** A PBX that another product serves is looked at in the browser, compared, and taken over. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Observe' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const observed = async () =>
  (await createSettingsStore(house.store.pool).latest(house.accountId))?.settings.observedPbxs;
const card = (of = page) => of.getByRole('region', { name: house.pbxId });
const confirm = () => page.getByRole('dialog').getByRole('button', { name: 'Yes, do so' }).click();

it('nothing is observed at first, and it says so', async () => {
  await card().getByText('acting', { exact: true }).waitFor();
  await page.getByText('Nothing to compare yet').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('observing begins when somebody is sure, and gets a time at which it ends', async () => {
  await card().getByRole('button', { name: 'Observe…' }).click();
  await page.getByRole('dialog').getByText('what was observed is never registered later').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'No' }).click();
  expect(await observed()).toBeUndefined();
  await card().getByRole('button', { name: 'Observe…' }).click();
  await confirm();
  await card().getByText('observing', { exact: true }).waitFor();
  expect(await observed()).toEqual({ [house.pbxId]: { until: null } });
  await card().getByRole('button', { name: 'Change the time…' }).click();
  await page.getByRole('radio', { name: 'Until a time' }).click();
  const time = page.getByLabel('Cut over at');
  await time.fill('2020-01-01T09:00');
  await page.getByText('Name a time that is still to come').waitFor();
  expect(await page.getByRole('button', { name: 'Yes, do so' }).isDisabled()).toBe(true);
  await time.fill('2099-12-01T09:00');
  expect(await seriousFaults(page)).toEqual([]);
  await confirm();
  await card().getByText('cuts over at Dec 1, 2099').waitFor();
  expect((await observed())?.[house.pbxId]?.until).toMatch(/^2099-1[12]-/);
});

it('what the other product did is told beside what Ringflow would have done', async () => {
  await fill();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('Differ: 1').waitFor();
  for (const text of ['Talk: 0:41 there, 0:50 here.', 'Responsible: user 999 there, user 1000 here.']) {
    await page.getByText(text).waitFor();
  }
  await page.getByText('Missing there: 1').click();
  await page.getByText('The other product has not registered it.').waitFor();
  await page.getByText('Could not be compared: 1').click();
  await page.getByText('amoCRM could not be asked: It was away.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByLabel('From').fill('2026-11-26T00:00');
  await page.getByText('Nothing to compare yet').waitFor();
  await page.getByLabel('From').fill('');
  await page.getByText('Differ: 1').click();
  await page.getByRole('link', { name: '+7 916 000 00 02' }).click();
  await page.getByText('Talk: 0:41 there, 0:50 here.').waitFor(); // in the journal
  await page.goBack();
  await card().waitFor();
});

/** A call of each outcome. */
async function fill(): Promise<void> {
  const journal = createJournal(house.store.pool);
  const found: OthersCall = {
    ...{ noteId: 34, entityType: 'contacts', entityId: 12, durationSeconds: 41, responsible: 999, status: 4 },
    ...{ result: null, source: 'Another', link: null, createdAtSeconds: 1_795_417_935 },
  };
  const comparisons: Comparison[] = [
    { found, differences: [] },
    {
      found,
      differences: [
        { what: 'duration', thereSeconds: 41, hereSeconds: 50 },
        { what: 'responsible', there: 999, here: 1000 },
      ],
    },
    { found: null, differences: [{ what: 'missing-there' }] },
    { unread: 'It was away.' },
  ];
  const intent = { cardsTo: [], reached: [], end: { registration: null, changes: [], hooks: [] } } as never;
  for (const [index, comparison] of comparisons.entries()) {
    const call = { pbxId: house.pbxId, linkedid: `call-${index}`, externalNumber: `7916000000${index + 1}` };
    await journal.write(journalEntry(call, { state: 'observed', intent, comparison }));
  }
}

it('a viewer sees it on a phone, in Russian, and can change nothing', async () => {
  const vera = { login: 'vera@firm.example', name: 'Vera', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const viewer = await browser.person(await house.passwordLink(vera.login));
  await choosePassword(viewer);
  await viewer.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await viewer.setViewportSize({ width: 390, height: 780 });
  await viewer.goto(page.url());
  await card(viewer).getByText('наблюдает', { exact: true }).waitFor();
  await viewer.getByText('Разговор: там 0:41, у нас 0:50.').waitFor();
  expect(await viewer.getByRole('button', { name: /Переключить|Изменить|Наблюдать/ }).count()).toBe(0);
  expect(await viewer.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await seriousFaults(viewer)).toEqual([]);
});

it('Ringflow takes over at once when somebody is sure', async () => {
  await card().getByRole('button', { name: 'Cut over now…' }).click();
  await page.getByRole('dialog').getByText('Switch the other product off').waitFor();
  await confirm();
  await card().getByText('acting', { exact: true }).waitFor();
  expect(await observed()).toBeUndefined();
});
