import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createUsers } from '../../activities/store/users.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { strangersNumber, wholeCall } from '../rig/calls.ts';
import { conversationOf, journalEntry } from '../rig/journal-entry.ts';
import { choosePassword, installSettings, password, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(120_000);

/** Who waits to be called back, and what calls there were, is seen in the browser and kept as a file. */

let house: SettingsHouse;
let browser: TestBrowser;
let anna: Page;
/** To 102 in vain. */
const missed = strangersNumber();

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

const written = (phone: string) => `+7 ${phone.replace(/(\d{3})(\d{3})(\d{2})(\d{2})/, '$1 $2 $3 $4')}`;
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

async function fileOf(page: Page, table: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Download CSV: ${table}` }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

it('says that everybody was called back as long as nobody has called in vain', async () => {
  await anna.getByRole('link', { name: 'Reports' }).click();
  await anna.getByText('Everybody who called in vain has been talked with').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
});

it('a client who calls in vain is there without asking, by name, with the way to the call and to amoCRM', async () => {
  await wholeCall(house, 'in-direct-no-answer', missed);
  const row = rowOf(anna, written(missed));
  await row.waitFor({ timeout: 40_000 });
  await row.getByText('102').waitFor();
  const contact = (await house.amocrm.state()).contacts.find(({ phones }) =>
    phones.some((one) => one.endsWith(missed)),
  );
  const inAmocrm = row.getByRole('link', { name: 'amoCRM' });
  expect(await inAmocrm.getAttribute('href')).toBe(`${house.amocrm.url}/contacts/detail/${contact?.id}`);
  expect(await seriousFaults(anna)).toEqual([]);
  await row.getByRole('link', { name: 'journal' }).click();
  await anna.getByRole('heading', { name: written(missed) }).waitFor();
  await anna.goBack();
  await row.waitFor();
});

it('a name that a spreadsheet would take for a formula is none in the file', async () => {
  await house.store.pool.query(
    `UPDATE known_clients SET known = JSON_SET(known, '$.client.name', '=HYPERLINK("http://evil")') WHERE phone_key = ?`,
    [missed],
  );
  await anna.reload();
  await rowOf(anna, written(missed)).waitFor();
  const [header = '', row = ''] = (await fileOf(anna, 'Clients who were not called back')).split('\r\n');
  expect(header).toMatch(/^\ufeffClient,Phone,/);
  expect(row).toContain(`"'=HYPERLINK(""http://evil"")",7${missed},`);
});

it('is not there any more when somebody has talked with them', async () => {
  const journal = createJournal(house.store.pool);
  const startedAtMs = Date.now();
  await journal.write(
    journalEntry({
      ...{ pbxId: house.pbxId, linkedid: '9.1', direction: 'outbound', externalNumber: `7${missed}`, startedAtMs },
      conversations: [{ ...conversationOf('101', startedAtMs), cameBy: 'caller' }],
    }),
  );
  await anna.getByRole('button', { name: 'Today' }).click(); // asks anew
  await anna.getByText('Everybody who called in vain has been talked with').waitFor();
  await rowOf(anna, 'Called back by us').first().getByText('1').waitFor();
});

it('tells figures of all calls, of employees, numbers, hours and days, each as a file', async () => {
  await tab(anna, 'Overview');
  await rowOf(anna, 'Missed').first().getByText('1').waitFor();
  expect(await fileOf(anna, 'All calls')).toContain('\r\nInbound,1\r\nAnswered,0\r\nMissed,1\r\n');
  await tab(anna, 'Employees');
  await rowOf(anna, '102').waitFor();
  expect(await fileOf(anna, 'Employees')).toMatch(/\r\n102[^,]*,0,0,1,0,0,0,0\r\n/);
  expect(await seriousFaults(anna)).toEqual([]);
  await tab(anna, 'Numbers');
  await rowOf(anna, '+7 495 123').waitFor();
  await tab(anna, 'By hour');
  expect((await fileOf(anna, 'By hour')).trim().split('\r\n')).toHaveLength(25);
  await tab(anna, 'By day');
  await anna.getByRole('button', { name: '7 days' }).click();
  await anna.reload(); // the choice stands in the address
  expect((await fileOf(anna, 'By day')).trim().split('\r\n')).toHaveLength(8);
});

it('a head sees figures of their own people alone', async () => {
  const olga = { login: 'olga@firm.example', name: 'Olga', role: 'head' as const, extensions: ['101'], accounts: null };
  await createUsers(house.store.pool).add(olga);
  const head = await browser.person(await house.passwordLink(olga.login));
  await choosePassword(head);
  await head.getByRole('link', { name: 'Reports' }).click();
  await tab(head, 'Employees');
  await rowOf(head, '101').waitFor();
  expect(await rowOf(head, '102').count()).toBe(0);
  await tab(head, 'Overview');
  await rowOf(head, 'Inbound').first().getByText('0').waitFor();
});

it('is in Russian for whoever reads Russian, also on a phone', async () => {
  const page = await browser.person(house.url, { locale: 'ru-RU', viewport: { width: 390, height: 780 } });
  await page.getByLabel('Имя').fill('admin');
  await page.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('button', { name: 'Меню' }).click();
  await page.getByRole('link', { name: 'Отчёты' }).click();
  await page.getByText('Как быстро перезванивают').waitFor();
  expect([await page.evaluate('document.documentElement.scrollWidth'), await seriousFaults(page)]).toEqual([390, []]);
});
