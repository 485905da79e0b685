import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { startAsterisk, type TestAsterisk } from '../rig/asterisk.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, write } from '../rig/calls.ts';
import { installPbx, type TestPbx, timezone } from '../rig/installation.ts';
import { choosePassword, installSettings, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** A PBX is added in the browser, what is wrong with it is told in words, and its calls arrive. */

let house: SettingsHouse;
let browser: TestBrowser;
let page: Page;
let branch: TestPbx;
let asterisk: TestAsterisk;

beforeAll(async () => {
  const keys = { RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}` };
  [house, browser, asterisk] = await Promise.all([
    installSettings(keys),
    startBrowser(),
    startAsterisk({
      'manager.conf': '[ringflow]\nsecret = ami-word\nread = call\nwrite = call,originate,reporting\n',
    }),
  ]);
  branch = await installPbx(house);
  await house.startConnector();
  page = await browser.person(await house.passwordLink(), { timezoneId: timezone });
  await choosePassword(page);
  await page.getByRole('link', { name: 'PBXs' }).click();
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove(), branch?.pbx.drop(), asterisk?.stop()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const card = (id: string) => page.getByRole('region', { name: id });

it('a wrong password is explained, and no password is shown', async () => {
  await page.getByRole('button', { name: 'Add a PBX' }).click();
  const wrong = Object.assign(new URL(branch.pbx.url), { username: 'ringflow', password: 'secret-word' });
  await page.getByRole('textbox', { name: 'Name' }).fill('branch');
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(wrong.href);
  await page.getByRole('button', { name: 'Save' }).click();
  await card('branch').getByRole('button', { name: 'Check' }).click();
  await card('branch').getByText('the user or the password is wrong').waitFor();
  expect(await page.content()).not.toContain('secret-word');
  expect(await seriousFaults(page)).toEqual([]);
});

it('with the right one it is ready once a call was made, and its calls arrive', async () => {
  await card('branch').getByRole('button', { name: 'Change' }).click();
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(branch.pbx.url);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const check = card('branch').getByRole('button', { name: 'Check' });
  await check.click();
  await card('branch').getByText('not a row yet').waitFor();
  const own = { ...branch, pbxId: 'branch' };
  for (let call = 0; call < 4; call++) await write(own, newCall('in-direct-answered').rows);
  await check.click();
  await card('branch').getByText('Ready for calls').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('the table of another is not read twice', async () => {
  await page.getByRole('button', { name: 'Add a PBX' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('twin');
  await page.getByRole('textbox', { name: 'Address of the database' }).fill(branch.pbx.url);
  await page.getByRole('button', { name: 'Save' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Another PBX reads this table already').waitFor();
  await alert.getByText('branch').waitFor();
  await page.keyboard.press('Escape');
});

describe('the page of a PBX', () => {
  it('explains a wrong secret of AMI, and no secret comes back', async () => {
    await card('branch').getByRole('link', { name: 'Set up' }).click();
    await page.getByRole('tab', { name: 'AMI and recordings' }).click();
    await page.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
    await page.getByRole('textbox', { name: 'Port' }).fill(String(asterisk.amiPort));
    const secret = page.getByRole('textbox', { name: 'Secret' });
    await secret.fill('wrong-ami-word');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved. Press “Check” above.').waitFor();
    const check = page.getByRole('button', { name: 'Check' });
    await check.click();
    await page.getByText('Asterisk does not let ringflow in').waitFor();
    expect(await page.content()).not.toContain('wrong-ami-word');
    await secret.fill('ami-word');
    const saved = page.waitForResponse(
      (answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/ami'),
    );
    await page.getByRole('button', { name: 'Save' }).first().click();
    await saved;
    await check.click();
    await page.getByText('AMI is ready').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('sends a kept secret to no other place', async () => {
    await page.getByRole('textbox', { name: 'Host' }).fill('localhost');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByRole('alert').getByText('The secret of AMI is needed').waitFor();
  });

  it('says of the folder of recordings that it is not there', async () => {
    await page.getByRole('combobox', { name: 'Where the recordings are' }).click();
    await page.getByRole('option', { name: 'A folder of this machine' }).click();
    await page.getByRole('textbox', { name: 'Folder', exact: true }).fill('/nowhere/monitor');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await saved;
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('there is no such folder').waitFor();
  });

  it('reads a short number as the rule that is being made wants it, and saves the description', async () => {
    await page.getByRole('tab', { name: 'Numbers and trunks' }).click();
    const pattern = page.getByRole('textbox', { name: 'What an extension looks like' });
    await pattern.fill('^(\\d{3}$');
    await page.getByText('Not a regular expression').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await pattern.fill('^\\d{3}$');
    await page.getByRole('button', { name: 'Add: How numbers are read' }).click();
    await page.getByRole('textbox', { name: 'Begins with' }).fill('2');
    await page.getByRole('textbox', { name: 'Digits in all' }).fill('4');
    await page.getByRole('textbox', { name: 'Beginning becomes' }).fill('74951232');
    await page.getByRole('textbox', { name: 'Try it' }).fill('2045');
    await page.getByText('2045 is read as +7 495 123 20 45').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as version 1').waitFor();
    const { settings } = (await createSettingsStore(house.store.pool).latest(house.accountId)) ?? {};
    expect(settings?.pbxs).toEqual({
      branch: { extensionPattern: '^\\d{3}$', rewriting: [{ begins: '2', digits: 4, becomes: '74951232' }] },
    });
  });

  it("has what is to be pasted on the PBX, with Ringflow's address", async () => {
    await page.getByRole('tab', { name: 'What to paste on the PBX' }).click();
    await page.getByRole('textbox', { name: 'IP address of Ringflow' }).fill('192.0.2.10');
    await page.getByText("CREATE USER 'ringflow'@'192.0.2.10'").waitFor();
    await page.getByText('permit = 192.0.2.10/255.255.255.255').waitFor();
    await page.getByText('Asterisk', { exact: true }).click();
    await page.getByText('/etc/asterisk/cel_odbc.conf').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('can be read by a viewer, and not changed', async () => {
    const vera = { login: 'vera@firm.example', name: 'Vera', role: 'viewer' as const, extensions: [], accounts: null };
    await createUsers(house.store.pool).add(vera);
    const viewer = await browser.person(await house.passwordLink(vera.login));
    await choosePassword(viewer);
    await viewer.goto(page.url().replace('set-up', 'surroundings'));
    await viewer.getByRole('textbox', { name: 'Host' }).waitFor();
    expect(await viewer.getByRole('textbox', { name: 'Host' }).isDisabled()).toBe(true);
    expect(await viewer.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await viewer.getByRole('tab', { name: 'Numbers and trunks' }).click();
    expect(await viewer.getByRole('textbox', { name: 'What an extension looks like' }).isDisabled()).toBe(true);
    expect(await viewer.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });
});

it('is removed only when one is sure', async () => {
  await page.getByRole('link', { name: '← PBXs' }).click();
  await card('branch').getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Really remove?' }).click();
  await card('branch').waitFor({ state: 'detached' });
});
