import type { Locator, Page, Route } from 'playwright-core';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { dids } from '../../sandbox/asterisk/office.ts';
import type { OutgoingCall } from '../../sandbox/asterisk/phones/outgoing-call.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { strangersNumber } from '../rig/calls.ts';
import { type ClickingHouse, installClicking } from '../rig/clicking.ts';
import type { Part } from '../rig/part.ts';
import { ringing } from '../rig/pbx-calls.ts';
import { saveSettings } from '../rig/settings.ts';
import { installWidget } from '../rig/widget.ts';
import { openPage } from '../rig/widget-visitor.ts';

jest.setTimeout(60_000);

/** The widget on amoCRM's page, as a person who works there sees it; PBX, phones and Ringflow are real. */

const [anna, boris] = [504141, 504142]; // 101 and 102
const phone = '+7 916 555-44-33';
const number = '79165554433';

let clicking: ClickingHouse;
let browser: TestBrowser;
let api: Part;
let connector: Part;
const pages: Page[] = [];
const outside: OutgoingCall[] = [];
let client: { id: number; leadId: number };

beforeAll(async () => {
  [clicking, browser] = await Promise.all([installClicking(), startBrowser()]);
  const { house, home } = clicking;
  await installWidget(home);
  const calling = { mostPerMinute: 100 }; // more than people do
  await saveSettings(house.store.pool, house.accountId, { ...untouchedSettings('ru'), calling });
  const companyId = await add({ type: 'company', name: 'ООО «Крыша»' });
  const who = { name: 'Пётр Ильин', phones: [phone], companyId, responsibleUserId: anna };
  const id = await add(who);
  client = { id, leadId: await house.amocrm.addLead({ name: 'Кровля дома', contactIds: [id] }) };
  [api, connector] = await Promise.all([house.startApi(), house.startConnector(), house.startWorker()]);
  await lineUp();
});
afterAll(async () => {
  await Promise.all([browser?.close(), clicking?.remove()]);
});
afterEach(async () => {
  await Promise.all(outside.splice(0).map((call) => call.hangUp()));
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  expect(browser.complaints.splice(0)).toEqual([]);
});

/** Calls can be placed. */
async function lineUp(): Promise<void> {
  const page = await openPage(clicking.home, boris);
  await page.until(() => page.line?.state === 'up');
  page.close();
}

async function add(body: object): Promise<number> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`${clicking.home.amocrmUrl}/sandbox/contacts`, request);
  return ((await answer.json()) as { id: number }).id;
}

/** Somebody at a page of amoCRM, once it is known that they are there: until then calls are shown by amoCRM itself. */
async function person(user: number, { language = 'ru', path = '/contacts/' } = {}): Promise<Page> {
  const page = await browser.person('about:blank');
  pages.push(page);
  const heard = page.waitForResponse('**/widget/events?*');
  await page.goto(`${clicking.home.amocrmUrl}${path}?user=${user}&lang=${language}`);
  await heard;
  return page;
}

/** A call from outside. */
function call(did: string, from: string = number): OutgoingCall {
  const made = clicking.pbx.trunk.call(did, { number: from });
  outside.push(made);
  return made;
}

const stranger = () => `7${strangersNumber()}`;
const cardOf = (page: Page, name: string | RegExp) => page.getByRole('article', { name });
const gone = (card: Locator) => card.waitFor({ state: 'detached' });
const nextAt = (extension: string) => clicking.pbx.phone(extension).nextCall();

/** As people do; the second click is one too many. */
async function clickOn(page: Page, text: string, action = 'Позвонить через АТС'): Promise<void> {
  await page.getByRole('button', { name: text, exact: true }).click();
  await page.locator(`span:has(> [data-phone="${text}"])`).getByRole('button', { name: action }).dblclick();
}

it('a click makes the phone ring, once, and tells how far the call has come', async () => {
  const page = await person(boris);
  const before = clicking.pbx.phone('102').calls.length;
  await clickOn(page, phone);
  const card = cardOf(page, `Звонок на ${phone}`);
  const rings = await nextAt('102');
  await card.getByText('Звонит ваш телефон').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await rings.answer();
  const there = await clicking.pbx.trunk.nextCall();
  expect(there.dialled).toBe(`8${number.slice(1)}`);
  await card.getByText('Звонит телефон клиента.').waitFor();
  await there.answer();
  await card.getByText('Клиент ответил, идёт разговор.').waitFor();
  expect(clicking.pbx.phone('102').calls.length).toBe(before + 1);
  await there.hangUp();
});

