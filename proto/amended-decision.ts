import {
  type ChangeEntity,
  type CreateContact,
  type CreateIncomingLead,
  type CreateLead,
  type CreateTask,
  changeEffect,
  type EndDecision,
} from './crm-action.ts';
import type { DecisionChange } from './decision-answer.ts';
import { writtenPhone } from './phone.ts';
import type { Target } from './rule.ts';

/**
 * A decision with what a hook wants to be otherwise. The call's identity (phone, time, unique id) stays, and with it the
 * keys of the ledger.
 *
 * @param phone the client's
 * @returns or what the hook wants of something that was not decided and leaves open
 */
export function amendedDecision(
  decision: EndDecision,
  change: DecisionChange,
  phone: string,
): { decision: EndDecision } | { faults: string[] } {
  const faults = faultsOf(decision, change);
  if (faults.length > 0) return { faults };
  const { registration, contact: _, lead: __, task: ___, incomingLead: ____, ...rest } = decision;
  const incomingLead = amendedIncomingLead(decision, change);
  const contact = amendedContact(decision, change, phone);
  const lead = amendedLead(decision, change, contact, phone);
  const task = amendedTask(decision, change, phone);
  return {
    decision: {
      ...rest,
      ...(registration && { registration: { ...registration, ...change.registration } }),
      ...(contact && { contact }),
      ...(lead && { lead }),
      ...(task && { task }),
      ...(incomingLead && { incomingLead }),
      changes: amendedChanges(decision, change, phone),
    },
  };
}

function faultsOf(decision: EndDecision, { registration, contact, lead, task }: DecisionChange): string[] {
  const isNewTask = task && decision.task?.kind !== 'create-task';
  const isNewContact = contact && !decision.contact && !decision.incomingLead;
  const isLeadLeft = lead === undefined ? decision.lead !== undefined : lead !== null;
  return [
    ...(registration && !decision.registration
      ? ['/decision/registration: no rule asks for this call to be registered']
      : []),
    ...(isNewContact && contact.name === undefined ? ['/decision/contact: a new one needs a name'] : []),
    ...(contact === null && isLeadLeft
      ? ['/decision/contact: a lead comes with a contact for whoever has none; let lead be null too']
      : []),
    ...(lead && !decision.lead && lead.name === undefined ? ['/decision/lead: a new one needs a name'] : []),
    ...(isNewTask && (task.text === undefined || task.dueAtSeconds === undefined)
      ? ['/decision/task: a new one needs text and dueAtSeconds']
      : []),
  ];
}

function amendedContact({ contact }: EndDecision, change: DecisionChange, phone: string): CreateContact | undefined {
  if (change.contact === undefined) return contact;
  if (change.contact === null) return undefined;
  return { ...(contact ?? { kind: 'create-contact', phone, name: writtenPhone(phone) }), ...change.contact };
}

function amendedLead(
  decided: EndDecision,
  change: DecisionChange,
  contact: CreateContact | undefined,
  phone: string,
): CreateLead | undefined {
  const { lead: changed } = change;
  if (changed === null) return undefined;
  const lead = decided.lead ?? (changed && newLead(changed.responsibleUserId, contact, phone));
  if (!lead) return undefined;
  const { statusId: _, ...unstaged } = lead; // a stage belongs to its pipeline
  const isMoved = changed?.pipelineId !== undefined && changed.pipelineId !== lead.pipelineId;
  return { ...(isMoved ? unstaged : lead), ...(change.contact && contact && { contact }), ...changed };
}

/** One is a contact and a lead, so whoever wants none of either wants none of it. */
function amendedIncomingLead(
  { incomingLead }: EndDecision,
  { contact, lead }: DecisionChange,
): CreateIncomingLead | undefined {
  if (!incomingLead || contact === null || lead === null) return undefined;
  return { ...incomingLead, ...contact };
}

function newLead(owner: number | undefined, contact: CreateContact | undefined, phone: string): CreateLead {
  const responsible = owner === undefined ? {} : { responsibleUserId: owner };
  const stranger: CreateContact = { kind: 'create-contact', phone, name: writtenPhone(phone), ...responsible };
  return { kind: 'create-lead', phone, name: '', tags: [], contact: contact ?? stranger };
}

function amendedTask({ task }: EndDecision, { task: changed }: DecisionChange, phone: string): EndDecision['task'] {
  if (changed === undefined) return task;
  if (changed === null) return undefined;
  const own: CreateTask =
    task?.kind === 'create-task' ? task : { kind: 'create-task', phone, text: '', dueAtSeconds: 0 };
  return { ...own, ...changed };
}

function amendedChanges(
  { changes }: EndDecision,
  { changes: changed = {} }: DecisionChange,
  phone: string,
): ChangeEntity[] {
  return (['client', 'lead'] as const).flatMap((target: Target) => {
    const own = changes.find((one) => one.target === target);
    const tags = changed[target]?.tags;
    if (!tags) return own ? [own] : [];
    const effect = changeEffect(target, 'call_ended');
    const amended = { ...(own ?? { kind: 'change' as const, effect, phone, target }), tags: [...new Set(tags)] };
    const isNothing = amended.tags.length === 0 && own?.responsibleUserId === undefined && !own?.status;
    return isNothing ? [] : [amended];
  });
}
