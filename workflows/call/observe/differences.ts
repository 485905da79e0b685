import type { OthersCallAnswer } from '../../../activities/amocrm/others-call.ts';
import type { EndDecision } from '../../../proto/crm-action.ts';
import type { OthersCall } from '../../../proto/journal.ts';

/** Products round and measure talk differently. */
const mostSecondsAlike = 3;

/** In words, how what another product has done differs from what was decided; nothing said is alike. */
export function differencesOf(
  { registration, notRegistered = '' }: EndDecision,
  seen: OthersCallAnswer | null,
): string[] {
  if (!registration) return seen ? [`registered there, would not have been here: ${notRegistered}`] : [];
  if (!seen) return ['missing there'];
  const { call, ownPlace } = seen;
  const isElsewhere =
    ownPlace !== null && (ownPlace.entityType !== call.entityType || ownPlace.entityId !== call.entityId);
  return [
    ...(Math.abs(call.durationSeconds - registration.durationSeconds) > mostSecondsAlike
      ? [`duration: ${call.durationSeconds} s there, ${registration.durationSeconds} s here`]
      : []),
    ...(isOther(call.responsible, registration.responsible)
      ? [`responsible: ${personText(call.responsible)} there, ${personText(registration.responsible)} here`]
      : []),
    ...(isElsewhere
      ? [`entity: ${call.entityType} ${call.entityId} there, ${ownPlace.entityType} ${ownPlace.entityId} here`]
      : []),
  ];
}

/** Two who are no users are named in the words of either product. */
function isOther(there: OthersCall['responsible'], here: number | string): boolean {
  return typeof there === 'string' && typeof here === 'string' ? false : there !== here;
}

export function personText(person: OthersCall['responsible']): string {
  return typeof person === 'number' ? `user ${person}` : (person ?? 'nobody');
}
