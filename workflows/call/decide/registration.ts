import type { Call, CallResult } from '../../../proto/call.ts';
import { callEffect, type RegisterCall } from '../../../proto/crm-action.ts';
import type { Case } from './case.ts';
import type { ActionOf } from './matching.ts';
import { responsibleExtension, responsibleUser } from './responsible.ts';
import { callResultText, extensionText, noPhoneText } from './texts.ts';

/** Why a call belongs to no client of amoCRM, in words; undefined if it may. */
export function reasonNotToRegister(call: Call): string | undefined {
  if (call.direction === 'internal') return 'An internal call: amoCRM is not told.';
  if (call.direction === null) return 'The rows do not tell who called whom: amoCRM is not told.';
  if (call.externalNumber === null) {
    return "The number is hidden or can't be read: amoCRM has no client to attach the call to.";
  }
  if (call.externalNumber.length < shortestClientDigits) return 'A service number: it belongs to no client.';
  return undefined;
}

/** 112, 0890 and the like; city numbers without their code have five digits at least. */
const shortestClientDigits = 5;

/** The call's record in its client's history. */
export function recordOf(asked: ActionOf<'register-call'>, of: Case): RegisterCall {
  const { call, settings } = of;
  const result = call.result ?? 'failed';
  const person = responsibleExtension(asked.responsible, call);
  return {
    kind: 'register-call',
    effect: callEffect,
    direction: call.direction === 'outbound' ? 'outbound' : 'inbound',
    phone: call.externalNumber ?? '',
    durationSeconds: Math.round(call.talkSeconds),
    callStatus: callStatuses[result],
    callResult: callResultText(call, result, settings.language),
    uniq: `${call.pbxId}:${call.linkedid}`,
    responsible:
      responsibleUser(asked.responsible, of) ??
      (person === undefined ? noPhoneText[settings.language] : extensionText(person, settings.language)),
    startedAtSeconds: Math.floor(call.startedAtMs / 1000),
    attachTo: asked.attachTo ?? 'as-amocrm',
    ...recordingOf(call),
  };
}

function recordingOf({ pbxId, linkedid, startedAtMs, recordingFile: file }: Call): Pick<RegisterCall, 'recording'> {
  return file === null ? {} : { recording: { pbxId, linkedid, startedAtMs, file } };
}

/** amoCRM's codes, contract section 6. */
const callStatuses: Record<CallResult, number> = {
  answered: 4,
  failed: 5,
  missed: 6,
  no_answer: 6,
  cancelled: 6,
  busy: 7,
  voicemail: 1, // "left a message"
};
