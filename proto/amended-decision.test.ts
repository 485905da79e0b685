import { amendedDecision } from './amended-decision.ts';
import type {
  CreateContact,
  CreateIncomingLead,
  CreateLead,
  CreateTask,
  EndDecision,
  RegisterCall,
} from './crm-action.ts';
import type { DecisionChange } from './decision-answer.ts';

const phone = '79161234567';
const registration: RegisterCall = {
  ...{ kind: 'register-call', effect: 'call', direction: 'inbound', phone, durationSeconds: 42, callStatus: 4 },
  ...{ callResult: 'Answered', uniq: 'u', responsible: 504141, startedAtSeconds: 1, attachTo: 'as-amocrm' },
};
const contact: CreateContact = { kind: 'create-contact', phone, name: 'Caller', responsibleUserId: 504141 };
const lead: CreateLead = { kind: 'create-lead', phone, name: 'Call', pipelineId: 1, statusId: 2, tags: ['a'], contact };
const task: CreateTask = { kind: 'create-task', phone, text: 'Call back', dueAtSeconds: 1_800_000_000 };
const nothing: EndDecision = { changes: [], hooks: [] };
const all: EndDecision = {
  ...{ registration, contact, lead, task, hooks: [{ kind: 'call-hook', effect: 'hook:crm:call_ended', hook: 'crm' }] },
  changes: [
    { kind: 'change', effect: 'change:client:call_ended', phone, target: 'client', tags: ['a'] },
    { kind: 'change', effect: 'change:lead:call_ended', phone, target: 'lead', tags: ['b'], responsibleUserId: 7 },
  ],
};
const incomingLead: CreateIncomingLead = { kind: 'create-incoming-lead', phone, name: 'Night call', tags: [] };
const incoming: EndDecision = { ...nothing, registration, incomingLead };
const clientTags = (tags: string[]) => ({ ...all.changes[0], tags });

it.each<[string, EndDecision, DecisionChange, Partial<EndDecision>]>([
  ['nothing', all, {}, {}],
  [
    'the responsible of the record',
    all,
    { registration: { responsible: 9 } },
    { registration: { ...registration, responsible: 9 } },
  ],
  [
    'its words and its place',
    all,
    { registration: { callResult: 'Complaint', attachTo: 'client' } },
    { registration: { ...registration, callResult: 'Complaint', attachTo: 'client' } },
  ],
  [
    'the contact, also the one that comes with a lead',
    all,
    { contact: { name: 'Anna' } },
    { contact: { ...contact, name: 'Anna' }, lead: { ...lead, contact: { ...contact, name: 'Anna' } } },
  ],
  ['the contact, to none', withoutLead(), { contact: null }, { contact: undefined as never }],
  [
    'the contact and the lead, to none',
    all,
    { contact: null, lead: null },
    { contact: undefined as never, lead: undefined as never },
  ],
  ['the incoming lead, to none, with the contact', incoming, { contact: null }, { incomingLead: undefined as never }],
  ['the incoming lead, to none, with the lead', incoming, { lead: null }, { incomingLead: undefined as never }],
  [
    'the client of an incoming lead',
    { ...incoming, contact },
    { contact: { name: 'Anna', responsibleUserId: 9 } },
    {
      contact: { ...contact, name: 'Anna', responsibleUserId: 9 },
      incomingLead: { ...incomingLead, name: 'Anna', responsibleUserId: 9 },
    },
  ],
  [
    'no contact, to one',
    nothing,
    { contact: { name: 'A' } },
    { contact: { kind: 'create-contact', phone, name: 'A' } },
  ],
  ['the lead', all, { lead: { name: 'VIP', tags: [] } }, { lead: { ...lead, name: 'VIP', tags: [] } }],
  ['its stage', all, { lead: { statusId: 3 } }, { lead: { ...lead, statusId: 3 } }],
  [
    'its pipeline, and with it the stage',
    all,
    { lead: { pipelineId: 5, statusId: 6 } },
    { lead: { ...lead, pipelineId: 5, statusId: 6 } },
  ],
  ['its pipeline, where its stage does not exist', all, { lead: { pipelineId: 5 } }, { lead: withoutStage() }],
  ['the lead, to none', all, { lead: null }, { lead: undefined as never }],
  [
    'no lead, to one',
    nothing,
    { lead: { name: 'New', responsibleUserId: 9 } },
    {
      lead: {
        ...{ kind: 'create-lead', phone, name: 'New', tags: [], responsibleUserId: 9 },
        contact: { kind: 'create-contact', phone, name: '+79161234567', responsibleUserId: 9 },
      },
    },
  ],
  ['the task', all, { task: { responsibleUserId: 9 } }, { task: { ...task, responsibleUserId: 9 } }],
  ['the task, to none', all, { task: null }, { task: undefined as never }],
  [
    'the task that would be done, to a new one',
    { ...nothing, task: { kind: 'complete-task', phone, resultText: 'Answered' } },
    { task: { text: 'Visit', dueAtSeconds: 1_800_000_001 } },
    { task: { kind: 'create-task', phone, text: 'Visit', dueAtSeconds: 1_800_000_001 } },
  ],
  [
    'tags',
    all,
    { changes: { client: { tags: ['x', 'x'] } } },
    { changes: [clientTags(['x']), all.changes[1]] as never },
  ],
  ['tags, to none', all, { changes: { client: { tags: [] } } }, { changes: all.changes.slice(1) }],
  [
    'tags, to none beside another change',
    all,
    { changes: { lead: { tags: [] } } },
    { changes: [all.changes[0], { ...all.changes[1], tags: [] }] as never },
  ],
  ['no tags, to some', nothing, { changes: { client: { tags: ['x'] } } }, { changes: [clientTags(['x'])] as never }],
])('a hook may change %s', (_, decision, change, expected) => {
  expect(amendedDecision(decision, change, phone)).toEqual({ decision: { ...decision, ...expected } });
});

function withoutLead(): EndDecision {
  const { lead: _, ...rest } = all;
  return rest;
}

function withoutStage(): CreateLead {
  const { statusId: _, ...rest } = lead;
  return { ...rest, pipelineId: 5 };
}

it.each<[string, DecisionChange, RegExp]>([
  ['a record that no rule asks for', { registration: { responsible: 9 } }, /registration: no rule asks/],
  ['a new contact without a name', { contact: { responsibleUserId: 9 } }, /contact: a new one needs a name/],
  ['a new lead without a name', { lead: { tags: [] } }, /lead: a new one needs a name/],
  ['a new task without a deadline', { task: { text: 'Visit' } }, /task: a new one needs text and dueAtSeconds/],
])('a hook may not want %s', (_, change, fault) => {
  expect(amendedDecision(nothing, change, phone)).toEqual({ faults: [expect.stringMatching(fault)] });
});

it('a hook may not want a lead without a contact for whoever has none', () => {
  expect(amendedDecision(all, { contact: null }, phone)).toEqual({
    faults: [expect.stringMatching(/contact: a lead comes with a contact.*let lead be null too/)],
  });
});
