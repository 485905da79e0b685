import type { Page } from 'playwright-core';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { accountWorkflowId } from '../../workflows/account/contract.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { choosePassword, installSettings, type SettingsHouse, signIn } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Settings are changed in the browser, by one person or by two at once, and nothing is lost. */

let house: SettingsHouse;
let browser: TestBrowser;
let anna: Page;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  anna = await browser.person(await house.passwordLink());
  await choosePassword(anna);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const settings = async () => (await createSettingsStore(house.store.pool).latest(house.accountId))?.settings;

async function openGeneral(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'General' }).click();
  await page.getByRole('button', { name: 'Save' }).waitFor();
}

async function setBrake(page: Page, most: number): Promise<void> {
  const own = page.getByRole('switch', { name: 'Limit on new contacts' });
  if (!(await own.isChecked())) await own.click({ force: true });
  await page.getByRole('textbox', { name: 'At most' }).fill(String(most));
  await page.getByRole('button', { name: 'Save' }).click();
}

it('what is saved holds, has its author, and the Temporal UI tells of it', async () => {
  await openGeneral(anna);
  await setBrake(anna, 7);
  await anna.getByText('Saved as version 1').waitFor();
  expect(await settings()).toMatchObject({ mostNewPerHour: 7 });
  const handle = house.temporal.workflow.getHandle(accountWorkflowId(house.accountId));
  const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toMatch(/Version 1 .* admin has set mostNewPerHour/);
  expect(await seriousFaults(anna)).toEqual([]);
});

it('two who change the same at once: the second is told, loses nothing and decides', async () => {
  const boris = await browser.person(house.url);
  await signIn(boris, 'admin');
  await openGeneral(boris);
  await setBrake(anna, 8);
  await anna.getByText('Saved as version 2').waitFor();
  await setBrake(boris, 9);
  await boris.getByRole('alert').getByText('admin has just changed: limit on new contacts, leads and tasks').waitFor();
  expect(await boris.getByRole('textbox', { name: 'At most' }).inputValue()).toBe('9');
  expect(await settings()).toMatchObject({ mostNewPerHour: 8 });
  await boris.getByRole('button', { name: 'Take their changes' }).click();
  await boris.getByRole('textbox', { name: 'At most' }).and(boris.locator('[value="8"]')).waitFor();
});

it('goes back to an earlier version, as a new one', async () => {
  await anna.getByRole('link', { name: 'History of settings' }).click();
  await anna.getByRole('button', { name: 'Look, go back: 1' }).click();
  await anna.getByLabel('What changes if it holds again').getByText('"mostNewPerHour": 7').waitFor();
  await anna.getByRole('button', { name: 'Go back to version 1' }).click();
  await anna.getByRole('row', { name: '3 holds' }).waitFor();
  expect(await settings()).toMatchObject({ mostNewPerHour: 7 });
  expect(await seriousFaults(anna)).toEqual([]);
});

it('keeps what was entered while the server is away, and saves it when it is back', async () => {
  await openGeneral(anna);
  await anna.route('**/api/accounts/*/settings', (route) => route.abort(), { times: 1 });
  await setBrake(anna, 11);
  await anna.getByText("Ringflow's server does not answer").waitFor();
  expect(await anna.getByRole('textbox', { name: 'At most' }).inputValue()).toBe('11');
  await anna.getByRole('button', { name: 'Save' }).click();
  await anna.getByText('Saved as version 4').waitFor();
  expect(await settings()).toMatchObject({ mostNewPerHour: 11 });
});

it('what is typed while it saves is still unsaved afterwards, and is not left without a question', async () => {
  const most = anna.getByRole('textbox', { name: 'At most' });
  const asked: string[] = [];
  await anna.route(
    '**/api/accounts/*/settings',
    async (route) => {
      await most.fill('131');
      await route.continue();
    },
    { times: 1 },
  );
  await setBrake(anna, 13);
  await anna.getByText('Saved as version 5').waitFor();
  expect(await settings()).toMatchObject({ mostNewPerHour: 13 });
  anna.once('dialog', async (dialog) => {
    asked.push(dialog.message());
    await dialog.dismiss();
  });
  await anna.getByRole('link', { name: 'History of settings' }).click();
  expect(asked).toEqual(['There are unsaved changes on the page. Leave and lose them?']);
  expect(await most.inputValue()).toBe('131');
  await anna.getByRole('button', { name: 'Save' }).click();
  await anna.getByText('Saved as version 6').waitFor();
  expect(await settings()).toMatchObject({ mostNewPerHour: 131 });
  await anna.getByRole('link', { name: 'History of settings' }).click();
  await anna.getByRole('heading', { name: 'History of settings' }).waitFor();
});
