import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { shell } from '../../bin/licensing-cli/store.ts';
import { giveBack, revoke } from '../../licensing/sales/sell.ts';
import { makeUpWorkflowId } from '../../workflows/make-up/contract.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { onceThere } from '../rig/call-actors.ts';
import { journalEntry } from '../rig/journal-entry.ts';
import { type Licensing, startLicensing } from '../rig/licensing.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** The licence in the settings, at a real licensing server: from the trial to a key, less seats, a revocation and back. */

let licensing: Licensing;
let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
let sold: { key: string; purchaseId: number };

const section = (name: string, of = page) => of.getByRole('region', { name });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const banner = () => page.getByRole('region', { name: 'Licence', exact: true });
const openLicence = () => page.getByRole('link', { name: 'Licence', exact: true }).first().click();

beforeAll(async () => {
  [licensing, browser] = await Promise.all([startLicensing(), startBrowser()]);
  const employees = { RINGFLOW_EMPLOYEES: '101:504141,102:504142,103:504143' };
  [house, sold] = await Promise.all([
    installSettings({ ...licensing.environment, ...employees }),
    licensing.sell({ seats: 2 }),
  ]);
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
  await licensing?.close();
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

it('a trial begins by itself, and the page tells until when and what to do', async () => {
  await openLicence();
  const standing = section('State of the licence');
  await standing.getByRole('heading', { name: /^Trial until .* — 14 days left$/ }).waitFor();
  await standing.getByText('Enter a licence key before that day').waitFor();
  await section('Seats of employees').getByText('3 of 100 used').waitFor();
  expect(await section('Features').getByText('off', { exact: true }).count()).toBe(0);
  await section('Licensing server').getByText('Next check:').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('a wrong key is told and changes nothing; the right one, typed as people do, holds at once', async () => {
  const field = section('Licence key').getByRole('textbox', { name: 'Licence key' });
  await field.fill('RF-123');
  await button('Activate').click();
  await page.getByText('A key is RF and twenty more signs').waitFor();
  await field.fill('RF-00000-00000-00000-00000');
  await button('Activate').click();
  await section('Licence key').getByRole('alert').waitFor();
  await page.getByRole('heading', { name: /^Trial until/ }).waitFor();
  await field.fill(sold.key.toLowerCase().replaceAll('-', ' '));
  await button('Activate').click();
  await page.getByRole('heading', { name: /^The licence is active until/ }).waitFor();
  await section('State of the licence')
    .getByRole('row', { name: `Licence key …${sold.key.slice(-5)}` })
    .waitFor();
});

it('who has no seat is told, and another can be put first', async () => {
  const seats = section('Seats of employees');
  await seats.getByText('Seats are missing: 1').waitFor();
  await seats.getByRole('row', { name: /103 none left/ }).waitFor();
  await seats.getByRole('link', { name: 'Choose who comes first' }).click();
  const first = page.getByRole('combobox', { name: 'Who gets a seat of the licence first' });
  await first.click();
  await page.getByRole('option').nth(2).click();
  await page.keyboard.press('Escape');
  await button('Save').click();
  await page.getByText('Saved as version 1').waitFor();
  expect((await createSettingsStore(house.store.pool).latest(house.accountId))?.settings.seats).toEqual([504143]);
  await openLicence();
  await seats.getByRole('row', { name: /103 yes/ }).waitFor();
  await seats.getByRole('row', { name: /102 none left/ }).waitFor();
});

it('the grace after the end of a term is told over every page, with its own end', async () => {
  const sql = 'UPDATE purchases SET paid_until = ? WHERE id = ?';
  const setEnd = (days: number) =>
    licensing.database.pool.query(sql, [new Date(Date.now() + days * 86_400_000), sold.purchaseId]);
  await setEnd(-1);
  await button('Check now').click();
  await section('State of the licence').getByText('Grace', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Start' }).click();
  await banner().getByText('The term that was paid for is over.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await banner().getByRole('link', { name: 'What to do' }).click();
  await setEnd(300);
  await button('Check now').click();
  await page.getByRole('heading', { name: /^The licence is active until/ }).waitFor();
  expect(await banner().count()).toBe(0);
});

it('calls that were not licensed are counted, and registered at once after one more question', async () => {
  const heldBack = [{ deeds: ['register-call' as const], why: 'no-seat' as const, feature: null, reason: null }];
  const entry = journalEntry({ pbxId: house.pbxId, linkedid: '1790000000.1' });
  await createJournal(house.store.pool).write({ ...entry, registration: { state: 'unlicensed', heldBack } });
  await page.reload();
  const held = section(`Calls not licensed, ${house.accountId}`);
  await held.getByText('Calls not registered for want of a licence: 1').waitFor();
  await held.getByRole('link', { name: 'Show them in the journal' }).click();
  await button('Register all').click();
  await button('Really register 1 in amoCRM?').click();
  const begun = house.temporal.workflow.getHandle(makeUpWorkflowId(house.accountId));
  expect(await onceThere(() => begun.result())).toEqual({ takenUp: 1, leftAlone: 0 });
  await openLicence();
});

it('a revocation shows over every page and where a feature is off, and goes when it is taken back', async () => {
  await revoke(licensing.sales, shell, sold.purchaseId, 'Not paid');
  await button('Check now').click();
  await page.getByRole('heading', { name: 'Only what is free is on' }).waitFor();
  await section('State of the licence').getByText('The licence was revoked.').waitFor();
  await section('Features').getByText('off', { exact: true }).nth(6).waitFor();
  await page.getByRole('link', { name: 'Calls from amoCRM' }).click();
  await banner().getByText('The licence was revoked.').waitFor();
  await page.getByText('Switched off: calls from amoCRM').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await banner().getByRole('link', { name: 'What to do' }).click();
  await giveBack(licensing.sales, shell, sold.purchaseId);
  await button('Check now').click();
  await page.getByRole('heading', { name: /^The licence is active until/ }).waitFor();
  await page.getByRole('link', { name: 'Calls from amoCRM' }).click();
  await page.getByRole('heading', { name: 'Calls from amoCRM' }).waitFor();
  expect(await banner().count()).toBe(0);
  expect(await page.getByText('Switched off').count()).toBe(0);
});

it('a key is given back after one more question, and a file that is no permit is told', async () => {
  await openLicence();
  await button('Give the key back').click();
  await button('Really give it back?').click();
  await page.getByRole('heading', { name: /^Trial until/ }).waitFor();
  const offline = section('Without the internet');
  await offline.locator('input[type=file]').setInputFiles({
    ...{ name: 'permit.json', mimeType: 'application/json', buffer: Buffer.from('{"permit": 1}') },
  });
  await offline.getByText('This is no permit file').waitFor();
  await offline.getByRole('textbox').fill(sold.key);
  const saved = page.waitForEvent('download');
  await button('Download the request file').click();
  expect((await saved).suggestedFilename()).toMatch(/^ringflow-request-.*\.json$/);
});

it('a viewer sees it in Russian on a phone, and can change nothing', async () => {
  const vera = { login: 'vera@firm.example', name: 'Vera', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const viewer = await browser.person(await house.passwordLink(vera.login));
  await choosePassword(viewer);
  await viewer.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await viewer.setViewportSize({ width: 390, height: 780 });
  await viewer.goto(`${house.url}/licence`);
  await section('Состояние лицензии', viewer)
    .getByRole('heading', { name: /^Пробный период до .* — осталось 14 дней$/ })
    .waitFor();
  expect(await viewer.getByRole('button', { name: /Активировать|Освободить|Проверить|Скачать/ }).count()).toBe(0);
  expect(await viewer.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await seriousFaults(viewer)).toEqual([]);
});
