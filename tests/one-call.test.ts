import { newCall, play, split, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { type Installation, install } from './rig/installation.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(120_000);

let house: Installation;
let worker: Part;
let connector: Part;

beforeAll(async () => {
  house = await install();
  [worker, connector] = await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const uniqOf = (call: TestCall) => `${house.pbxId}:${call.linkedid}`;
const isAnswer = (row: TestCall['rows'][number]['row']) => row.eventtype === 'ANSWER';

/** The call's records in amoCRM, once its actor has closed. */
async function recordsOf(call: TestCall) {
  await house.closed(call.linkedid);
  const { calls } = await house.amocrm.state();
  return calls.filter(({ uniq }) => uniq === uniqOf(call));
}

async function cardUsers(phone: string): Promise<number[]> {
  const { cards } = await house.amocrm.state();
  return cards.filter((card) => card.phone.endsWith(phone)).map((card) => card.userId);
}

describe('a call of a client whom amoCRM knows', () => {
  it('shows its card while the phone rings and is registered once, with who talked and how long', async () => {
    const call = newCall('in-direct-answered');
    const [ringing, rest] = split(call.rows, isAnswer);
    await play(house, ringing);
    await house.amocrm.until(({ cards }) => cards.some((card) => card.userId === 504141), 'the card');
    expect((await house.amocrm.state()).calls).toEqual([]);
    await play(house, rest);
    expect(await recordsOf(call)).toMatchObject([
      { direction: 'inbound', entityName: 'Иван Петров', duration: 3, callStatus: 4, responsibleUserId: 504141 },
    ]);
    expect(await cardUsers('9161234567')).toEqual([504141]);
  });

  it('of a ring group shows a card to everybody whose phone rings and belongs to who answered', async () => {
    const call = newCall('rg-second-answers');
    await play(house, call.rows);
    expect(await recordsOf(call)).toMatchObject([{ callStatus: 4, responsibleUserId: 504142, entityType: 'lead' }]);
    expect((await cardUsers('9161110001')).sort()).toEqual([504141, 504142, 504143]);
  });
});

describe('a call of a stranger', () => {
  it('makes one contact and stands with it', async () => {
    const number = strangersNumber();
    const call = newCall('in-caller-cancel', { clientNumber: number });
    await play(house, call.rows);
    expect(await recordsOf(call)).toMatchObject([{ callStatus: 6, duration: 0, phone: `+7${number}` }]);
    const { contacts } = await house.amocrm.state();
    expect(contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(number)))).toHaveLength(1);
  });

  it('makes one contact also when two calls of one number ring at the same time', async () => {
    const number = strangersNumber();
    const calls = ['in-caller-cancel', 'rg-second-answers'].map((name) => newCall(name, { clientNumber: number }));
    await Promise.all(calls.map((call) => write(house, call.rows)));
    for (const call of calls) expect(await recordsOf(call)).toHaveLength(1);
    const { contacts } = await house.amocrm.state();
    expect(contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(number)))).toHaveLength(1);
  });
});

it.each([
  ['out-answered', { direction: 'outbound', callStatus: 4, duration: 3 }],
  ['out-no-answer', { direction: 'outbound', callStatus: 6, duration: 0 }],
  ['out-cancelled', { direction: 'outbound', callStatus: 6, duration: 0 }],
  ['out-busy', { direction: 'outbound', callStatus: 7, duration: 0 }],
  ['rg-nobody', { direction: 'inbound', callStatus: 6, duration: 0 }],
  ['in-direct-no-answer', { direction: 'inbound', callStatus: 6, duration: 0 }],
])('%s is registered once, as what it was', async (scenario, expected) => {
  const call = newCall(scenario, { clientNumber: strangersNumber() });
  await write(house, call.rows);
  expect(await recordsOf(call)).toMatchObject([expected]);
});

it.each([
  ['anonymous', 'hidden'],
  ['internal-answered', 'internal'],
])('%s stands in the journal with the reason why amoCRM is not told', async (scenario, reason) => {
  const call = newCall(scenario);
  await write(house, call.rows);
  expect(await recordsOf(call)).toEqual([]);
  const entry = await house.journal(call.linkedid);
  expect(entry?.registration).toEqual({ state: 'not-sent', reason: expect.stringContaining(reason) });
});

describe('kill -9', () => {
  it('of the worker between card and end changes nothing: one card, one record', async () => {
    const number = strangersNumber();
    const call = newCall('in-direct-answered', { clientNumber: number });
    const [ringing, rest] = split(call.rows, isAnswer);
    await play(house, ringing);
    await house.amocrm.until(({ cards }) => cards.some((card) => card.phone.endsWith(number)), 'the card');
    await worker.kill();
    await play(house, rest);
    worker = await house.startWorker();
    expect(await recordsOf(call)).toMatchObject([{ duration: 3, callStatus: 4, responsibleUserId: 504141 }]);
    expect(await cardUsers(number)).toEqual([504141]);
  });

  it('of the worker between request and answer does not double the record', async () => {
    const call = newCall('in-direct-answered');
    await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'hang-after' });
    await write(house, call.rows);
    await house.amocrm.until(({ calls }) => calls.some(({ uniq }) => uniq === uniqOf(call)), 'the call');
    await worker.kill();
    worker = await house.startWorker();
    expect(await recordsOf(call)).toHaveLength(1);
  });

  it('of the connector in the middle of a call loses no row', async () => {
    const call = newCall('rg-second-answers', { clientNumber: strangersNumber() });
    const [ringing, rest] = split(call.rows, isAnswer);
    await play(house, ringing);
    await connector.kill();
    await play(house, rest);
    connector = await house.startConnector();
    expect(await recordsOf(call)).toMatchObject([{ duration: 3, callStatus: 4, responsibleUserId: 504142 }]);
  });
});

describe('amoCRM', () => {
  it.each([
    ['asks for patience (429)', { kind: 'status', status: 429, retryAfterSeconds: 1, times: 2 }],
    ['has trouble (500)', { kind: 'status', status: 500, times: 2 }],
    ['breaks off after it stored the call', { kind: 'cut-after' }],
    ['breaks off before it read the call', { kind: 'cut-before' }],
  ] as const)('%s: the call is registered once', async (_, fault) => {
    const call = newCall('in-direct-answered');
    await house.amocrm.fault({ match: 'POST /api/v4/calls', ...fault });
    await write(house, call.rows);
    expect(await recordsOf(call)).toHaveLength(1);
  });
});

it('keeps the token out of Temporal and out of the logs', async () => {
  const call = newCall('in-direct-answered');
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 500 });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  const everything = await everythingInTemporal(house.temporal);
  expect(everything).toContain('9161234567'); // stands in payloads alone
  expect(everything).toContain(call.linkedid);
  for (const text of [everything, worker.log(), connector.log()]) expect(text).not.toContain(house.amocrm.token);
});
