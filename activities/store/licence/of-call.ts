import { isLicensed } from '../../../proto/licence/gate.ts';
import type { LicenceOfCall } from '../../../proto/licence/of-call.ts';
import type { KnownPbxs } from '../pbxs.ts';
import type { Licence } from './licence.ts';
import { holdersOf, type SeatReader } from './seats.ts';

/** @param pbxId undefined: of none in particular */
export type LicenceOfPbx = (pbxId: string | undefined) => Promise<LicenceOfCall>;

/** What the licence lets a call do that begins now on a PBX. */
export function createLicenceOfCall(
  licence: Pick<Licence, 'now'>,
  seats: SeatReader,
  pbxs: Pick<KnownPbxs, 'list'>,
): LicenceOfPbx {
  return async (pbxId) => {
    const [{ standing }, demand, all] = await Promise.all([licence.now(), seats(), pbxs.list()]);
    const { state, features, reason } = standing;
    const place = all.findIndex(({ id }) => id === pbxId);
    return {
      features,
      seatHolders: holdersOf(demand, standing.seats),
      reason: state === 'restricted' ? reason : null,
      isPbxBeyond: place > 0 && !isLicensed('further-pbx', features),
    };
  };
}

/**
 * Of a call that is told once more and was registered: what stands in amoCRM stands, whatever the licence is now. What
 * else was held back still is.
 */
export function licenceOfRegistered(licence: LicenceOfCall): LicenceOfCall {
  const features = [...new Set([...licence.features, 'registration' as const])];
  return { ...licence, features, seatHolders: null, isPbxBeyond: false };
}
