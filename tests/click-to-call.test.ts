import { randomUUID } from 'node:crypto';
import type { CallingSettings } from '../proto/calling/settings.ts';
import { untouchedSettings } from '../proto/untouched-settings.ts';
import { type ClickingHouse, installClicking } from './rig/clicking.ts';
import type { Installation } from './rig/installation.ts';
import type { Part } from './rig/part.ts';
import type { Pbx } from './rig/pbx.ts';
import { saveSettings } from './rig/settings.ts';
import { startMuteWay } from './rig/slow-way.ts';
import { click, openPage, type WidgetHome, type WidgetPage } from './rig/widget-visitor.ts';

jest.setTimeout(60_000);

/** A click in amoCRM on a real PBX, with real phones. */

const anna = 504141; // 101
const victoria = 504143; // 103
const number = '+7 916 123-45-67';

let clicking: ClickingHouse;
let pbx: Pbx;
let house: Installation;
/** From the connector to AMI. */
let way: Awaited<ReturnType<typeof startMuteWay>>;
let connector: Part;
let worker: Part;
let home: WidgetHome;
let page: WidgetPage;

beforeAll(async () => {
  clicking = await installClicking({ limits: { trunkSeconds: 5 } });
  ({ house, pbx, home } = clicking);
  way = await startMuteWay(`tcp://127.0.0.1:${pbx.ami.port}`);
  const ami = { PBX_AMI_PORT: new URL(way.url).port };
  [connector, worker] = await Promise.all([house.startConnector(ami), house.startWorker(ami), house.startApi(ami)]);
  await set({});
  page = await openPage(home, anna);
  await page.until(() => page.line?.state === 'up');
});
afterAll(async () => {
  page?.close();
  way?.close();
  await clicking?.remove();
});

/** More clicks in a minute than people do. */
const set = (calling: CallingSettings) =>
  saveSettings(house.store.pool, house.accountId, {
    ...untouchedSettings('ru'),
    calling: { mostPerMinute: 100, ...calling },
  });

/** Waits until whoever clicked has been told so. */
async function told(requestId: string, ...states: string[]): Promise<void> {
  const seen = () => page.clicks.filter((one) => one.requestId === requestId).map(({ state }) => state);
  await page.until(() => states.every((state) => seen().includes(state as never)));
}
const messageOf = (requestId: string) => page.clicks.findLast((one) => one.requestId === requestId)?.message;

async function clickOn(text: string = number): Promise<string> {
  const { status, body } = await click(home, anna, text);
  expect([status, body.state]).toEqual([202, 'employee-rings']);
  return body.requestId;
}

it('rings the phone of whoever clicked, then the client, and the call is registered as theirs', async () => {
  const requestId = await clickOn();
  const rings = await pbx.phone('101').nextCall();
  expect(rings.from.number).toBe('79161234567');
  await rings.answer();
  const client = await pbx.trunk.nextCall();
  expect(client.dialled).toBe('89161234567');
  await told(requestId, 'employee-rings', 'client-rings');
  await client.answer();
  await client.hears(rings);
  await told(requestId, 'talking');
  await client.hangUp();
  const { calls } = await house.amocrm.until(({ calls }) => calls.length > 0, 'the call');
  expect(calls).toMatchObject([{ direction: 'outbound', phone: '+79161234567', responsible: anna }]);
});

it('is one call for two clicks within seconds, in whatever windows, and stays one when they are sent again', async () => {
  const before = pbx.phone('101').calls.length;
  const requests = [1, 2, 3].map(() => randomUUID());
  const send = () => Promise.all(requests.map((id) => click(home, anna, '8 495 123-45-00', id)));
  const answers = await send();
  expect(new Set(answers.map(({ body }) => body.requestId)).size).toBe(1);
  const rings = await pbx.phone('101').nextCall();
  await rings.reject();
  await told(answers[0]?.body.requestId, 'ended');
  const again = await send();
  expect(again.map(({ body }) => body.requestId)).toEqual(answers.map(({ body }) => body.requestId));
  expect(pbx.phone('101').calls.length - before).toBe(1);
});

