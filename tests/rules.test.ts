import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AccountSettings } from '../proto/account-settings.ts';
import type { Rule, RuleAction } from '../proto/rule.ts';
import { callWorkflowId, retrySignal, uncertainSignal } from '../workflows/call/contract.ts';
import { belongingsOf, callsOf, contactsOf, incomingLeadsOf, leadsOf } from './rig/belongings.ts';
import { newCall, split, strangersNumber, wholeCall, write } from './rig/calls.ts';
import { type Installation, installRunning } from './rig/installation.ts';
import type { Part } from './rig/part.ts';
import { contact, incomingLead, lead, register, rule, setRules } from './rig/rules.ts';

jest.setTimeout(120_000);

/** What the rules of the settings ask for exists in amoCRM, once. */

let house: Installation;
let worker: Part;

beforeAll(async () => {
  ({ house, worker } = await installRunning());
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const set = (rules: Rule[], changes: Partial<AccountSettings> = {}) => setRules(house, rules, changes);
const play = (scenario: string, clientNumber: string) => wholeCall(house, scenario, clientNumber);

it('a lead is made while the phone rings, and the call stands on it in the end', async () => {
  await set([rule([lead], { phase: 'requested', direction: ['inbound'] }), rule([register])]);
  const number = strangersNumber();
  const call = newCall('in-direct-answered', { clientNumber: number });
  const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
  await write(house, ringing);
  const state = await house.amocrm.until((now) => leadsOf(now, number).length > 0, 'the lead');
  expect(leadsOf(state, number)).toMatchObject([{ responsibleUserId: 504141, tags: ['call'] }]);
  await write(house, rest);
  await house.closed(call.linkedid);
  expect((await house.journal(call.linkedid))?.registration).toMatchObject({ entityType: 'leads' });
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 1, tasks: 0 });
});

it('five calls of one new number at once make one contact and one lead', async () => {
  await set([rule([lead, register])]);
  const number = strangersNumber();
  await Promise.all(Array.from({ length: 5 }, () => play('in-direct-answered', number)));
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 5, tasks: 0 });
});

it('calls of an unknown caller wait among the incoming leads until somebody accepts them', async () => {
  await set([rule([register, incomingLead, contact])]);
  const number = strangersNumber();
  const first = await play('in-direct-answered', number);
  await play('in-direct-no-answer', number);
  const state = await house.amocrm.state();
  const waiting = incomingLeadsOf(state, number);
  expect(waiting).toMatchObject([{ call: { uniq: `${house.pbxId}:${first}` } }]);
  expect(callsOf(state, number)).toHaveLength(1);
  expect((await house.journal(first))?.registration).toMatchObject({ state: 'registered', noteId: null });
  await house.amocrm.acceptUnsorted(waiting[0]?.uid ?? '');
  await play('in-direct-answered', number);
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 3, tasks: 0 });
});

it('known and unknown clients may be treated differently', async () => {
  await set([
    rule([{ do: 'add-tags', tags: ['known'], to: 'client' }, register], { clientKnown: true }),
    rule([register, contact, { do: 'add-tags', tags: ['new'], to: 'client' }], { clientKnown: false }),
  ]);
  const [regular, stranger] = [strangersNumber(), strangersNumber()];
  await house.amocrm.addContact(regular);
  await Promise.all([play('in-direct-answered', regular), play('in-direct-answered', stranger)]);
  const state = await house.amocrm.state();
  expect(contactsOf(state, regular)).toMatchObject([{ tags: ['known'] }]);
  expect(contactsOf(state, stranger)).toMatchObject([{ tags: ['new'], name: `Caller +7${stranger}` }]);
});

it("a client's own manager gets what is made for them, and whoever is set to get the lead does", async () => {
  await set([
    rule([
      { ...lead, responsible: ['clients-own', 'first-rung'] },
      { do: 'set-responsible', responsible: [{ userId: 504142 }], of: 'lead' },
      { do: 'register-call', responsible: ['clients-own'], attachTo: 'client' },
    ]),
  ]);
  const number = strangersNumber();
  await house.amocrm.addContact(number, undefined, 504143);
  await play('in-direct-answered', number);
  const state = await house.amocrm.state();
  expect(callsOf(state, number)).toMatchObject([{ responsibleUserId: 504143, entityType: 'contact' }]);
  expect(leadsOf(state, number)).toMatchObject([{ responsibleUserId: 504142 }]);
});

it('what amoCRM refuses beside the call does not hold it up, and is told', async () => {
  await set([rule([{ ...lead, pipelineId: 999_999 }, register, contact])]);
  const number = strangersNumber();
  const linkedid = await play('in-direct-answered', number);
  expect((await house.journal(linkedid))?.registration).toMatchObject({
    state: 'registered',
    troubles: [expect.stringMatching(/Lead .*in pipeline 999999.*pipeline_id.*still exist.*rules that name them/)],
  });
  expect(await house.details(linkedid)).toContain('pipeline_id');
});

