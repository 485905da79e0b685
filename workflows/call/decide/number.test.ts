import type { Calendar } from '../../../proto/calendar.ts';
import type { Call } from '../../../proto/call.ts';
import type { CreateLead } from '../../../proto/crm-action.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { defaultRules } from '../../../proto/default-rules.ts';
import type { OurNumber, OurNumbers } from '../../../proto/our-number.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../proto/rule.ts';
import { answered, missed } from '../../../tests/recorded/sample-calls.ts';
import type { Case } from './case.ts';
import { decideEnd } from './decide.ts';
import { fits } from './matching.ts';
import { responsibleExtension, responsibleUser } from './responsible.ts';

const always = (id: string, hours: Calendar['week'][number]): Calendar => ({
  ...{ id, name: id, timezone: 'Europe/Moscow', week: Array(7).fill(hours), days: {} },
});
const advertising: OurNumber = {
  ...{ name: 'Advertising', pipelineId: 1, statusId: 2, source: 'ads', tags: ['ads'], responsibleUserId: 8 },
  calendar: 'round-the-clock',
};
const numbers: OurNumbers = { '74951230001': advertising, mtt: { name: 'Line of MTT', calendar: 'never' } };

const caseOf = (call: Call, rules: readonly Rule[] = defaultRules): Case => ({
  call,
  about: { client: null, lists: [] },
  settings: {
    ...{ accountId: 'acme.amocrm.ru', pbx: defaultPbx('main', 'Europe/Moscow'), language: 'en' },
    employees: { '101': 504141, '102': 504142 },
    rules: [...rules],
    calendars: [always('round-the-clock', [{ from: '00:00', to: '24:00' }]), always('never', [])],
    numbers,
  },
});
const rule = (action: RuleAction, when: Partial<RuleCondition> = {}): Rule => ({
  ...{ id: 'a', name: 'A', enabled: true, actions: [action] },
  when: { phase: 'call_ended', ...when },
});
const otherDid: Call = { ...missed, did: '74951230002' };
const unknownNumber: Call = { ...otherDid, trunk: 'mango' };

const ofNumber = { pipelineId: 1, statusId: 2, source: 'ads', tags: ['ads'] };

it.each<[string, Call, Partial<OurNumber>, Partial<OurNumber>]>([
  ['all of the number', missed, {}, ofNumber],
  ['its own tags and the rest of the number', missed, { tags: ['own'] }, { ...ofNumber, tags: ['own'] }],
  ['the tags of the number where it has none', missed, { tags: [] }, ofNumber],
  ['its own source', missed, { source: 'own' }, { ...ofNumber, source: 'own' }],
  [
    'its own pipeline, without the stage of another',
    missed,
    { pipelineId: 5 },
    { pipelineId: 5, source: 'ads', tags: ['ads'] },
  ],
  ['its own stage', missed, { pipelineId: 5, statusId: 6 }, { ...ofNumber, pipelineId: 5, statusId: 6 }],
  ['the stage of the number in the same pipeline', missed, { pipelineId: 1 }, ofNumber],
  ['nothing, of a number that says nothing', otherDid, {}, { tags: [] }],
  ['nothing, of an unknown number', unknownNumber, {}, { tags: [] }],
])('a lead has %s', (_, call, own, expected) => {
  const action = { do: 'create-lead' as const, responsible: [], name: '{{phone}}', ...own };
  const { kind, phone, name, contact, ...place } = decideEnd(caseOf(call, [rule(action)])).lead as CreateLead;
  expect(place).toEqual(expected);
});

it('an incoming lead stands in the pipeline of the number, with its tags', () => {
  const incoming = rule({ do: 'create-incoming-lead', responsible: ['by-number'], name: '{{numberName}}' });
  expect(decideEnd(caseOf(missed, [incoming])).incomingLead).toMatchObject({
    ...{ name: 'Advertising', pipelineId: 1, tags: ['ads'], responsibleUserId: 8 },
  });
  expect(decideEnd(caseOf(otherDid, [incoming])).incomingLead).toMatchObject({ name: 'Line of MTT', tags: [] });
});

it.each<[string, Call, string | undefined, number | undefined]>([
  ['is known by its DID', missed, undefined, 8],
  ['says nothing of whom', otherDid, undefined, undefined],
  ['is not known', unknownNumber, undefined, undefined],
  ['is one of those that objects have anyway', { ...missed, did: '__proto__', trunk: null }, undefined, undefined],
])('by-number means nobody of ours by the call, and the user of the number that %s', (_, call, extension, userId) => {
  expect(responsibleExtension(['by-number'], call)).toBe(extension);
  expect(responsibleUser(['by-number'], caseOf(call))).toBe(userId);
});

it('whoever talked goes before whose number it is, in the default rules', () => {
  expect(decideEnd(caseOf(answered)).registration?.responsible).toBe(504142);
  const nobodyRang: Call = { ...missed, conversations: [], rang: [], firstRinging: [] };
  expect(decideEnd(caseOf(nobodyRang)).registration?.responsible).toBe(8);
  expect(decideEnd(caseOf(nobodyRang)).task).toMatchObject({ responsibleUserId: 8 });
});

it.each<[string, Call, boolean, boolean]>([
  ['open', missed, true, false],
  ['closed', otherDid, false, true],
  ['unknown', unknownNumber, false, false],
])("a rule on the number's hours knows that they are %s", (_, call, whenOpen, whenClosed) => {
  expect(fits({ phase: 'call_ended', hours: 'open' }, caseOf(call))).toBe(whenOpen);
  expect(fits({ phase: 'call_ended', hours: 'closed' }, caseOf(call))).toBe(whenClosed);
});

it('where no number says anything all is as before', () => {
  const { settings, ...of } = caseOf(missed, [rule({ do: 'create-lead', responsible: [], name: '{{phone}}' })]);
  const { numbers: _, ...before } = settings;
  expect(decideEnd({ ...of, settings: before }).lead).toEqual({
    ...{ kind: 'create-lead', phone: '79161234567', name: '+79161234567', tags: [] },
    contact: { kind: 'create-contact', phone: '79161234567', name: '+79161234567' },
  });
});
