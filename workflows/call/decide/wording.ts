import { writtenPhone } from '../../../proto/phone.ts';
import type { Responsible } from '../../../proto/rule.ts';
import { longestName, renderTemplate, type TemplateField } from '../../../proto/template.ts';
import type { Case } from './case.ts';
import { numberOf } from './number.ts';
import { responsibleExtension } from './responsible.ts';
import { callResultText } from './texts.ts';

/** A text of the settings, said about this call. @param responsible whose extension it may name */
export function worded(template: string, responsible: readonly Responsible[], of: Case): string {
  return said(template, fieldsOf(responsible, of));
}

/** The same for the name of a contact or lead. */
export function named(template: string, responsible: readonly Responsible[], of: Case): string {
  return said(template, fieldsOf(responsible, of), longestName);
}

/** Of what says nothing about this call (`{{#queue}}…{{/queue}}`) the phone is left: amoCRM takes no empty text. */
function said(template: string, fields: Record<TemplateField, string>, longest?: number): string {
  const text = renderTemplate(template, fields, longest);
  return text.trim() === '' ? fields.phone : text;
}

function fieldsOf(responsible: readonly Responsible[], of: Case): Record<TemplateField, string> {
  const { call, settings, about } = of;
  const phone = writtenPhone(call.externalNumber ?? '');
  return {
    phone,
    client: about.client?.name || phone,
    direction: call.direction ?? '',
    did: call.did ?? '',
    numberName: numberOf(of).name ?? '',
    trunk: call.trunk ?? '',
    queue: call.queues?.at(-1) ?? '',
    extension: responsibleExtension(responsible, call) ?? '',
    callResult: call.endedAtMs === null ? '' : callResultText(call, call.result ?? 'failed', settings.language),
    waitedSeconds: String(Math.round(call.waitSeconds)),
    talkedSeconds: String(Math.round(call.talkSeconds)),
  };
}
