import { randomBytes, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { runRingflow } from '../rig/ringflow.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** What calls from amoCRM need is told in the browser, the widget is taken from there, and the ways of calls are set. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  const ami = { PBX_AMI_HOST: '127.0.0.1', PBX_AMI_USER: 'ringflow', PBX_AMI_SECRET: 'ami-word' };
  const port = String(await freePort()); // nobody listens there
  [house, browser] = await Promise.all([
    installSettings({
      ...{ ...ami, PBX_AMI_PORT: port },
      ...{ AMOCRM_CLIENT_ID: randomUUID(), AMOCRM_CLIENT_SECRET: randomBytes(32).toString('hex') },
    }),
    startBrowser(),
  ]);
  await house.startConnector();
  page = await browser.person(await house.passwordLink());
  await choosePassword(page);
  await page.getByRole('link', { name: 'Calls from amoCRM' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const settings = async () => (await createSettingsStore(house.store.pool).latest(house.accountId))?.settings;
const field = (name: string) =>
  page.getByRole('group', { name: `PBX ${house.pbxId}` }).getByLabel(name, { exact: true });
const outcome = (of = page) => of.getByRole('region', { name: /Try a number|Проверить номер/ }).getByRole('status');
const save = () => page.getByRole('button', { name: 'Save', exact: true });

it('tells what is missing and where it is mended', async () => {
  await page.getByText(`PBX ${house.pbxId}: AMI does not answer since`).waitFor();
  await page.getByText('The secret key of the integration is known').waitFor();
  await page.getByText(/^Without an extension: \d of \d|All users of amoCRM have/).waitFor();
  const link = page.getByRole('link', { name: `Open the PBX ${house.pbxId}` });
  expect(await link.getAttribute('href')).toContain(`/pbxs/${house.pbxId}?tab=surroundings`);
  expect(await seriousFaults(page)).toEqual([]);
});

it('gives the widget for this Ringflow, which breaks none of the rules of amoCRM', async () => {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download widget.zip' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('widget.zip');
  const { code, output } = await runRingflow(house.environment, ['widget', 'check', await download.path()]);
  expect([code, output]).toEqual([0, expect.stringContaining("breaks none of amoCRM's rules")]);
});

it('shows what would be dialled by what stands in the form, and why not', async () => {
  const number = page.getByLabel('Number as in amoCRM');
  await number.fill('+7 916 123-45-67');
  await outcome()
    .getByText(/calls PJSIP\/\d+ .*, then dials 89161234567 in context from-internal/)
    .waitFor();
  await field('Prefix').fill('9');
  await outcome().getByText('then dials 989161234567').waitFor();
  await field('May not be called').fill('7916');
  await field('May not be called').press('Enter');
  await outcome().getByText('numbers that begin so are refused').waitFor();
  await number.fill('+7 777 123 45 67');
  await outcome().getByText('this country is not allowed').waitFor();
  await field('May be called').fill('Kazakh');
  await page.getByRole('option', { name: 'Kazakhstan' }).click();
  await page.keyboard.press('Escape');
  await outcome().getByText('then dials 9').waitFor();
});

it('tells a fault at its field, and saves once it is mended', async () => {
  await field('Channel of the phone').fill('PJSIP/101');
  await page.getByText('As PJSIP/{extension}, SIP/{extension} or').waitFor();
  expect(await save().isDisabled()).toBe(true);
  await field('Channel of the phone').fill('');
  await page.getByRole('button', { name: 'Add an employee' }).click();
  await page.getByText('Choose an employee, or remove the row.').waitFor();
  await page.getByRole('combobox', { name: 'Employee', exact: true }).click();
  await page.getByRole('option', { name: /^102/ }).click();
  await page.getByRole('switch', { name: 'May not call from amoCRM' }).press(' ');
  await page.getByRole('switch', { name: 'Cards of calls in the widget' }).press(' ');
  expect(await seriousFaults(page)).toEqual([]);
  await save().click();
  await page.getByText('Saved as version').waitFor();
  expect(await settings()).toMatchObject({
    widgetCards: false,
    calling: {
      pbxs: { [house.pbxId]: { prefix: '9', refusedPrefixes: ['7916'], countries: ['RU', 'KZ'] } },
      employees: { '102': { isOff: true } },
    },
  });
});

it('a viewer sees it on a phone, in Russian, can try a number and change nothing', async () => {
  const vera = { login: 'vera@firm.example', name: 'Vera', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const viewer = await browser.person(await house.passwordLink(vera.login));
  await choosePassword(viewer);
  await viewer.evaluate("localStorage.setItem('ringflow-language', 'ru')");
  await viewer.setViewportSize({ width: 390, height: 780 });
  await viewer.goto(page.url());
  await viewer.getByText(`АТС ${house.pbxId}: AMI не отвечает`).waitFor();
  const prefix = viewer.getByRole('group', { name: `АТС ${house.pbxId}` }).getByLabel('Префикс', { exact: true });
  expect([await prefix.inputValue(), await prefix.isDisabled()]).toEqual(['9', true]);
  expect(await viewer.getByRole('button', { name: /Скачать|Добавить|Убрать|Сохранить/ }).count()).toBe(0);
  await viewer.getByLabel('Номер, как в amoCRM').fill('8 916 123-45-67');
  await outcome(viewer).getByText('номера с таким началом запрещены').waitFor();
  expect(await viewer.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await seriousFaults(viewer)).toEqual([]);
});
