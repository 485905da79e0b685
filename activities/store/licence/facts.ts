import type { LicenceFacts } from '../../../proto/state/facts.ts';
import type { Licence } from './licence.ts';
import type { SeatReader } from './seats.ts';

/** What there is to know of the licence before anybody judges it. @param hasServer a licensing server is asked */
export function createLicenceFacts(licence: Pick<Licence, 'now'>, seats: SeatReader, hasServer: boolean) {
  return async (): Promise<LicenceFacts> => {
    const [{ standing, permit, record, nowMs, clockBehindMs }, { users }] = await Promise.all([licence.now(), seats()]);
    const { state, reason, untilMs } = standing;
    const isAsked = hasServer && permit !== undefined && !permit.isOffline;
    return {
      ...{ state, reason, untilMs, nowMs, clockBehindMs },
      isTrial: permit?.kind === 'trial',
      seats: { count: standing.seats, used: users.length },
      unreached: isAsked && record.talk?.failure ? { failure: record.talk.failure, sinceMs: record.reachedAtMs } : null,
      askedForAtMs: isAsked ? permit.nextCheck * 1000 : null,
    };
  };
}