it('whoever clicked is told in their language that the client is busy, also on the page they have come to since', async () => {
  const page = await person(boris, { language: 'en' });
  await clickOn(page, '8 916 111-00-01', 'Call by the PBX');
  await (await nextAt('102')).answer();
  await (await clicking.pbx.trunk.nextCall()).reject(486);
  const card = cardOf(page, 'Call to 8 916 111-00-01');
  await card.getByText('The client is busy').waitFor();
  await card.getByText('Try later.').waitFor();
  await page.reload();
  await card.getByText('The client is busy').waitFor();
  await card.getByRole('button', { name: 'Close' }).click();
  await gone(card);
});

it('a client who rings is shown with company, lead and responsible, until a colleague answers', async () => {
  const [page, colleague] = await Promise.all([person(boris), person(anna, { language: 'en' })]);
  call(dids.group);
  const [first] = await ringing(clicking.pbx, '101', '102', '103');
  const card = cardOf(page, 'Входящий: Пётр Ильин');
  await card.getByRole('link', { name: 'ООО «Крыша»' }).waitFor();
  const hrefOf = (name: string) => card.getByRole('link', { name, exact: true }).getAttribute('href');
  expect(await hrefOf('Пётр Ильин')).toBe(`/contacts/detail/${client.id}`);
  expect(await hrefOf('Кровля дома')).toBe(`/leads/detail/${client.leadId}`);
  for (const text of [phone, 'Ответственный: Анна Смирнова', 'На наш номер +7 495 123-00-02', 'звонит']) {
    await card.getByText(text).waitFor();
  }
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  await first.answer();
  await card.getByText('Ответил другой сотрудник').waitFor();
  await gone(card);
  const taken = cardOf(colleague, 'Incoming: Пётр Ильин');
  await taken.getByText('talking').waitFor();
  expect(await colleague.locator('html').getAttribute('data-calling')).toBe('true');
  await first.hangUp();
  await gone(taken);
  expect(await colleague.locator('html').getAttribute('data-calling')).toBe('false');
});

it('for who is nobody yet a contact can be made, while the card stays', async () => {
  const page = await person(boris, { language: 'en' });
  const from = stranger();
  call(dids.second, from);
  const card = cardOf(page, /^Incoming: \+7 /);
  await card.getByText('Not in amoCRM yet').waitFor();
  await card.getByRole('link', { name: 'Create a contact' }).click();
  await page.getByTestId('new-phone').getByText(`+${from}`).waitFor();
  expect(await card.isVisible()).toBe(true);
  await page.reload(); // the document is new, the call goes on
  await card.getByText('Not in amoCRM yet').waitFor();
});

it('a client of a colleague can be taken over, with the rights of the person who does it', async () => {
  const { amocrm } = clicking.house;
  const page = await person(boris);
  await amocrm.fault({ match: `PATCH /api/v4/contacts/${client.id}`, kind: 'status', status: 403, times: 1 });
  call(dids.second);
  const card = cardOf(page, 'Входящий: Пётр Ильин');
  await card.getByRole('button', { name: 'Назначить меня' }).click();
  await card.getByText('Ответственный не сменился').waitFor();
  await card.getByRole('button', { name: 'Назначить меня' }).click();
  await card.getByText('Ответственный: вы').waitFor();
  expect(await card.getByRole('button', { name: 'Назначить меня' }).count()).toBe(0);
  const { contacts } = await amocrm.state();
  expect(contacts.find(({ id }) => id === client.id)).toMatchObject({ responsibleUserId: boris });
  await amocrm.changeClient(client.id, { responsibleUserId: anna });
});

it('calls stack, are closed by Esc, and stay while the person goes about in amoCRM', async () => {
  const name = '<img src=x onerror="document.title=`taken`">';
  const from = stranger();
  await add({ name, phones: [`+${from}`] });
  const page = await person(boris);
  call(dids.second);
  call(dids.second, from);
  const [first, second] = [cardOf(page, 'Входящий: Пётр Ильин'), cardOf(page, `Входящий: ${name}`)];
  await Promise.all([first.waitFor(), second.waitFor()]);
  await page.getByRole('link', { name: 'Интеграции' }).click();
  await page.getByText('Ringflow подключён к этому аккаунту.').waitFor();
  const turnOff = page.getByRole('button', { name: 'Отключить' });
  await turnOff.focus();
  await second.getByRole('button', { name: 'Закрыть карточку звонка' }).focus();
  await page.keyboard.press('Escape');
  await gone(second);
  expect(await turnOff.evaluate('document.activeElement.textContent')).toBe('Отключить');
  expect(await page.title()).toBe('amoCRM');
  expect(await first.isVisible()).toBe(true);
});

