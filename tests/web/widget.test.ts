import type { Page } from 'playwright-core';
import { type Amocrm, startAmocrm } from '../rig/amocrm.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { installWidget, widgetIntegration } from '../rig/widget.ts';
import { startWidgetApi, type WidgetApi } from '../rig/widget-api.ts';

jest.setTimeout(60_000);

/** The widget on amoCRM's page, as a person who works there sees it. */

const [anna, boris] = [504141, 504142];

let amocrm: Amocrm;
let api: WidgetApi;
let browser: TestBrowser;
const pages: Page[] = [];
let client: { id: number; leadId: number; companyId: number };

beforeAll(async () => {
  [amocrm, browser, api] = await Promise.all([startAmocrm(), startBrowser(), startWidgetApi(widgetIntegration)]);
  await installWidget(amocrm, api.url);
  const company = await add({ type: 'company', name: 'ООО «Крыша»' });
  const contact = await add({
    name: 'Пётр Ильин',
    phones: ['+7 916 555-44-33'],
    companyId: company,
    responsibleUserId: anna,
  });
  const leadId = await amocrm.addLead({ name: 'Кровля дома', contactIds: [contact] });
  client = { id: contact, leadId, companyId: company };
});
afterAll(async () => {
  await Promise.all([browser?.close(), api?.close(), amocrm?.close()]);
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  await api.left();
  api.breakStreams(true);
  expect(browser.complaints.splice(0)).toEqual([]);
});