describe('says to whoever clicked', () => {
  it.each([
    [486, 'Your phone is busy or has declined'],
    [603, 'Your phone is busy or has declined'],
    [480, 'Your phone is not reachable'],
    [404, 'Your phone is not reachable'],
    [503, 'Your phone is not reachable'],
  ])('what their phone says by %i: %s', async (code, message) => {
    const requestId = await clickOn(`8 495 123-5${code}`);
    await (await pbx.phone('101').nextCall()).reject(code);
    await told(requestId, 'ended');
    expect(messageOf(requestId)).toBe(message);
  });

  it('that they did not pick up', async () => {
    await set({ pbxs: { [house.pbxId]: { ringSeconds: 5, autoAnswer: 'call-info' } } });
    const requestId = await clickOn('8 495 123-45-02');
    const rings = await pbx.phone('101').nextCall();
    expect(rings.header('Call-Info')).toEqual(['<sip:ringflow>;answer-after=0']);
    await rings.ended;
    await told(requestId, 'ended');
    expect(messageOf(requestId)).toBe('You did not pick up');
  });

  it.each([
    ['is busy', 486, 'The client is busy'],
    ['can not be reached', 404, 'The number can not be reached'],
  ])('that the client %s', async (_, code, message) => {
    const requestId = await clickOn(`8 495 123-4${code}`);
    await (await pbx.phone('101').nextCall()).answer();
    await (await pbx.trunk.nextCall()).reject(code);
    await told(requestId, 'ended'); // perhaps at once: an answer of the trunk is quicker than a reader of rows
    expect(messageOf(requestId)).toBe(message);
  });

  it('that the client does not answer', async () => {
    const requestId = await clickOn('8 495 123-45-03');
    await (await pbx.phone('101').nextCall()).answer();
    await (await pbx.trunk.nextCall()).ended;
    await told(requestId, 'ended');
    expect(messageOf(requestId)).toBe('The client did not answer');
  });

  it('that their phone is not reachable', async () => {
    await pbx.phone('102').close();
    const boris = await openPage(home, 504142);
    const { body } = await click(home, 504142, number);
    await boris.until(() =>
      boris.clicks.some(({ requestId, state }) => requestId === body.requestId && state === 'ended'),
    );
    expect(boris.clicks.at(-1)?.message).toBe('Your phone is not reachable');
    boris.close();
  });
});

it('is told of by the rows where AMI goes mute in the middle', async () => {
  way.shut();
  const requestId = await clickOn('8 495 123-45-20');
  await (await pbx.phone('101').nextCall()).reject();
  await told(requestId, 'ended');
  expect(messageOf(requestId)).toBe('Your phone is busy or has declined');
});

it('rings nobody later when the PBX could not be reached; what was asked for before is told by the next connector', async () => {
  await set({});
  const before = pbx.phone('101').calls.length;
  const requestId = randomUUID();
  const answering = click(home, anna, '8 495 123-45-21', requestId); // AMI is mute still
  const rings = await pbx.phone('101').nextCall();
  await connector.kill();
  const late = await click(home, anna, '8 495 123-45-09');
  expect([late.status, late.body.code]).toEqual([409, 'pbx-away']);
  way.open();
  connector = await house.startConnector();
  expect(await answering).toMatchObject({ status: 202, body: { requestId } });
  await told(requestId, 'employee-rings');
  await rings.answer();
  await told(requestId, 'client-rings');
  await (await pbx.trunk.nextCall()).reject();
  await told(requestId, 'ended');
  const next = await clickOn('8 495 123-45-10'); // what is sent later rings
  const ringsNext = await pbx.phone('101').nextCall();
  expect(ringsNext.from.number).toBe('74951234510');
  expect(pbx.phone('101').calls.length - before).toBe(2);
  await ringsNext.reject();
  await told(next, 'ended');
});

