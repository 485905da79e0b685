import type { Feature } from '../../../proto/licence/feature.ts';
import { isLicensed } from '../../../proto/licence/gate.ts';
import type { LicenceOfCall } from '../../../proto/licence/of-call.ts';
import { seatHolders } from '../../../proto/licence/seats.ts';
import type { KnownPbxs } from '../pbxs.ts';
import type { Licence } from './licence.ts';
import type { SeatReader } from './seats.ts';

/** What the licence lets be done on a PBX, whoever does it. @param pbxId undefined: none in particular */
export type LicenceOfPbx = (
  pbxId: string | undefined,
) => Promise<Omit<LicenceOfCall, 'seatHolders'> & { seats: number }>;

/** The same, with who has a seat. */
export type LicenceOfCallReader = (pbxId: string | undefined) => Promise<LicenceOfCall>;

export function createLicenceOfPbx(licence: Pick<Licence, 'now'>, pbxs: Pick<KnownPbxs, 'list'>): LicenceOfPbx {
  return async (pbxId) => {
    const { standing, permit } = await licence.now();
    const { state, features, reason, seats } = standing;
    const all = isLicensed('further-pbx', features) ? [] : await pbxs.list(); // where there may be many none is beyond
    return {
      ...{ features, seats, reason: state === 'restricted' ? reason : null },
      isPbxBeyond: isPbxBeyond(pbxId, all, features),
      isUnmappedFree: state !== 'restricted' && permit?.kind !== 'free',
    };
  };
}

/** Whether the licence has it not. @param all in the order in which they were made */
export function isPbxBeyond(
  pbxId: string | undefined,
  all: readonly { id: string }[],
  features: readonly Feature[],
): boolean {
  return all.findIndex(({ id }) => id === pbxId) > 0 && !isLicensed('further-pbx', features);
}

/** No call waits for who has a seat: as long as nobody knows, everybody has one. */
export function createLicenceOfCall(licenceOfPbx: LicenceOfPbx, seatsOfAll: SeatReader): LicenceOfCallReader {
  return async (pbxId) => {
    const [{ seats, ...licence }, demand] = await Promise.all([
      licenceOfPbx(pbxId),
      seatsOfAll().catch((): undefined => undefined),
    ]);
    const isForAll = !demand || (licence.isUnmappedFree && demand.users.length <= seats);
    return { ...licence, seatHolders: isForAll ? null : seatHolders(demand.users, demand.named, seats) };
  };
}

/**
 * Of a call that is told once more and was registered: what stands in amoCRM stands, whatever the licence is now. What
 * else was held back still is.
 */
export function licenceOfRegistered(licence: LicenceOfCall): LicenceOfCall {
  const features = [...new Set([...licence.features, 'registration' as const])];
  return { ...licence, features, seatHolders: null, isPbxBeyond: false, isRegistered: true };
}
