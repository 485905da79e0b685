import type { OthersCallAnswer } from '../../../activities/amocrm/others-call.ts';
import type { EndDecision } from '../../../proto/crm-action.ts';
import type { Difference, OthersCall } from '../../../proto/journal.ts';
import { mostSecondsAlike } from '../others.ts';

/** How what another product has done differs from what was decided; nothing is alike. */
export function differencesOf(
  { registration, notRegistered = '' }: EndDecision,
  seen: OthersCallAnswer | null,
): Difference[] {
  if (!registration) return seen ? [{ what: 'only-there', reason: notRegistered }] : [];
  if (!seen) return [{ what: 'missing-there' }];
  const { call, ownPlace } = seen;
  const [there, here] = [placeOf(call), ownPlace && placeOf(ownPlace)];
  const isElsewhere = here !== null && (here.entityType !== there.entityType || here.entityId !== there.entityId);
  const [thereSeconds, hereSeconds] = [call.durationSeconds, registration.durationSeconds];
  return [
    ...(Math.abs(thereSeconds - hereSeconds) > mostSecondsAlike
      ? [{ what: 'duration' as const, thereSeconds, hereSeconds }]
      : []),
    ...(isOther(call.responsible, registration.responsible)
      ? [{ what: 'responsible' as const, there: call.responsible, here: registration.responsible }]
      : []),
    ...(isElsewhere ? [{ what: 'entity' as const, there, here }] : []),
  ];
}

function placeOf({ entityType, entityId }: { entityType: string; entityId: number }) {
  return { entityType, entityId };
}

/** Two who are no users are named in the words of either product. */
function isOther(there: OthersCall['responsible'], here: number | string): boolean {
  return typeof there === 'string' && typeof here === 'string' ? false : there !== here;
}