it.each([
  ['8 495 123-5480', 'Сотрудник не снял трубку, клиенту не звонили', 6],
  ['8 495 123-45-02', 'Сотрудник не снял трубку, клиенту не звонили', 6],
  ['8 495 123-4486', 'Занято', 7],
  ['8 495 123-4404', 'Не удалось соединить', 5],
  ['8 495 123-45-03', 'Нет ответа', 6],
])('stands in amoCRM as it came out: %s, %s', async (number, result, callStatus) => {
  const phone = `+7${number.replace(/\D/g, '').slice(1)}`;
  const isOfThem = (one: { phone: string }) => one.phone === phone;
  const { calls } = await house.amocrm.until((state) => state.calls.some(isOfThem), `the call of ${phone}`);
  const callResult = expect.stringContaining(`${result}, внутр. 101`);
  expect(calls.filter(isOfThem)).toMatchObject([{ direction: 'outbound', responsible: anna, callStatus, callResult }]);
});

it('rings once although the worker dies while the phone rings, and goes on', async () => {
  const before = pbx.phone('101').calls.length;
  const requestId = await clickOn('8 495 123-45-11');
  const rings = await pbx.phone('101').nextCall();
  await worker.kill();
  await rings.answer();
  const client = await pbx.trunk.nextCall();
  await client.answer();
  worker = await house.startWorker();
  await told(requestId, 'talking');
  await client.hangUp();
  expect(pbx.phone('101').calls.length - before).toBe(1);
});

it('rings nobody later when no worker was there', async () => {
  await worker.kill();
  const before = pbx.phone('101').calls.length;
  const requestId = randomUUID();
  const answer = await click(home, anna, '8 495 123-45-14', requestId);
  expect([answer.status, answer.body.code]).toEqual([503, 'trouble']);
  worker = await house.startWorker();
  await told(requestId, 'failed');
  expect(messageOf(requestId)).toBe('It took too long to call');
  expect(pbx.phone('101').calls.length).toBe(before);
});

it('lets nothing but a number reach the PBX', async () => {
  const before = pbx.phone('101').calls.length;
  const hostile: [string, string][] = [
    ['89161234567\r\nAction: Originate\r\nChannel: PJSIP/102', 'not-a-number'],
    ['89161234567&PJSIP/103', 'not-a-number'],
    ['PJSIP/103', 'not-a-number'],
    ['Local/s@from-internal', 'not-a-number'],
    ['"89161234567" <101>', 'not-a-number'],
    ['$' + '{SHELL(id)}', 'not-a-number'],
    ['*72#', 'not-a-number'],
    ['101', 'not-a-number'],
    ['112', 'not-a-number'],
    ['8 809 505-12-34', 'premium-number'],
    ['+1 900 555 12 34', 'premium-number'],
    ['+53 7 123 45 67', 'country-not-allowed'],
    ['8'.repeat(199), 'not-a-number'],
  ];
  for (const [text, code] of hostile) {
    const answer = await click(home, anna, text);
    expect([text, answer.status, answer.body.code]).toEqual([text, 422, code]);
  }
  const tooLong = await click(home, anna, '8'.repeat(5_000));
  expect([tooLong.status, tooLong.body.code]).toEqual([400, 'bad-request']);
  expect(pbx.phone('101').calls.length).toBe(before);
});

it('does not let an employee call without an end', async () => {
  await set({ mostPerMinute: 1 });
  const [rings] = await Promise.all([pbx.phone('103').nextCall(), click(home, victoria, '8 495 123-45-12')]);
  await rings.reject();
  const answer = await click(home, victoria, '8 495 123-45-13');
  expect([answer.status, answer.body.code]).toEqual([429, 'too-many-calls']);
});