it('of many pages of a person one has the stream for all, and when it is closed the next', async () => {
  const first = await person(boris);
  const streams = (page: Page) => {
    const seen: string[] = [];
    page.on('request', (request) => request.url().includes('/widget/events') && seen.push(request.url()));
    return seen;
  };
  const second = await first.context().newPage();
  const ofSecond = streams(second);
  const renewed = first.waitForResponse('**/widget/events?*');
  await second.goto(`${clicking.home.amocrmUrl}/contacts/?user=${boris}&lang=ru`);
  await renewed;
  const early = call(dids.second);
  const cards = [first, second].map((page) => cardOf(page, 'Входящий: Пётр Ильин'));
  await Promise.all(cards.map((card) => card.waitFor()));
  expect(ofSecond).toEqual([]);
  const life = second.waitForResponse('**/widget/pages/*/signs');
  await first.close();
  expect((await life).status()).toBe(204); // it is there for those who call
  expect(ofSecond).toHaveLength(1);
  await early.hangUp();
  await gone(cardOf(second, 'Входящий: Пётр Ильин'));
});

it('an answer that got lost is asked for again, not dialled again', async () => {
  const page = await person(boris);
  const before = clicking.pbx.phone('102').calls.length;
  const lose = async (route: Route) => {
    await route.fetch();
    await route.abort();
  };
  await page.route('**/widget/calls', lose, { times: 1 });
  await clickOn(page, phone);
  await cardOf(page, `Звонок на ${phone}`).getByText('Звонит ваш телефон').waitFor();
  await (await nextAt('102')).reject();
  await cardOf(page, `Звонок на ${phone}`).getByText('Ваш телефон занят').waitFor();
  expect(clicking.pbx.phone('102').calls.length).toBe(before + 1);
});

it('Ringflow goes away and comes back: what is over by then is not shown, what has come is', async () => {
  const page = await person(boris);
  const early = call(dids.second);
  const card = cardOf(page, 'Входящий: Пётр Ильин');
  await card.waitFor();
  await api.kill();
  await clickOn(page, '8 916 111-00-01');
  await cardOf(page, 'Звонок на 8 916 111-00-01').getByText('Сервер Ringflow не отвечает.').waitFor();
  expect(await card.isVisible()).toBe(true);
  await early.hangUp();
  const from = stranger();
  call(dids.second, from);
  await nextAt('102');
  api = await clicking.house.startApi();
  await cardOf(page, /^Входящий: \+7 /).waitFor();
  await gone(card);
});

it('the PBX is away: told at once', async () => {
  const page = await person(boris);
  await connector.stop(); // to the end
  await clickOn(page, '8 916 111-00-01');
  await cardOf(page, 'Звонок на 8 916 111-00-01').getByText('АТС сейчас не отвечает').waitFor();
});

it('whoever has no phone is told so, with what to do', async () => {
  const settings = { ...untouchedSettings('ru'), employees: { '101': anna } };
  await saveSettings(clicking.house.store.pool, new URL(clicking.home.amocrmUrl).host, settings);
  const page = await person(boris);
  const note = cardOf(page, 'Звонить сейчас нельзя.');
  await note.getByText('За вами не записан телефон').waitFor();
  await note.getByRole('button').click();
  await note.waitFor({ state: 'hidden' });
  await clickOn(page, phone);
  await cardOf(page, `Звонок на ${phone}`).getByText('на странице «Сотрудники»').waitFor();
});

it('the widget that is switched off leaves nothing', async () => {
  const page = await person(boris, { path: '/settings/widgets/' });
  await page.getByText('Ringflow подключён к этому аккаунту.').waitFor();
  expect(await page.getByRole('link', { name: 'Открыть настройки Ringflow' }).getAttribute('href')).toBe(
    `${clicking.home.url}/`,
  );
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Отключить' }).click();
  await page.getByRole('button', { name: 'Отключено' }).waitFor();
  expect(await page.getByRole('region', { name: 'Звонки Ringflow' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Контакты' }).click();
  await page.getByRole('heading', { name: 'Контакты' }).waitFor();
  expect(await page.locator('html').getAttribute('data-listeners')).toBe('0');
});
