import { Redis } from 'ioredis';
import type { Page } from 'playwright-core';
import { createReadings } from '../../activities/store/readings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, split, strangersNumber, type TestCall, write } from '../rig/calls.ts';
import type { Part } from '../rig/part.ts';
import { choosePassword, installSettings, password, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Calls are followed in the browser. */

let house: SettingsHouse;
let browser: TestBrowser;
let anna: Page;
let connector: Part;

beforeAll(async () => {
  [house, browser] = await Promise.all([installSettings(), startBrowser()]);
  connector = await house.startConnector();
  anna = await browser.person(await house.passwordLink());
  await choosePassword(anna);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const written = (phone: string) => `+7 ${phone.replace(/(\d{3})(\d{3})(\d{2})(\d{2})/, '$1 $2 $3 $4')}`;
const calls = (page: Page) => page.getByRole('list', { name: 'Calls that go on' });
const callOf = (page: Page, { phone }: TestCall) =>
  calls(page)
    .getByRole('listitem')
    .filter({ hasText: written(phone) });
const employee = (page: Page, extension: string) =>
  page.getByRole('list', { name: 'Employees' }).getByRole('listitem').filter({ hasText: extension });

/** A call to 101: its rows until it is answered, until it ends, and those of the end. */
function direct() {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [ringing, later] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  const [answered, rest] = split(later, (row) => row.eventtype === 'BRIDGE_EXIT' || row.eventtype === 'HANGUP');
  return { call, ringing, answered, rest };
}

it('says that nobody calls', async () => {
  await anna.getByRole('link', { name: 'Calls now' }).click();
  await anna.getByText('Nobody calls now').waitFor();
  await anna.getByText('Connected').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
});

it('a call rings, is talked, and is found in the journal when it is over', async () => {
  const { call, ringing, answered, rest } = direct();
  await write(house, ringing);
  await callOf(anna, call)
    .getByText(/101 .*phone rings/)
    .waitFor();
  await employee(anna, '101')
    .getByText(/phone rings/)
    .waitFor();
  await employee(anna, '102').getByText('free').waitFor();
  await write(house, answered);
  await callOf(anna, call)
    .getByText(/101 .*talks 0:\d\d/)
    .waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
  await write(house, rest);
  await callOf(anna, call).waitFor({ state: 'detached' });
  await employee(anna, '101').getByText('free').waitFor();
  const over = anna
    .getByRole('list', { name: 'Just ended' })
    .getByRole('listitem')
    .filter({ hasText: written(call.phone) });
  await over.getByRole('link', { name: 'Open in the journal' }).click();
  await anna.getByRole('heading', { name: written(call.phone) }).waitFor();
  await anna.getByRole('link', { name: 'Calls now' }).click();
  await house.closed(call.linkedid);
});

it('says that the connection is lost, and is right again once the API is back', async () => {
  const { call, ringing, answered, rest } = direct();
  await write(house, ringing);
  await callOf(anna, call).waitFor();
  await api().kill();
  await anna.getByRole('alert').getByText('No connection to Ringflow, trying again').waitFor();
  await callOf(anna, call)
    .getByText(/phone rings/)
    .waitFor(); // what was known stays
  await write(house, answered);
  await house.startApi();
  await callOf(anna, call)
    .getByText(/101 .*talks/)
    .waitFor();
  await anna.getByRole('alert').waitFor({ state: 'detached' });
  await write(house, rest);
  await callOf(anna, call).waitFor({ state: 'detached' });
  await house.closed(call.linkedid);
});

it('a head sees their own people alone', async () => {
  const olga = { login: 'olga@firm.example', name: 'Olga', role: 'head' as const, extensions: ['102'], accounts: null };
  await createUsers(house.store.pool).add(olga);
  const head = await browser.person(await house.passwordLink(olga.login));
  await choosePassword(head);
  await head.getByRole('link', { name: 'Calls now' }).click();
  const { call, ringing, answered, rest } = direct();
  await write(house, [...ringing, ...answered]);
  await callOf(anna, call)
    .getByText(/101 .*talks/)
    .waitFor();
  const own = newCall('in-direct-no-answer', { clientNumber: strangersNumber() });
  const [itsRinging, itsRest] = split(own.rows, (row) => row.eventtype === 'HANGUP');
  await write(house, itsRinging);
  await callOf(head, own)
    .getByText(/102 .*phone rings/)
    .waitFor();
  expect(await calls(head).getByRole('listitem').count()).toBe(1);
  expect(await head.getByRole('list', { name: 'Employees' }).getByRole('listitem').count()).toBe(1);
  await write(house, [...rest, ...itsRest]);
});

it('is in Russian for whoever reads Russian, also on a phone', async () => {
  const page = await browser.person(house.url, { locale: 'ru-RU', viewport: { width: 390, height: 780 } });
  await page.getByLabel('Имя').fill('admin');
  await page.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('button', { name: 'Меню' }).click();
  await page.getByRole('link', { name: 'Звонки сейчас' }).click();
  const { call, ringing, rest, answered } = direct();
  await write(house, ringing);
  await page
    .getByText(/101 .*звонит телефон/)
    .first()
    .waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/live-ru-390.png`, fullPage: true });
  expect([await page.evaluate('document.documentElement.scrollWidth'), await seriousFaults(page)]).toEqual([390, []]);
  await write(house, [...answered, ...rest]);
  await house.closed(call.linkedid);
});

it('says that calls are not seen while the PBX can not be read', async () => {
  await connector.stop();
  const trouble = { of: 'database', code: 'ECONNREFUSED', sinceMs: Date.now() - 600_000 } as const;
  const reading = { toldAtMs: Date.now(), lookedAtMs: null, lastRowAtMs: null, trouble };
  const redis = new Redis(house.environment.REDIS_URL ?? '');
  await createReadings(redis).tell(house.pbxId, reading);
  redis.disconnect();
  await anna.reload();
  const doubts = anna.getByRole('alert').filter({ hasText: 'calls are not seen at the moment' });
  await doubts.waitFor();
  if (process.env.SHOTS) await anna.screenshot({ path: `${process.env.SHOTS}/live-blind.png`, fullPage: true });
  connector = await house.startConnector();
  await doubts.waitFor({ state: 'detached' });
});

const api = (): Part => house.parts.findLast(({ log }) => log().includes('"part":"api"')) as Part;
