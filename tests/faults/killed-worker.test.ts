import type { RuleAction, RuleCondition } from '../../proto/rule.ts';
import type { AmocrmState } from '../rig/amocrm.ts';
import { belongingsOf, callsOf, contactsOf, incomingLeadsOf, leadsOf, tasksOf } from '../rig/belongings.ts';
import { newCall, strangersNumber, wholeCall, write } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import { incomingLead, lead, register, rule, setRules, task } from '../rig/rules.ts';

jest.setTimeout(180_000);

/**
 * kill -9 of the worker while amoCRM, which has carried it out, answers about everything that can be asked of it: each
 * for a client of its own, and all at one moment.
 */

let house: Installation;

const [seller, colleague] = [504142, 504143];
const [firstStage, talks] = [8000110, 8000120];
const toSeller = (of: 'client' | 'lead'): RuleAction => {
  return { do: 'set-responsible', responsible: [{ userId: seller }], of };
};
const regular = (number: string) => house.amocrm.addContact(number);
async function buyer(number: string): Promise<void> {
  const contactId = await regular(number);
  await house.amocrm.addLead({ name: `Windows for ${number}`, contactIds: [contactId] });
}

interface Step {
  /** The request whose answer does not arrive. */
  match: string;
  actions: RuleAction[];
  when?: Partial<RuleCondition>;
  scenario?: string;
  /** What has been before the call. */
  before?(number: string): Promise<unknown>;
  isThere(state: AmocrmState, number: string): boolean;
  /** What a person does in amoCRM while no worker runs. */
  meanwhile?(state: AmocrmState, number: string): Promise<void>;
}

const steps: Record<string, Step> = {
  contact: {
    match: 'POST /api/v4/contacts',
    actions: [lead, register],
    isThere: (state, number) => contactsOf(state, number).length > 0,
  },
  lead: {
    match: 'POST /api/v4/leads',
    actions: [lead, register],
    before: regular,
    isThere: (state, number) => leadsOf(state, number).length > 0,
  },
  record: {
    match: 'POST /api/v4/leads/notes',
    actions: [register],
    before: async (number) => {
      await buyer(number);
      await wholeCall(house, 'in-direct-answered', number); // the next one is noted where this one stands
    },
    isThere: (state, number) => callsOf(state, number).length > 1,
  },
  incoming: {
    match: 'POST /api/v4/leads/unsorted/sip',
    actions: [register, incomingLead],
    isThere: (state, number) => incomingLeadsOf(state, number).length > 0,
  },
  client: {
    match: 'PATCH /api/v4/contacts',
    actions: [register, { do: 'add-tags', tags: ['vip'], to: 'client' }, toSeller('client')],
    before: regular,
    isThere: (state, number) => contactsOf(state, number).some(({ tags }) => tags.includes('vip')),
    async meanwhile(state, number) {
      for (const { id } of contactsOf(state, number)) {
        await house.amocrm.changeClient(id, { responsibleUserId: colleague });
      }
    },
  },
  stage: {
    match: 'PATCH /api/v4/leads',
    actions: [
      register,
      { do: 'change-status', pipelineId: 8000100, statusId: talks },
      { do: 'add-tags', tags: ['called'], to: 'lead' },
      toSeller('lead'),
    ],
    before: buyer,
    isThere: (state, number) => leadsOf(state, number).some(({ statusId }) => statusId === talks),
    async meanwhile(state, number) {
      for (const { id } of leadsOf(state, number)) await house.amocrm.changeLead(id, { statusId: firstStage });
    },
  },
  task: {
    match: 'POST /api/v4/tasks',
    actions: [register, task],
    scenario: 'in-direct-no-answer',
    before: regular,
    isThere: (state, number) => tasksOf(state, number).length > 0,
  },
  closing: {
    match: 'PATCH /api/v4/tasks/*',
    actions: [register, { do: 'complete-task' }],
    when: { result: ['answered'] },
    before: async (number) => {
      await regular(number);
      await wholeCall(house, 'in-direct-no-answer', number);
    },
    isThere: (state, number) => tasksOf(state, number).some(({ isCompleted }) => isCompleted),
  },
};