it('a client whose phone the account has no field for gets their call, and what to do is told', async () => {
  await house.amocrm.setPhoneField(false);
  for (const rules of [[rule([register, contact])], [rule([lead, register])]]) {
    await set(rules);
    const linkedid = await play('in-direct-answered', strangersNumber());
    expect((await house.journal(linkedid))?.registration).toMatchObject({
      state: 'registered',
      troubles: [expect.stringMatching(/has no phone.*add the field Phone/)],
    });
  }
  await house.amocrm.setPhoneField(true);
});

it('the brake keeps robots from filling the account, and says so', async () => {
  await set([rule([register, contact])], { mostNewPerHour: 1 });
  const numbers = [strangersNumber(), strangersNumber()];
  const linkedids = await Promise.all(numbers.map((number) => play('rg-second-answers', number)));
  const registrations = await Promise.all(
    linkedids.map(async (linkedid) => (await house.journal(linkedid))?.registration),
  );
  expect(registrations.map((one) => one?.state).toSorted()).toEqual(['not-sent', 'registered']);
  expect(registrations).toContainEqual({ state: 'not-sent', reason: expect.stringContaining('A limit was reached') });
  expect(worker.log()).toContain('More than 1 new contacts');

  await set([rule([lead, register])], { mostNewPerHour: 1 });
  const held = await play('rg-second-answers', strangersNumber());
  expect((await house.journal(held))?.registration).toEqual({
    state: 'not-sent',
    reason: expect.stringContaining('the lead that a rule asks for was not made'),
    troubles: [expect.stringContaining('A limit was reached')],
  });
});

describe('a hook', () => {
  let server: Server;
  const heard: { key: unknown; body: { call: { externalNumber: string; result: string | null } } }[] = [];
  let answers: number[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      heard.push({ key: request.headers['idempotency-key'], body: JSON.parse(await text(request)) });
      response.writeHead(answers.shift() ?? 204).end('<html>nonsense');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void heard.splice(0));
  afterAll(() => void server.close());

  const hooks = () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calls`;
    return [{ id: 'crm', name: 'Our CRM', url, timeoutMs: 1_000 }];
  };
  const tell: RuleAction = { do: 'call-hook', hook: 'crm' };

  it('hears of the call at the moments that the rules name, also when it stumbles once', async () => {
    answers = [503];
    await set([rule([tell], { phase: 'accepted' }), rule([tell, register, contact])], { hooks: hooks() });
    const number = strangersNumber();
    const linkedid = await play('in-direct-answered', number);
    expect(heard.map(({ body }) => body.call.externalNumber)).toEqual(Array(3).fill(`7${number}`));
    const { events } = await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).fetchHistory();
    const asked = events?.map(({ activityTaskScheduledEventAttributes: attributes }) => attributes);
    const { retryPolicy, scheduleToCloseTimeout } = asked?.find((one) => one?.activityType?.name === 'callHook') ?? {};
    const [attempts, seconds] = [Number(retryPolicy?.maximumAttempts), Number(scheduleToCloseTimeout?.seconds)];
    expect({ attempts, seconds }).toEqual({ attempts: 0, seconds: 600 }); // as often as fits into ten minutes
    expect(new Set(heard.map(({ key }) => key)).size).toBe(2);
    expect(heard.at(-1)?.body.call.result).toBe('answered');
  });

  it('that refuses is told beside the record of the call', async () => {
    answers = [404];
    await set([rule([tell, register, contact])], { hooks: hooks() });
    const linkedid = await play('in-direct-answered', strangersNumber());
    expect((await house.journal(linkedid))?.registration).toMatchObject({
      state: 'registered',
      troubles: [expect.stringContaining('"Our CRM" answered 404')],
    });
  });
});

it('a call of unknown fate that amoCRM does not let us look for waits for a person, who decides', async () => {
  await set([rule([register, contact])]);
  const number = strangersNumber();
  await house.amocrm.addContact(number);
  await play('in-direct-answered', number);
  await house.amocrm.fault({ match: 'POST /api/v4/contacts/notes', kind: 'cut-after' });
  await house.amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'status', status: 403, times: 1000 });
  const call = newCall('in-direct-answered', { clientNumber: number });
  await write(house, call.rows);
  await worker.said(/It is not certain whether the call stands in amoCRM/);
  const handle = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid));
  await house.shows(call.linkedid, /not certain.*it-stands/s);
  await handle.signal(retrySignal);
  await handle.signal(uncertainSignal, 'it-stands');
  await house.closed(call.linkedid);
  expect(callsOf(await house.amocrm.state(), number)).toHaveLength(2);
  expect((await house.journal(call.linkedid))?.registration).toEqual({
    ...{ state: 'registered', noteId: null, entityType: null, entityId: null },
  });
});
