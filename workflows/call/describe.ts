import type { Call } from '../../proto/call.ts';
import type { Registration } from '../../proto/journal.ts';
import type { HeldBack } from '../../proto/licence/gate.ts';
import { tellHeldBack } from '../../proto/licence/words.ts';
import { isOutsideNumber, maskPhone, type PhonesShown, shownPhone } from '../../proto/phone.ts';
import { ringingExtensions } from '../../proto/ringing.ts';
import type { Phase } from './interpret/index.ts';
import { observedText } from './observe/words.ts';
import { plain, tame } from './plain.ts';

/** The words by which people find and follow a call in the Temporal UI; phones are masked there unless that is set otherwise. */

/** One line that holds for the whole call, known from its first rows. */
export function callSummary(call: Call | undefined, phones: PhonesShown = 'masked'): string {
  if (!call) return 'Call';
  const client = shownPhone(call.externalNumber, phones);
  const caller = call.callerExtension === null ? '' : whoText(call.callerExtension, phones);
  if (call.direction === 'inbound') return `Inbound ${client}${call.did === null ? '' : ` → ${plain(call.did)}`}`;
  if (call.direction === 'outbound') return `Outbound ${caller} → ${client}`;
  if (call.direction === 'internal') return `Internal call of ${caller || 'an extension'}`;
  return 'Call';
}

/** More would not be read; the journal has them all. */
const mostLines = 30;

/** What is going on now, or how it ended; what happened before; what became of it in amoCRM. */
export function callDetails(
  call: Call,
  phases: readonly Phase[],
  registration?: Registration,
  phones: PhonesShown = 'masked',
): string {
  const shown = phases.slice(-mostLines);
  const lines = shown.map((phase) => `- ${clock((phase.atMs - call.startedAtMs) / 1000)} ${phaseText(phase, phones)}`);
  if (shown.length < phases.length) lines.unshift(`- … ${phases.length - shown.length} earlier`);
  const parts = [`${callSummary(call, phones)}: ${progress(call, phones)}`, lines.join('\n')];
  if (registration) parts.push(registrationText(registration));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** @param waits what waits for what, in sentences */
export function waitsText(waits: readonly string[]): string {
  const shown = waits.slice(0, mostLines).map((wait) => `- ${tame(wait)}`);
  return shown.length === 0 ? '' : ['**Waits:**', ...shown].join('\n');
}

function progress(call: Call, phones: PhonesShown): string {
  if (call.endedAtMs !== null) return endedText(call, phones);
  if (call.answeredAtMs !== null)
    return `talking with **${whoText(call.lastTalker ?? call.answeredBy ?? 'somebody', phones)}**`;
  const ringing = ringingExtensions(call);
  const name = (who: string) => whoText(who, phones);
  return ringing.length > 0 ? `ringing **${ringing.slice(0, 20).map(name).join(', ')}**` : 'under way';
}

function endedText(call: Call, phones: PhonesShown): string {
  if (call.result !== 'answered') return `${call.result ?? 'ended'} after ${clock(call.waitSeconds)}`;
  const who = call.direction === 'outbound' ? call.callerExtension : call.answeredBy;
  return `${whoText(who ?? 'somebody', phones)} answered, talked ${clock(call.talkSeconds)}`;
}

/** One phase in words. */
export function phaseText({ kind, extension, to }: Phase, phones: PhonesShown = 'masked'): string {
  const who = whoText(extension ?? 'somebody', phones);
  if (kind === 'requested') return `${who} is asked for`;
  if (kind === 'accepted') return `${who} talks`;
  if (kind === 'transferred') return `${who} hands on${to === null ? '' : ` to ${whoText(to, phones)}`}`;
  return kind === 'conversation_ended' ? `${who} is out` : 'the call is over';
}

/** An extension; or the number of somebody outside, to whom a call may go as well. */
function whoText(who: string, phones: PhonesShown): string {
  const name = plain(who);
  return phones === 'masked' && isOutsideNumber(name) && /^\+?\d+$/.test(name)
    ? maskPhone(name.replace('+', ''))
    : name;
}

/** Everybody of this call who is no extension, by their numbers. */
export function outsideNumbersOf(call: Call): string[] {
  const others = call.transfers.flatMap(({ to, dialled }) => [to, dialled]);
  const ours = call.conversations.map(({ extension }) => extension);
  const all = [call.externalNumber, call.answeredBy, call.answeredOn, call.lastTalker, ...others, ...ours];
  return [...new Set(all.filter((number) => number !== null))].filter(isOutsideNumber);
}

function registrationText(registration: Registration): string {
  if (registration.state === 'registered') {
    const { entityType, entityId, noteId, troubles = [], heldBack = [] } = registration;
    const place = entityId === null ? 'where only a person knows' : `${entityType} ${entityId}`;
    const note = noteId === null ? '' : `, note ${noteId}`;
    return [`Registered in amoCRM: ${place}${note}.`, ...[...troubles, ...heldBackText(heldBack)].map(tame)].join(
      '\n\n',
    );
  }
  if (registration.state === 'observed') return observedText(registration);
  if (registration.state === 'needs-attention') {
    return `**Needs attention:** ${registration.reason}\n\nMend the cause, then send the signal \`retry\`.`;
  }
  if (registration.state === 'pending') return 'Being registered in amoCRM.';
  const { troubles = [], heldBack = [] } = registration;
  const told = registration.state === 'not-sent' ? [registration.reason] : ['Not registered: the licence.'];
  return [...told, ...troubles, ...heldBackText(heldBack)].map(tame).join('\n\n');
}

const heldBackText = (heldBack: readonly HeldBack[]): string[] => heldBack.map((held) => tellHeldBack(held, 'en'));

function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