const numbers = Object.fromEntries(Object.keys(steps).map((name) => [name, strangersNumber()]));
const linkedids: Record<string, string> = {};

beforeAll(async () => {
  const running = await installRunning();
  ({ house } = running);
  const { amocrm } = house;
  const numberLists = Object.entries(numbers).map(([id, number]) => ({ id, name: id, numbers: [`7${number}`] }));
  const ofSteps = Object.entries(steps).map(([id, { actions, when }]) => rule(actions, { inLists: [id], ...when }));
  const missed = rule([register, task], { inLists: ['closing'], result: ['missed'] });
  await setRules(house, [missed, ...ofSteps], { numberLists });

  const each = (act: (step: Step, number: string, name: string) => Promise<unknown> | undefined) =>
    Promise.all(Object.entries(steps).map(([name, step]) => act(step, numbers[name] as string, name)));
  await each((step, number) => step.before?.(number));
  await each(({ match }) => amocrm.fault({ match, kind: 'hang-after' }));
  await each(async ({ scenario = 'in-direct-answered' }, clientNumber, name) => {
    const call = newCall(scenario, { clientNumber });
    linkedids[name] = call.linkedid;
    await write(house, call.rows);
  });
  await each(({ isThere }, number, name) => amocrm.until((state) => isThere(state, number), name));
  await running.worker.kill();
  const killedAtMs = Date.now();
  // amoCRM tells times in seconds: only by them can what a person does be known to come later
  const state = await amocrm.until(() => Date.now() > killedAtMs + 4_000, 'a later second');
  await each((step, number) => step.meanwhile?.(state, number));
  await house.startWorker();
});
afterAll(() => house.remove());

const finished = async (name: string) => {
  const number = numbers[name] as string;
  await house.closed(linkedids[name] as string);
  return { number, state: await house.amocrm.state(), belongings: await belongingsOf(house, number) };
};

it.each([
  ['a contact', 'contact', { contacts: 1, leads: 1, calls: 1, tasks: 0 }],
  ['a lead', 'lead', { contacts: 1, leads: 1, calls: 1, tasks: 0 }],
  ['the record of a call', 'record', { contacts: 1, leads: 1, calls: 2, tasks: 0 }],
  ['a task', 'task', { contacts: 1, leads: 0, calls: 1, tasks: 1 }],
])('%s is made once', async (_, name, expected) => {
  expect((await finished(name)).belongings).toEqual(expected);
});

it('a call is not told again and again that it waits', async () => {
  await finished('contact');
  expect((await house.waits(linkedids.contact as string)).length).toBeLessThan(6);
});

it('an incoming lead comes once, and with it the call', async () => {
  const { state, number, belongings } = await finished('incoming');
  expect(incomingLeadsOf(state, number)).toMatchObject([{ call: { uniq: `${house.pbxId}:${linkedids.incoming}` } }]);
  expect(belongings.calls).toBe(0);
});

it('tags and the responsible user of a client are changed once: what a person makes of it stays', async () => {
  const { state, number } = await finished('client');
  expect(contactsOf(state, number)).toMatchObject([{ tags: ['vip'], responsibleUserId: colleague }]);
});

it('stage, tags and the responsible user of a lead are changed once: what a person makes of it stays', async () => {
  const { state, number } = await finished('stage');
  const expected = { statusId: firstStage, tags: ['called'], responsibleUserId: seller };
  expect(leadsOf(state, number)).toMatchObject([expected]);
});

it('a task is closed once', async () => {
  const { state, number } = await finished('closing');
  expect(tasksOf(state, number)).toMatchObject([{ isCompleted: true, resultText: expect.stringMatching(/\S/) }]);
  const closings = state.requests.filter(({ method, path }) => method === 'PATCH' && /\/tasks\/\d+$/.test(path));
  expect(closings).toHaveLength(1);
});
