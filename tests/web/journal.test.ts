import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { createUsers } from '../../activities/store/users.ts';
import { callsOf } from '../rig/belongings.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { newCall, strangersNumber, wholeCall, write } from '../rig/calls.ts';
import { journalEntry } from '../rig/journal-entry.ts';
import { choosePassword, installSettings, password, type SettingsHouse } from '../rig/settings-house.ts';

jest.setTimeout(180_000);

/** Calls that have come are found, looked at and done again in the browser. */

let house: SettingsHouse;
let browser: TestBrowser;
let anna: Page;
/** Of clients, each with the call by which the tests know it: to 101, handed on to 103; to 102 in vain. */
const phones = { transferred: strangersNumber(), missed: strangersNumber() };

beforeAll(async () => {
  const temporalUi = { TEMPORAL_UI_URL: 'https://temporal.example/' };
  [house, browser] = await Promise.all([installSettings(temporalUi), startBrowser()]);
  await house.startConnector();
  anna = await browser.person(await house.passwordLink());
  await choosePassword(anna);
});
afterAll(async () => {
  await Promise.all([browser?.close(), house?.remove()]);
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

/** As people read it. */
const written = (phone: string) => `+7 ${phone.replace(/(\d{3})(\d{3})(\d{2})(\d{2})/, '$1 $2 $3 $4')}`;
const linkTo = (page: Page, phone: string) => page.getByRole('link', { name: written(phone) });

async function openJournal(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await page.getByRole('heading', { name: 'Journal' }).waitFor();
}

it('says that no call has come yet', async () => {
  await openJournal(anna);
  await anna.getByText('No calls yet').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
});

it('a call that has come is found by a part of its phone and tells who talked and what stands in amoCRM', async () => {
  const linkedid = await wholeCall(house, 'xfer-blind-answered', phones.transferred);
  await wholeCall(house, 'in-direct-no-answer', phones.missed);
  await anna.getByRole('button', { name: 'Refresh' }).click();
  await linkTo(anna, phones.missed).waitFor();
  await anna.getByLabel('Phone').fill(`8 (${phones.transferred.slice(0, 3)}) ${phones.transferred.slice(3)}`);
  await linkTo(anna, phones.missed).waitFor({ state: 'detached' });
  const row = anna.getByRole('row').filter({ has: linkTo(anna, phones.transferred) });
  await row.getByText(/^101 Анна Смирнова, 103 Виктория/).waitFor();
  await row.getByText('answered').waitFor();
  await row.getByText('in amoCRM').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
  await linkTo(anna, phones.transferred).click();
  const story = anna.getByRole('list', { name: 'Course of the call' });
  for (const text of ['101 talks', '101 transfers to 103 (blind)', '103 talks', 'Over: the client hung up']) {
    await story.getByText(text).waitFor();
  }
  const picture = new RegExp(`: ${written(phones.transferred).replace('+', '\\+')}, 101 Анна Смирнова, 103 Виктория`);
  await anna.getByRole('img', { name: picture }).waitFor();
  const [call] = callsOf(await house.amocrm.state(), phones.transferred);
  const contact = anna.getByRole('link', { name: `contact ${call?.entityId}` });
  expect(await contact.getAttribute('href')).toBe(`${house.amocrm.url}/contacts/detail/${call?.entityId}`);
  await anna.getByRole('list', { name: 'What was sent' }).getByText('Record of the call').waitFor();
  const workflowId = `call:${house.pbxId}:${linkedid}`;
  const workflow = anna.getByRole('link', { name: workflowId });
  const namespace = house.temporal.options.namespace;
  expect(await workflow.getAttribute('href')).toBe(
    `https://temporal.example/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`,
  );
  await anna.getByRole('button', { name: 'Show the rows' }).click();
  const rows = anna.getByRole('table').getByRole('row');
  await rows.filter({ hasText: 'BLINDTRANSFER' }).waitFor();
  expect(await rows.count()).toBe(1 + ((await house.journal(linkedid))?.celRowIds.length ?? 0));
  expect(await seriousFaults(anna)).toEqual([]);
});

it('that is done again stands in amoCRM as often as before: once', async () => {
  await anna.getByRole('button', { name: 'Do again' }).click();
  await anna.getByRole('dialog').getByRole('button', { name: 'Do again' }).click();
  await anna.getByText('Done: the call was looked at again').waitFor();
  await anna.getByRole('link', { name: /^call:.*:again:1$/ }).waitFor();
  expect(callsOf(await house.amocrm.state(), phones.transferred)).toHaveLength(1);
});

it('what is searched by stands in the address, also behind the call', async () => {
  await anna.getByRole('link', { name: '← Journal' }).click();
  await linkTo(anna, phones.transferred).waitFor();
  expect(await anna.getByLabel('Phone').inputValue()).toContain(phones.transferred.slice(0, 3));
  await anna.getByRole('button', { name: 'Reset' }).click();
  await anna.getByRole('button', { name: 'More filters' }).click();
  await anna.getByRole('combobox', { name: 'Result' }).click();
  await anna.getByRole('option', { name: 'missed' }).click();
  await linkTo(anna, phones.transferred).waitFor({ state: 'detached' });
  await anna.reload();
  await linkTo(anna, phones.missed).waitFor();
  expect(await linkTo(anna, phones.transferred).count()).toBe(0);
  await anna.getByLabel('Extension').fill('999');
  await anna.getByText('No such calls').waitFor();
  expect(await seriousFaults(anna)).toEqual([]);
  await anna.getByRole('button', { name: 'Reset' }).last().click();
  await linkTo(anna, phones.transferred).waitFor();
});

it('what amoCRM refuses says why, and is registered when somebody has mended it and lets it be done again', async () => {
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, call.rows);
  while ((await house.journal(call.linkedid))?.registration.state !== 'needs-attention') await nextMoment();
  await anna.getByRole('button', { name: 'Refresh' }).click();
  await linkTo(anna, call.phone).click();
  await anna.getByText('amoCRM has refused the call').waitFor();
  await house.amocrm.clearFaults();
  await anna.getByRole('button', { name: 'Do again' }).click();
  await anna.getByRole('dialog').getByRole('button', { name: 'Do again' }).click();
  await anna.getByText('The call stands with').waitFor();
  expect(callsOf(await house.amocrm.state(), call.phone)).toHaveLength(1);
  await house.closed(call.linkedid);
});

it('a head sees the calls of their own people alone, and does none again', async () => {
  const olga = { login: 'olga@firm.example', name: 'Olga', role: 'head' as const, extensions: ['102'], accounts: null };
  await createUsers(house.store.pool).add(olga);
  const head = await browser.person(await house.passwordLink(olga.login));
  await choosePassword(head);
  await openJournal(head);
  await linkTo(head, phones.missed).waitFor();
  expect(await linkTo(head, phones.transferred).count()).toBe(0);
  await linkTo(head, phones.missed).click();
  await head.getByText('102: did not answer').waitFor();
  expect(await head.getByRole('button', { name: 'Do again' }).count()).toBe(0);
  await openJournal(anna);
  const foreign = await linkTo(anna, phones.transferred).getAttribute('href');
  await head.goto(`${house.url}${foreign}`);
  await head.getByText('There is nothing here').waitFor();
});

it('tells that the server is away, and goes on when it is back', async () => {
  await anna.route('**/calls?*', (route) => route.abort());
  await anna.getByLabel('Phone').fill('55');
  await anna.getByText("Ringflow's server does not answer").waitFor();
  await anna.unroute('**/calls?*');
  await anna.getByRole('button', { name: 'Try again' }).click();
  await anna.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
  await anna.getByRole('button', { name: 'Reset' }).first().click();
});

it('shows older calls page by page', async () => {
  const journal = createJournal(house.store.pool);
  for (let index = 0; index < 60; index++) {
    await journal.write(journalEntry({ pbxId: house.pbxId, linkedid: `${index}.1`, startedAtMs: index * 60_000 }));
  }
  await anna.getByRole('button', { name: 'Refresh' }).click();
  await anna.getByRole('button', { name: 'Older calls' }).click();
  await anna.getByText(/These are all, 6\d in number/).waitFor();
  const linkedids = await anna
    .getByRole('row')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(new Set(linkedids).size).toBe(linkedids.length);
});

it('is in Russian for whoever reads Russian, also on a phone', async () => {
  const page = await browser.person(house.url, { locale: 'ru-RU', viewport: { width: 390, height: 780 } });
  await page.getByLabel('Имя').fill('admin');
  await page.getByRole('textbox', { name: 'Пароль' }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('button', { name: 'Меню' }).click();
  await page.getByRole('link', { name: 'Журнал звонков' }).click();
  const width = () => page.evaluate('document.documentElement.scrollWidth');
  await linkTo(page, phones.missed).waitFor();
  expect([await width(), await seriousFaults(page)]).toEqual([390, []]);
  await linkTo(page, phones.missed).click();
  await page.getByText('Вызывают 102').waitFor();
  await page.getByText('Звонок записан:').waitFor();
  expect([await width(), await seriousFaults(page)]).toEqual([390, []]);
});

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 100));
