import type { Call, CallResult } from '../../../proto/call.ts';
import type { Decision, RegisterCall, ShowCard } from '../../../proto/crm-action.ts';
import { firstRules } from '../../../proto/default-rules.ts';
import { writtenPhone } from '../../../proto/phone.ts';
import { ringingExtensions } from '../../../proto/ringing.ts';
import type { Responsible, Rule, RuleAction } from '../../../proto/rule.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import { renderTemplate, type TemplateField } from '../../../proto/template.ts';
import { firstAction } from './matching.ts';
import { responsibleExtension, responsibleUser, userOf } from './responsible.ts';
import { callResultText, extensionText, noPhoneText } from './texts.ts';

/**
 * What amoCRM should be asked for, as the call stands now. Pure and stateless: it names everything that is due,
 * also what has been done already; whoever acts knows that by the effect.
 *
 * @param fresh false if the rows were old when they were read: then nobody gets a card
 */
export function decide(call: Call, settings: CallSettings, fresh: boolean): Decision {
  if (call.endedAtMs === null) return { cards: fresh ? cardsFor(call, settings) : [] };
  const notRegistered = reasonNotToRegister(call);
  if (notRegistered !== undefined) return { cards: [], notRegistered };
  const asked = firstAction('register-call', rulesOf(settings), 'call_ended', call, settings);
  if (!asked) return { cards: [], notRegistered: 'No rule asks for this call to be registered.' };
  return { cards: [], registration: registrationOf(call, settings, asked), ...taskOf(call, settings) };
}

/** What becomes of the task to call the client back. */
function taskOf(call: Call, settings: CallSettings): Pick<Decision, 'task'> {
  const { externalNumber: phone, endedAtMs, result } = call;
  if (phone === null || endedAtMs === null) return {};
  const rules = rulesOf(settings);
  if (firstAction('complete-task', rules, 'call_ended', call, settings)) {
    const resultText = callResultText(call, result ?? 'failed', settings.language);
    return { task: { kind: 'complete-task', phone, resultText } };
  }
  const asked = firstAction('create-task', rules, 'call_ended', call, settings);
  if (!asked) return {};
  const userId = responsibleUser(asked.responsible, call, settings);
  const text = renderTemplate(asked.text, templateFieldsOf(call, settings, asked.responsible));
  const dueAtSeconds = Math.floor(endedAtMs / 1000) + asked.dueMinutes * 60;
  const task = { kind: 'create-task' as const, phone, text, dueAtSeconds };
  return { task: { ...task, ...(userId !== undefined && { responsibleUserId: userId }) } };
}

function templateFieldsOf(
  call: Call,
  settings: CallSettings,
  responsible: readonly Responsible[],
): Record<TemplateField, string> {
  return {
    phone: writtenPhone(call.externalNumber ?? ''),
    direction: call.direction ?? '',
    did: call.did ?? '',
    trunk: call.trunk ?? '',
    extension: responsibleExtension(responsible, call) ?? '',
    callResult: callResultText(call, call.result ?? 'failed', settings.language),
    waitedSeconds: String(Math.round(call.waitSeconds)),
    talkedSeconds: String(Math.round(call.talkSeconds)),
  };
}

const rulesOf = (settings: CallSettings): readonly Rule[] => settings.rules ?? firstRules;

/** A card for each user whose phone rings; nobody mapped, no card: in amoCRM "no users" would mean everybody. */
function cardsFor(call: Call, settings: CallSettings): ShowCard[] {
  const phone = call.externalNumber;
  if (call.direction !== 'inbound' || phone === null) return [];
  if (!firstAction('show-card', rulesOf(settings), 'requested', call, settings)) return [];
  const cards = new Map<number, ShowCard>();
  for (const extension of ringingExtensions(call)) {
    const userId = userOf(extension, settings);
    if (userId === undefined || cards.has(userId)) continue;
    cards.set(userId, { kind: 'show-card', effect: `card:${userId}`, phone, userId, extension });
  }
  return [...cards.values()];
}

function reasonNotToRegister(call: Call): string | undefined {
  if (call.direction === 'internal') return 'An internal call: amoCRM is not told.';
  if (call.direction === null) return 'The rows do not tell who called whom: amoCRM is not told.';
  if (call.externalNumber === null) return 'The number is hidden: amoCRM has no client to attach the call to.';
  if (call.externalNumber.length < shortestClientDigits) return 'A service number: it belongs to no client.';
  return undefined;
}

/** 112, 0890 and the like; city numbers without their code have five digits at least. */
const shortestClientDigits = 5;

type RegisterAction = Extract<RuleAction, { do: 'register-call' }>;

function registrationOf(
  call: Call,
  settings: CallSettings,
  asked: RegisterAction,
): NonNullable<Decision['registration']> {
  const phone = call.externalNumber ?? '';
  const userId = responsibleUser(asked.responsible, call, settings);
  const contact = {
    kind: 'create-contact' as const,
    phone,
    name: writtenPhone(phone),
    ...(userId !== undefined && { responsibleUserId: userId }),
  };
  return {
    call: registerCall(call, settings, asked, userId),
    ...(asked.ifUnknown === 'create-contact' && { contactIfUnknown: contact }),
  };
}

function registerCall(
  call: Call,
  settings: CallSettings,
  asked: RegisterAction,
  userId: number | undefined,
): RegisterCall {
  const result = call.result ?? 'failed';
  const person = responsibleExtension(asked.responsible, call);
  return {
    kind: 'register-call',
    effect: 'call',
    direction: call.direction === 'outbound' ? 'outbound' : 'inbound',
    phone: call.externalNumber ?? '',
    durationSeconds: Math.round(call.talkSeconds),
    callStatus: callStatuses[result],
    callResult: callResultText(call, result, settings.language),
    uniq: `${call.pbxId}:${call.linkedid}`,
    responsible:
      userId ?? (person === undefined ? noPhoneText[settings.language] : extensionText(person, settings.language)),
    startedAtSeconds: Math.floor(call.startedAtMs / 1000),
  };
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
