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

/** The same for the one record that stands for this call, and for no other. */
export function ownRecordRequest(pbxId: string, request: OthersCallRequest, call: Call): OthersCallRequest {
  const { linkedid } = call;
  const durationsSeconds = durationsOf(call);
  return { ...request, standsFor: { pbxId, linkedid, durationsSeconds, mostSecondsUnlike: mostSecondsAlike } };
}

/** Some products count the time of ringing too. */
const durationsOf = (call: Call): number[] => [
  call.talkSeconds,
  ((call.endedAtMs ?? call.startedAtMs) - call.startedAtMs) / 1000,
];

/** True if it is this call that the other product has put there. */
export function isSameCall(found: OthersCall, call: Call): boolean {
  return durationsOf(call).some((own) => Math.abs(found.durationSeconds - own) <= mostSecondsAlike);
}
