import type { LicenceFacts } from '../../../proto/state/facts.ts';
import type { KnownPbxs } from '../pbxs.ts';
import type { Licence } from './licence.ts';
import { isPbxBeyond } from './of-call.ts';
import type { SeatReader } from './seats.ts';

/** What there is to know of the licence before anybody judges it. @param hasServer a licensing server is asked */
export function createLicenceFacts(
  licence: Pick<Licence, 'now'>,
  seats: SeatReader,
  pbxs: Pick<KnownPbxs, 'list'>,
  hasServer: boolean,
) {
  return async (): Promise<LicenceFacts> => {
    const [now, { users }, all] = await Promise.all([licence.now(), seats(), pbxs.list()]);
    const { standing, permit, record, nowMs, clockBehindMs } = now;
    const { state, reason, untilMs, features } = standing;
    const isAsked = hasServer && permit !== undefined && !permit.isOffline;
    return {
      ...{ state, reason, untilMs, nowMs, clockBehindMs },
      ...{ isTrial: permit?.kind === 'trial', isTwin: permit?.isTwin === true },
      seats: { count: standing.seats, used: users.length },
      pbxsBeyond: all.flatMap(({ id }) => (isPbxBeyond(id, all, features) ? [id] : [])),
      unreached: isAsked && record.talk?.failure ? { failure: record.talk.failure, sinceMs: record.reachedAtMs } : null,
      askedForAtMs: isAsked ? permit.nextCheck * 1000 : null,
    };
  };
}
