import type { PermitClaims, SignedPermit } from '../../../proto/licence/permit.ts';
import { type Doubt, type Standing, standingOf } from '../../../proto/licence/standing.ts';
import { SecretKeyError } from '../key-ring.ts';
import { type GenuinePermit, PermitError, readGenuinePermit } from './genuine.ts';
import type { IdentityReader } from './identity.ts';
import type { LicenceRecord, LicenceRecords, PermitKind } from './record.ts';
import { createSteadyClock } from './steady-clock.ts';

/** All that is known of the licence at one moment. */
export interface LicenceNow {
  standing: Standing;
  /** The last genuine one; undefined: there was none yet. */
  permit: PermitClaims | undefined;
  record: LicenceRecord;
  /** By a clock that never goes back, ms UTC. */
  nowMs: number;
  /** This machine's clock is behind what was seen before by so much; 0: it is not. */
  clockBehindMs: number;
}

const dayMs = 86_400_000;

export type Licence = ReturnType<typeof createLicence>;

/** So long a request and its answer may be carried about; whoever keeps one for longer is told no time by it. */
const onTheWayMs = 14 * dayMs;
/** Clocks are corrected by a little all the time. */
const clockToleranceMs = 5 * 60_000;

/**
 * How this installation stands with its licence. Nobody is believed: each reader verifies the permit itself, once for
 * each that it meets, and asks a clock that never goes back.
 *
 * @param rootKey `x` of the key that vouches for all others; undefined: no permit can be believed
 * @param clock ms UTC and ms of a clock that only runs, of this machine
 */
export function createLicence(
  records: LicenceRecords,
  identity: IdentityReader,
  rootKey: string | undefined,
  clock = { wallMs: () => Date.now(), runningMs: () => performance.now() },
) {
  const steady = createSteadyClock(clock);
  let last: { of: string; permit: Promise<GenuinePermit | undefined> } | undefined;

  const verify = async (signed: SignedPermit): Promise<GenuinePermit> => {
    const { id: installation } = await identity();
    return readGenuinePermit(signed, { rootKey, installation });
  };

  /** Of what the store holds; whatever is not genuine is as if it was not there. */
  const genuine = ({ signed }: LicenceRecord): Promise<GenuinePermit | undefined> => {
    if (!signed) return Promise.resolve(undefined);
    const of = `${signed.permit} ${signed.keys}`;
    if (last?.of === of) return last.permit;
    const permit = verify(signed).catch((error: unknown) => {
      if (error instanceof PermitError || error instanceof SecretKeyError) return undefined;
      throw error;
    });
    last = { of, permit };
    permit.catch(() => (last = undefined)); // the database was away
    return permit;
  };

  const doubtIn = async ({ signed }: LicenceRecord): Promise<Doubt | undefined> => {
    try {
      await identity();
    } catch (error) {
      if (error instanceof SecretKeyError) return 'no-secret-keys';
      throw error;
    }
    if (rootKey === undefined) return 'no-root-key';
    return signed && 'permit-unreadable';
  };

  const take = async (
    signed: SignedPermit,
    { claims, keySetSerial }: GenuinePermit,
    as: PermitKind,
  ): Promise<PermitClaims> => {
    const { serial, iat } = claims;
    const taken = { signed, serial, keySetSerial, issuedAtMs: iat * 1000 };
    if (!(await records.take(taken, clock.wallMs(), as))) {
      throw new PermitError('replayed', 'A newer permit than this one was seen already.');
    }
    return claims;
  };

  return {
    /** @throws if neither Redis nor MySQL answers */
    async now(): Promise<LicenceNow> {
      const record = await records.read();
      const found = await genuine(record);
      const permit = found && isNewest(found, record) ? found.claims : undefined;
      const nowMs = steady(record, permit);
      const behindMs = nowMs - clock.wallMs();
      const clockBehindMs = behindMs > clockToleranceMs ? behindMs : 0;
      const standing = standingOf(permit, nowMs, permit ? undefined : await doubtIn(record));
      return { standing, permit, record, nowMs, clockBehindMs };
    },

    /** What a permit says, without taking it. @throws PermitError `forged` */
    verify: async (signed: SignedPermit): Promise<PermitClaims> => (await verify(signed)).claims,

    /**
     * Puts what the licensing server has just answered in place of the last permit; by that the clock is set.
     *
     * @throws PermitError; then nothing was changed
     */
    take: async (signed: SignedPermit): Promise<PermitClaims> => take(signed, await verify(signed), 'answer'),

    /**
     * The same of one that a person brings as a file, which may have lain about for long: it tells what time it is only if
     * it answers a request of late. One whose time has passed would only take away what there is.
     *
     * @throws PermitError; then nothing was changed
     */
    async takeFile(signed: SignedPermit): Promise<PermitClaims> {
      const genuine = await verify(signed);
      const { askedAt, iat, exp } = genuine.claims;
      const { nowMs } = await this.now();
      const isAnswer = askedAt !== undefined && Math.abs(nowMs - askedAt * 1000) <= onTheWayMs;
      const trueMs = isAnswer ? Math.max(iat * 1000, clock.wallMs()) : nowMs;
      if (exp * 1000 <= trueMs) throw new PermitError('over', 'The time of this permit is over.');
      if (!isAnswer) await records.raise(nowMs);
      return take(signed, genuine, isAnswer ? 'answer' : 'kept');
    },

    /** Writes down that it is as late as it is: whoever sets the clock back later wins no time. */
    async noteTime(): Promise<void> {
      const { nowMs } = await this.now();
      await records.raise(nowMs);
    },
  };
}

/** Whoever puts an older permit into the database back wins nothing as long as the serials stand. */
function isNewest({ claims, keySetSerial }: GenuinePermit, record: LicenceRecord): boolean {
  return claims.serial >= record.permitSerial && keySetSerial >= record.keySetSerial;
}