async function add(body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${amocrm.url}/sandbox/contacts`, { method: 'POST', headers, body: JSON.stringify(body) });
  return ((await answer.json()) as { id: number }).id;
}

/** Boris, at the list of contacts, with a widget that listens. */
async function manager(language = 'ru', path = '/contacts/'): Promise<Page> {
  const page = await browser.person(`${amocrm.url}${path}?user=${boris}&lang=${language}`);
  pages.push(page);
  await api.listened();
  return page;
}

const known = () => ({
  ...{ entityType: 'contacts', entityId: client.id, name: 'Пётр Ильин', responsibleUserId: anna },
  openLeadIds: [client.leadId],
});

const call = (changes: object = {}): { id: string; client: object | null } => ({
  ...{ id: 'main:1', direction: 'inbound', number: '+79165554433', did: '+74951230001', doing: 'rings' },
  ...{ sinceMs: Date.now(), client: null },
  ...changes,
});

const callOf = (page: Page, name: string) => page.getByRole('article', { name });

it('a known client who rings is shown with company, lead and responsible, until a colleague answers', async () => {
  const page = await manager();
  api.call(call({ client: known() }));
  const card = callOf(page, 'Входящий: Пётр Ильин');
  await card.getByRole('link', { name: 'ООО «Крыша»' }).waitFor();
  const hrefOf = (name: string) => card.getByRole('link', { name, exact: true }).getAttribute('href');
  expect(await hrefOf('Пётр Ильин')).toBe(`/contacts/detail/${client.id}`);
  expect(await hrefOf('Кровля дома')).toBe(`/leads/detail/${client.leadId}`);
  expect(await hrefOf('Открыть сделку')).toBe(`/leads/detail/${client.leadId}`);
  for (const text of ['+7 916 555-44-33', 'Ответственный: Анна Смирнова', 'Звонок на +7 495 123-00-01', 'звонит']) {
    await card.getByText(text).waitFor();
  }
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  api.gone('main:1', 'answered-elsewhere');
  await card.getByText('Ответил другой сотрудник').waitFor();
  await card.waitFor({ state: 'detached' });
});

it('amoCRM is asked for a client once, however often they ring', async () => {
  const asked = async () =>
    (await amocrm.state()).requests.filter(({ path }) => path === `/api/v4/contacts/${client.id}`).length;
  const before = await asked();
  const page = await manager();
  for (const id of ['main:1', 'main:2']) {
    api.call(call({ id, client: known() }));
    await callOf(page, 'Входящий: Пётр Ильин').getByText('ООО «Крыша»').waitFor();
    api.gone(id, 'over');
    await callOf(page, 'Входящий: Пётр Ильин').waitFor({ state: 'detached' });
  }
  expect(await asked()).toBe(before + 1);
});

it('for who is nobody yet a contact can be made, and a hidden number is told as such', async () => {
  const page = await manager('en');
  const { client: _, ...unsought } = call({ number: '+79031112200' });
  api.call(unsought);
  await callOf(page, 'Incoming: +7 903 111-22-00').getByText('Looking it up in amoCRM').waitFor();
  expect(await callOf(page, 'Incoming: +7 903 111-22-00').getByRole('link').count()).toBe(0);
  api.call(call({ number: '+79031112200' }));
  const stranger = callOf(page, 'Incoming: +7 903 111-22-00');
  await stranger.getByText('Not in amoCRM yet').waitFor();
  api.call(call({ id: 'main:2', number: null }));
  const hidden = callOf(page, 'Incoming: Number withheld');
  await hidden.waitFor();
  expect(await hidden.getByRole('link').count()).toBe(0);
  await stranger.getByRole('link', { name: 'Create a contact' }).click();
  await page.getByTestId('new-phone').getByText('+79031112200').waitFor();
  expect(await stranger.isVisible()).toBe(true); // amoCRM's page is another, the card stays
  await page.reload();
  await stranger.waitFor(); // the document is new, the call goes on
});

it('a client of a colleague can be taken over, with the rights of the person who does it', async () => {
  const page = await manager();
  await amocrm.fault({ match: `PATCH /api/v4/contacts/${client.id}`, kind: 'status', status: 403, times: 1 });
  api.call(call({ client: known() }));
  const card = callOf(page, 'Входящий: Пётр Ильин');
  await card.getByRole('button', { name: 'Назначить меня' }).click();
  await card.getByText('Ответственный не сменился').waitFor();
  await card.getByRole('button', { name: 'Назначить меня' }).click();
  await card.getByText('Теперь ответственный — вы.').waitFor();
  await card.getByText('Ответственный: вы').waitFor();
  expect(await card.getByRole('button', { name: 'Назначить меня' }).count()).toBe(0);
  const { contacts } = await amocrm.state();
  expect(contacts.find(({ id }) => id === client.id)).toMatchObject({ responsibleUserId: boris });
  await amocrm.changeClient(client.id, { responsibleUserId: anna });
});

it('calls stack, go through a talk, are closed by Esc, and stay while the person goes about in amoCRM', async () => {
  const page = await manager();
  api.call(call({ client: known() }));
  api.call(call({ id: 'main:2', direction: 'outbound', number: '+79031112200', did: null, doing: 'dials' }));
  const [first, second] = [callOf(page, 'Входящий: Пётр Ильин'), callOf(page, 'Исходящий: +7 903 111-22-00')];
  await Promise.all([first.waitFor(), second.waitFor()]);
  expect(await page.locator('html').getAttribute('data-calling')).toBe('false');
  api.call(call({ client: known(), doing: 'talks', sinceMs: Date.now() - 65_000 }));
  await first.getByText('разговор').waitFor();
  await first.getByText(/^1:0\d$/).waitFor();
  expect(await page.locator('html').getAttribute('data-calling')).toBe('true');
  await page.getByRole('link', { name: 'Интеграции' }).click();
  await page.getByRole('button', { name: 'Отключить' }).waitFor();
  expect(await page.locator('article:visible').count()).toBe(2);
  await page.getByRole('button', { name: 'Отключить' }).focus();
  await second.getByRole('button', { name: 'Закрыть карточку звонка' }).focus();
  await page.keyboard.press('Escape');
  await second.waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Отключить');
  expect(await first.isVisible()).toBe(true);
  api.gone('main:1', 'over');
  await first.waitFor({ state: 'detached' });
  expect(await page.locator('html').getAttribute('data-calling')).toBe('false');
});

it('a click on a number makes the phone ring, once, and says how it went', async () => {
  const page = await manager();
  api.clicks.length = 0;
  await page.getByRole('button', { name: '+7 916 555-44-33' }).click();
  const menu = page.getByRole('button', { name: 'Позвонить через АТС' });
  await menu.dblclick();
  const card = callOf(page, 'Звонок на +7 916 555-44-33');
  await card.getByText('Звонит ваш телефон').waitFor();
  expect(api.clicks).toEqual([
    { requestId: expect.stringMatching(/^[\da-f-]{36}$/), number: '+7 916 555-44-33', userId: boris },
  ]);
  const { requestId = '', number = '' } = api.clicks[0] ?? {};
  api.tell('click', { requestId, number, state: 'client-rings' });
  await card.getByText('Звонит телефон клиента').waitFor();
  api.tell('click', { requestId, number, state: 'employee-rings' }); // told late: not shown
  api.tell('click', { requestId, number, state: 'ended', message: 'У клиента занято.', whatToDo: 'Позвоните позже.' });
  await card.getByText('У клиента занято.').waitFor();
  await card.getByText('Позвоните позже.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await card.getByRole('button', { name: 'Закрыть сообщение о звонке' }).click();
  await card.waitFor({ state: 'detached' });
});

it('a call that can not be placed is told with what to do; a lost answer is asked for again, not dialled again', async () => {
  const page = await manager('en');
  api.clicks.length = 0;
  const ring = async (number: string) => {
    await page.getByRole('button', { name: number }).click();
    await page.locator(`span:has(> [data-phone="${number}"])`).getByRole('button', { name: 'Call by the PBX' }).click();
  };
  api.refuseNext(409, { code: 'pbx-away', message: 'The PBX is away.', whatToDo: 'Try again in a minute.' });
  await ring('8 916 111-00-01');
  const refused = callOf(page, 'Call to 8 916 111-00-01');
  await refused.getByText('The PBX is away.').waitFor();
  await refused.getByText('Try again in a minute.').waitFor();
  api.loseNext();
  await ring('+7 916 555-44-33');
  await callOf(page, 'Call to +7 916 555-44-33').getByText('Your phone is ringing').waitFor();
  expect(api.clicks.map(({ number }) => number)).toEqual(['8 916 111-00-01', '+7 916 555-44-33']);
});

it('a stream that breaks or falls silent is opened anew by a new ticket; what is over by then is not shown', async () => {
  const page = await browser.person('about:blank');
  pages.push(page);
  await page.clock.install();
  await page.goto(`${amocrm.url}/contacts/?user=${boris}`);
  await api.listened();
  const before = api.ticketsGiven;
  api.call(call({ client: known() }));
  const card = callOf(page, 'Входящий: Пётр Ильин');
  await card.waitFor();
  api.breakStreams(true);
  await api.left();
  await page.clock.fastForward(1_000);
  await api.listened();
  api.call(call({ id: 'main:3', number: '+79031112200' }));
  await callOf(page, 'Входящий: +7 903 111-22-00').waitFor();
  await page.clock.fastForward(2_000);
  await card.waitFor({ state: 'detached' });
  expect(await callOf(page, 'Входящий: +7 903 111-22-00').isVisible()).toBe(true);
  await page.clock.fastForward(41_000); // nothing was heard
  await api.left();
  await page.clock.fastForward(1_000);
  await api.listened();
  expect(api.ticketsGiven).toBe(before + 2);
});

it('a line that is down is told, can be put aside, and is told again when it changes', async () => {
  const page = await manager();
  api.tell('line', { extension: '102', state: 'down', reason: 'АТС не отвечает.' });
  const note = page.getByRole('article', { name: 'Звонить сейчас нельзя.' });
  await note.getByText('АТС не отвечает.').waitFor();
  await note.getByRole('button').click();
  await note.waitFor({ state: 'hidden' });
  api.tell('line', { extension: '102', state: 'up' });
  api.tell('line', { extension: '102', state: 'down', reason: 'АТС не отвечает.' });
  await note.waitFor();
});

it('the settings tell whether all is ready and what to do, and the widget that is switched off leaves nothing', async () => {
  api.state = { ...api.state, isConnected: false, extension: null };
  const page = await manager('ru', '/settings/widgets/');
  await page.getByText('Этот аккаунт ещё не подключён к Ringflow.').waitFor();
  expect(await page.getByRole('link', { name: 'Открыть настройки Ringflow' }).getAttribute('href')).toBe(
    api.state.settingsUrl,
  );
  api.state = { ...api.state, isConnected: true, extension: '102' };
  await page.reload();
  await page.getByText('Ringflow подключён к этому аккаунту.').waitFor();
  for (const text of ['102', api.url, 'На связи: можно звонить.']) {
    await page
      .getByRole('definition')
      .getByText(text)
      .or(page.getByText(text, { exact: true }))
      .first()
      .waitFor();
  }
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Отключить' }).click();
  await page.getByRole('button', { name: 'Отключено' }).waitFor();
  await api.left();
  expect(await page.getByRole('region', { name: 'Звонки Ringflow' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Контакты' }).click();
  await page.getByRole('heading', { name: 'Контакты' }).waitFor();
  expect(await page.locator('html').getAttribute('data-listeners')).toBe('0');
  await fetch(`${amocrm.url}/sandbox/widget`, {
    ...{ method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"isInstalled":true}' },
  });
});

it('names that are written to be markup stay text, and what is no event is passed over', async () => {
  const page = await manager();
  const name = '<img src=x onerror="document.title=`taken`">';
  api.tell('call', { id: 'main:9' });
  api.tell('gone', 'nonsense');
  api.call(call({ client: { ...known(), entityId: 1, name, openLeadIds: [] } }));
  await callOf(page, `Входящий: ${name}`).getByRole('link', { name, exact: true }).waitFor();
  expect(await page.title()).toBe('amoCRM');
  expect(await page.locator('article:visible').count()).toBe(1);
});
