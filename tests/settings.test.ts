import type { AccountSettings } from '../proto/account-settings.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { runRingflow } from './rig/ringflow.ts';

jest.setTimeout(120_000);

let house: Installation;

beforeAll(async () => {
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => house.remove());

/** Runs `bin/ringflow settings` as a person does. */
const settings = (direction: 'import' | 'export', input = '') =>
  runRingflow(house.environment, ['settings', direction, '-'], input);

const exported = async (): Promise<AccountSettings> => JSON.parse((await settings('export')).output);

async function importSettings(changed: AccountSettings): Promise<void> {
  const answer = await settings('import', JSON.stringify(changed));
  expect(answer).toMatchObject({ code: 0, errors: expect.stringContaining('holds from the next call on') });
}

async function registrationOf(scenario: string, clientNumber: string) {
  const call = newCall(scenario, { clientNumber });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  return (await house.journal(call.linkedid))?.registration;
}

it('an installation that nobody has set anything in registers strangers with a contact', async () => {
  expect((await exported()).rules.map(({ id }) => id)).toEqual([
    'card-while-ringing',
    'register-calls',
    'task-for-missed',
    'task-done-by-talk',
  ]);
  expect(await registrationOf('out-answered', strangersNumber())).toMatchObject({ state: 'registered' });
});

it('an imported file holds from the next call on, and what was exported brings the old way back', async () => {
  const before = await exported();
  const [, register] = before.rules;
  const spammer = strangersNumber();
  await importSettings({
    ...before,
    numberLists: [{ id: 'spam', name: 'Spam', numbers: [`7${spammer}`] }],
    rules: [
      {
        id: 'known-clients-only',
        name: 'Only clients whom amoCRM knows',
        enabled: true,
        when: { phase: 'call_ended', notInLists: ['spam'] },
        actions: [{ do: 'register-call', responsible: [{ userId: 504145 }] }],
      },
    ],
  });
  const stranger = strangersNumber();
  expect(await registrationOf('out-answered', stranger)).toMatchObject({
    state: 'not-sent',
    reason: expect.stringContaining('does not know the number'),
  });
  expect(await registrationOf('in-direct-answered', spammer)).toMatchObject({
    state: 'not-sent',
    reason: expect.stringContaining('No rule'),
  });
  expect(await registrationOf('in-direct-answered', '9161234567')).toMatchObject({ state: 'registered' });
  const { calls, cards, contacts } = await house.amocrm.state();
  expect(calls.at(-1)).toMatchObject({ responsibleUserId: 504145 });
  expect(cards).toEqual([]);
  expect(contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(stranger)))).toEqual([]);
  await importSettings(before);
  expect(register).toBeDefined();
  expect(await registrationOf('out-answered', stranger)).toMatchObject({ state: 'registered' });
});

it('what is known of the PBX can be set: a mobile of an employee makes a call inside', async () => {
  const mobile = strangersNumber();
  await importSettings({ ...(await exported()), pbxs: { [house.pbxId]: { mobiles: { [`7${mobile}`]: '107' } } } });
  expect(await registrationOf('in-direct-answered', mobile)).toMatchObject({
    state: 'not-sent',
    reason: expect.stringContaining('internal'),
  });
});

const ruleWith = (text: string) => ruleFor({}, { do: 'create-task', responsible: [], text, dueMinutes: 5 });

it.each<[string, string, RegExp]>([
  ['text that is no JSON', '{"rules": ', /no JSON/],
  ['a list', '[]', /was not imported/],
  [
    'a rule that asks for what does not exist',
    JSON.stringify({ ...ruleFor({ inLists: ['gold'] }) }),
    /number list gold/,
  ],
  [
    'a calendar that does not exist',
    JSON.stringify(ruleFor({ calendar: { id: 'office', is: 'open' } })),
    /calendar office/,
  ],
  ['a template with a field that does not exist', JSON.stringify(ruleWith('{{phnoe}}')), /phnoe.*no field/],
  ['an unknown field', JSON.stringify({ ...ruleFor({}), colour: 'red' }), /additional/],
])('%s is refused in words, and nothing changes', async (_, file, fault) => {
  const before = await exported();
  expect(await settings('import', file)).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(fault) });
  expect(await exported()).toEqual(before);
});

function ruleFor(when: object, action: object = { do: 'show-card' }): object {
  const rule = { id: 'a', name: 'A', enabled: true, when: { phase: 'call_ended', ...when }, actions: [action] };
  return { language: 'ru', employees: null, pbxs: {}, rules: [rule], calendars: [], numberLists: [] };
}
