import {
  type CallHook,
  type ChangeEntity,
  type CompleteTask,
  type CreateContact,
  type CreateIncomingLead,
  type CreateLead,
  type CreateTask,
  changeEffect,
  type Deeds,
} from '../../../proto/crm-action.ts';
import { afterOpenMinutes } from '../../../proto/opening-hours.ts';
import { writtenPhone } from '../../../proto/phone.ts';
import type { Responsible, RulePhase, Target } from '../../../proto/rule.ts';
import type { Case } from './case.ts';
import { type ActionOf, actionsOf, firstAction } from './matching.ts';
import { placeOf } from './number.ts';
import { responsibleUser } from './responsible.ts';
import { callResultText } from './texts.ts';
import { named, worded } from './wording.ts';

/** What the rules of one phase want done with the client, beside cards, the call's record and the task. */
export function deedsOf(phase: RulePhase, of: Case): Deeds {
  const contact = contactOf(phase, of);
  const lead = leadOf(phase, of, contact);
  return {
    ...(contact && { contact }),
    ...(lead && { lead }),
    changes: changesOf(phase, of),
    hooks: actionsOf('call-hook', phase, of).map(({ hook }): CallHook => {
      return { kind: 'call-hook', effect: `hook:${hook}:${phase}`, hook };
    }),
  };
}

function contactOf(phase: RulePhase, of: Case): CreateContact | undefined {
  const asked = firstAction('create-contact', phase, of);
  return (
    asked && {
      kind: 'create-contact',
      phone: phoneOf(of),
      name: named(asked.name, asked.responsible, of),
      ...responsibleField(asked.responsible, of),
    }
  );
}

function leadOf(phase: RulePhase, of: Case, contact: CreateContact | undefined): CreateLead | undefined {
  const asked = firstAction('create-lead', phase, of);
  if (!asked) return undefined;
  const { pipelineId, statusId, source, tags } = placeOf(asked, of);
  const { responsible } = asked;
  const phone = phoneOf(of);
  const owner = responsibleField(responsible, of);
  return {
    kind: 'create-lead',
    phone,
    name: named(asked.name, responsible, of),
    ...(pipelineId !== undefined && { pipelineId }),
    ...(statusId !== undefined && { statusId }),
    ...(source !== undefined && { source }),
    ...owner,
    tags,
    contact: contact ?? { kind: 'create-contact', phone, name: writtenPhone(phone), ...owner },
  };
}

/** Only callers are taken by amoCRM among its incoming leads (contract 8.1). */
export function incomingLeadOf(of: Case): CreateIncomingLead | undefined {
  const asked = of.call.direction === 'inbound' ? firstAction('create-incoming-lead', 'call_ended', of) : undefined;
  if (!asked) return undefined;
  const { pipelineId, tags } = placeOf(asked, of);
  return {
    kind: 'create-incoming-lead',
    phone: phoneOf(of),
    name: named(asked.name, asked.responsible, of),
    ...(pipelineId !== undefined && { pipelineId }),
    ...responsibleField(asked.responsible, of),
    tags,
  };
}

/** What becomes of the task to call the client back. */
export function taskOf(of: Case): CreateTask | CompleteTask | undefined {
  const { call, settings } = of;
  const phone = phoneOf(of);
  if (firstAction('complete-task', 'call_ended', of)) {
    return {
      kind: 'complete-task',
      phone,
      resultText: callResultText(call, call.result ?? 'failed', settings.language),
    };
  }
  const asked = firstAction('create-task', 'call_ended', of);
  if (!asked) return undefined;
  return {
    kind: 'create-task',
    phone,
    text: worded(asked.text, asked.responsible, of),
    dueAtSeconds: Math.floor(dueAtMs(asked, of) / 1000),
    ...responsibleField(asked.responsible, of),
  };
}

function changesOf(phase: RulePhase, of: Case): ChangeEntity[] {
  return (['client', 'lead'] as const).map((target) => changeOf(target, phase, of)).filter((one) => one !== undefined);
}

function changeOf(target: Target, phase: RulePhase, of: Case): ChangeEntity | undefined {
  const tags = actionsOf('add-tags', phase, of).flatMap((action) => (action.to === target ? action.tags : []));
  const owners = actionsOf('set-responsible', phase, of).filter((action) => action.of === target);
  const owner = owners[0] ? responsibleField(owners[0].responsible, of) : {};
  const status = target === 'lead' ? firstAction('change-status', phase, of) : undefined;
  if (tags.length === 0 && owner.responsibleUserId === undefined && !status) return undefined;
  return {
    kind: 'change',
    effect: changeEffect(target, phase),
    phone: phoneOf(of),
    target,
    tags: [...new Set(tags)],
    ...owner,
    ...(status && { status: { pipelineId: status.pipelineId, statusId: status.statusId } }),
  };
}

/** A calendar that does not exist (any more) delays nothing: the settings check says so when they are saved. */
function dueAtMs(asked: ActionOf<'create-task'>, { call, settings: { calendars = [] } }: Case): number {
  const endedAtMs = call.endedAtMs ?? call.startedAtMs;
  const office = calendars.find(({ id }) => id === asked.withinHours);
  return office ? afterOpenMinutes(office, endedAtMs, asked.dueMinutes) : endedAtMs + asked.dueMinutes * minuteMs;
}

const minuteMs = 60_000;

const phoneOf = ({ call }: Case): string => call.externalNumber ?? '';

function responsibleField(chain: readonly Responsible[], of: Case): { responsibleUserId?: number } {
  const responsibleUserId = responsibleUser(chain, of);
  return responsibleUserId === undefined ? {} : { responsibleUserId };
}
