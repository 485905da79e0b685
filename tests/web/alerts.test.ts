import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { type Receiver, startReceiver } from '../rig/alert-receivers.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, split, write } from '../rig/calls.ts';
import { timezone } from '../rig/installation.ts';
import { choosePassword, installSettings, password, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** From a new installation to the first card, and to being told when something is wrong. */

let house: SettingsHouse;
let browser: TestBrowser;
let telegram: Receiver;
let page: Page;
const botToken = '123456789:AAtoken-of-a-bot_that-must-not-leak';

beforeAll(async () => {
  telegram = await startReceiver();
  const keys = { RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`, TELEGRAM_API_URL: telegram.url };
  [house, browser] = await Promise.all([installSettings(keys), startBrowser()]);
  page = await browser.person(await house.passwordLink(), { timezoneId: timezone });
  await choosePassword(page);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove(), telegram?.close()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const card = () => page.getByRole('region', { name: 'On duty' });

it('a new installation says what is wrong and which step comes next', async () => {
  await page.getByRole('region', { name: 'First steps' }).getByText('Connect the PBX').waitFor();
  await page
    .getByRole('list', { name: 'What is not right' })
    .getByText(`Nobody reads the PBX ${house.pbxId}`)
    .waitFor();
  await page.getByRole('link', { name: 'Something is wrong' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('and says by itself that the connector reads, that calls come, and that the first card was shown', async () => {
  await house.startConnector();
  await page.getByText('Nobody reads the PBX').waitFor({ state: 'detached' });
  const call = newCall('in-direct-answered');
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  await write(house, ringing);
  await house.amocrm.until(({ cards }) => cards.length > 0, 'a card');
  await write(house, rest);
  await house.closed(call.linkedid);
  await page.getByRole('region', { name: 'First steps' }).waitFor({ state: 'detached' });
  await page.getByText('Calls today').locator('..').getByText('1', { exact: true }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('a destination is tested before it is saved, and its secret is told to nobody', async () => {
  await page.getByRole('link', { name: 'Alerts' }).click();
  await page.getByRole('button', { name: 'Add' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'How' }).click();
  await page.getByRole('option', { name: 'Telegram' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('On duty');
  await dialog.getByRole('textbox', { name: 'Chat' }).fill('-1001');
  await dialog.getByLabel('Token of the bot').fill('not a token');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.getByText('This is no token of a bot').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByLabel('Token of the bot').fill(botToken);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await card().getByRole('button', { name: 'Test' }).click();
  await card().getByText('See whether it has arrived').waitFor();
  expect(telegram.heard.map(({ path }) => path)).toEqual([`/bot${botToken}/sendMessage`]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 1').waitFor();
  const saved = await createSettingsStore(house.store.pool).latest(house.accountId);
  expect(saved?.settings.alerts?.destinations).toMatchObject([{ name: 'On duty', kind: 'telegram', chatId: '-1001' }]);
  expect(JSON.stringify(saved) + (await page.content())).not.toContain('that-must-not-leak');
});

it('a test that does not get there says why and what to do, and so does the page from then on', async () => {
  telegram.answer(400, { ok: false, description: 'Bad Request: chat not found' });
  await card().getByRole('button', { name: 'Test' }).click();
  const outcome = card().getByRole('alert');
  await outcome.getByText(/did not deliver the message \(Bad Request: chat not found\)\. Check the chat/).waitFor();
  await page.reload();
  await card()
    .getByText(/Did not get there .*chat not found/)
    .waitFor();
  await card().getByText('Last sent').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

it('what was chosen stays if it can not be saved', async () => {
  await page.getByRole('checkbox', { name: 'Calls need attention' }).click();
  await page.route('**/api/accounts/*/settings', (route) => route.abort(), { times: 1 });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText("Ringflow's server does not answer").waitFor();
  expect(await page.getByRole('checkbox', { name: 'Calls need attention' }).isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved as version 2').waitFor();
});

it('a viewer sees all of it and changes nothing, in Russian and on a phone', async () => {
  const vera = { login: 'vera@firm.example', name: 'Вера', role: 'viewer' as const, extensions: [], accounts: null };
  await createUsers(house.store.pool).add(vera);
  const phone = { locale: 'ru-RU', timezoneId: timezone, viewport: { width: 390, height: 780 } };
  const viewer = await browser.person(await house.passwordLink(vera.login), phone);
  await viewer.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await viewer.getByRole('textbox', { name: 'Ещё раз' }).fill(password);
  await viewer.getByRole('button', { name: 'Сохранить и войти' }).click();
  const width = () => viewer.evaluate('document.documentElement.scrollWidth');
  await viewer.getByText('Звонков сегодня').waitFor();
  expect([await width(), await seriousFaults(viewer)]).toEqual([390, []]);
  await viewer.getByRole('button', { name: 'Меню' }).click();
  await viewer.getByRole('link', { name: 'Оповещения' }).click();
  await viewer.getByRole('region', { name: 'On duty' }).getByText('Не дошло').waitFor();
  expect([await width(), await seriousFaults(viewer)]).toEqual([390, []]);
  for (const name of ['Добавить', 'Проверить', 'Изменить', 'Сохранить']) {
    expect([name, await viewer.getByRole('button', { name }).count()]).toEqual([name, 0]);
  }
  expect(await viewer.getByRole('checkbox', { name: 'Сработало ограничение' }).isDisabled()).toBe(true);
});
