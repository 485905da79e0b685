import type { Call } from '../../proto/call.ts';
import { maskPhone } from '../../proto/phone.ts';
import { ringingExtensions } from '../../proto/ringing.ts';

/** The words by which people find and follow a call in the Temporal UI; phones are masked there. */

/** One line that holds for the whole call, known from its first rows. */
export function callSummary(call: Call | undefined): string {
  if (!call) return 'Call';
  const client = maskPhone(call.externalNumber);
  if (call.direction === 'inbound') return `Inbound ${client}${call.did === null ? '' : ` → ${call.did}`}`;
  if (call.direction === 'outbound') return `Outbound ${call.callerExtension ?? ''} → ${client}`;
  if (call.direction === 'internal') return `Internal call of ${call.callerExtension ?? 'an extension'}`;
  return 'Call';
}

/** What is going on now, or how it ended. */
export function callProgress(call: Call): string {
  if (call.endedAtMs !== null) return endedText(call);
  if (call.answeredAtMs !== null) return `Talking with **${call.lastTalker ?? call.answeredBy ?? 'somebody'}**`;
  const ringing = ringingExtensions(call);
  return ringing.length > 0 ? `Ringing **${ringing.join(', ')}**` : 'Under way';
}

function endedText(call: Call): string {
  if (call.result !== 'answered') return `${call.result ?? 'ended'} after ${clock(call.waitSeconds)}`;
  const who = call.direction === 'outbound' ? call.callerExtension : call.answeredBy;
  return `${who ?? 'somebody'} answered, talked ${clock(call.talkSeconds)}`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
