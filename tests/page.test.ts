import { type Browser, chromium, type Page } from 'playwright-core';
import { newCall, play, split, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(120_000);

let house: Installation;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  house = await install();
  browser = await chromium.launch({
    executablePath: servers.chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  page = await browser.newPage({ locale: 'ru' });
  await Promise.all([house.startWorker(), house.startConnector()]);
  await page.goto(house.amocrm.url);
});
afterAll(async () => {
  await browser?.close();
  await house.remove();
});

const postToAmocrm = (path: string, item: object) =>
  fetch(`${house.amocrm.url}/api/v4/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.amocrm.token}`, 'content-type': 'application/json' },
    body: JSON.stringify([item]),
  });

it('a person who watches the page sees the card while the phone rings, and the call in the history when it is over', async () => {
  const call = newCall('in-direct-answered');
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  await play(house, ringing);
  const card = page.getByTestId('card').filter({ hasText: 'Иван Петров' });
  await card.waitFor();
  expect(await card.textContent()).toContain('Анна Смирнова');
  expect(await page.getByTestId('call-row').count()).toBe(0);
  await play(house, rest);
  const row = page.locator(`[data-testid=call-row][data-uniq="${house.pbxId}:${call.linkedid}"]`);
  await row.waitFor();
  expect(await row.textContent()).toContain('0:03');
});

it('a name that is written to be markup stays text', async () => {
  const phone = strangersNumber();
  const name = '<img src=x onerror="document.title=`taken`"><b>"Bobby" O\'Tables</b>';
  await house.amocrm.addContact(phone, name);
  const call = newCall('in-caller-cancel', { clientNumber: phone });
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'HANGUP');
  await write(house, ringing);
  await page.getByTestId('card').filter({ hasText: name }).waitFor();
  await write(house, rest);
  await house.closed(call.linkedid);
  await page.getByTestId('call-row').filter({ hasText: name }).waitFor();
  expect(await page.title()).not.toBe('taken');
  expect(await page.locator('main b, #cards b').count()).toBe(0);
});

it('a task is shown until somebody presses that it is done, which completes it in amoCRM', async () => {
  const text = '<b>Перезвонить</b> Ивану';
  await postToAmocrm('tasks', { text, complete_till: 1_795_000_000, responsible_user_id: 504142 });
  const row = page.getByTestId('task-row').filter({ hasText: text });
  await row.waitFor();
  expect(await row.textContent()).toContain('Борис Волков');
  await row.getByRole('button', { name: 'Выполнена' }).click();
  await row.waitFor({ state: 'detached' });
  const { tasks } = await house.amocrm.state();
  expect(tasks.filter((task) => task.text === text)).toMatchObject([{ isCompleted: true, resultText: null }]);
});

it('an incoming lead is shown until somebody accepts it; then it is a lead that can be moved to another stage', async () => {
  const name = '<b>Звонок</b> незнакомца';
  const metadata = { phone: strangersNumber(), called_at: 1_795_000_000, duration: 0, service_code: 'x', uniq: name };
  const leads = [{ name, responsible_user_id: 504142 }];
  await postToAmocrm('leads/unsorted/sip', { source_uid: 's', source_name: 's', metadata, _embedded: { leads } });
  const incoming = page.getByTestId('incoming-row').filter({ hasText: name });
  await incoming.getByRole('button', { name: 'Принять' }).click();
  await incoming.waitFor({ state: 'detached' });
  const row = page.getByTestId('lead-row').filter({ hasText: name });
  await row.getByTestId('stage').selectOption({ label: 'Успешно реализовано' });
  await row.filter({ hasText: 'успешна' }).waitFor();
  const found = (await house.amocrm.state()).leads.filter((lead) => lead.name === name);
  expect(found).toMatchObject([{ statusId: 142, isOpen: false, isUnsorted: false }]);
});
