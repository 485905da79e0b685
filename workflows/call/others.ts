import type { OthersCallRequest } from '../../activities/amocrm/others-call.ts';
import type { Call } from '../../proto/call.ts';
import type { RegisterCall } from '../../proto/crm-action.ts';
import type { OthersCall } from '../../proto/journal.ts';

/** Products round and measure talk differently. */
export const mostSecondsAlike = 3;

/** How amoCRM is asked what another product has made of a call. */
export function othersCallRequest(accountId: string, call: Call, record?: RegisterCall): OthersCallRequest {
  return {
    ...{ accountId, phone: call.externalNumber ?? '' },
    direction: call.direction === 'outbound' ? 'outbound' : 'inbound',
    startedAtSeconds: Math.floor(call.startedAtMs / 1000),
    endedAtSeconds: Math.floor((call.endedAtMs ?? call.startedAtMs) / 1000),
    durationSeconds: Math.round(call.talkSeconds),
    attachTo: record?.attachTo ?? 'as-amocrm',
  };
}

/** True if it is this call that the other product has put there; some products count the time of ringing too. */
export function isSameCall(found: OthersCall, call: Call): boolean {
  const wholeSeconds = ((call.endedAtMs ?? call.startedAtMs) - call.startedAtMs) / 1000;
  return [call.talkSeconds, wholeSeconds].some((own) => Math.abs(found.durationSeconds - own) <= mostSecondsAlike);
}

/** For people. */
export const standsByAnother = ({ source, entityType, entityId, noteId }: OthersCall): string =>
  `It stands in amoCRM already (${entityType} ${entityId}, note ${noteId}${source === '' ? '' : ` of ${source}`}): left as it is.`;
