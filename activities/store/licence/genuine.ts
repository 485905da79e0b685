import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { Value } from 'typebox/value';
import {
  KeySetClaims,
  type PermitClaims,
  readPermitClaims,
  type SignedPermit,
  tokenTypes,
} from '../../../proto/licence/permit.ts';

/** A permit that unlocks nothing; the message never holds what was sent. */
export class PermitError extends Error {
  override readonly name = 'PermitError';
  /**
   * `forged`: it is not what the licensing server has signed for this installation; `replayed`: a newer one was seen;
   * `over`: its time has passed.
   */
  readonly code: 'forged' | 'replayed' | 'over';

  constructor(code: PermitError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Whom to believe. */
export interface Trust {
  /** `x` of the root key. */
  rootKey: string | undefined;
  /** Id of this installation. */
  installation: string;
}

export interface GenuinePermit {
  claims: PermitClaims;
  keySetSerial: number;
}

/** Ed25519 alone, whatever a token says of itself. */
const alg = 'EdDSA';

/**
 * Reads a permit that the licensing server has made for this installation: the root key vouches for the signing keys,
 * one of those for the permit. Time is not asked here: see `standingOf`.
 *
 * @throws PermitError `forged`
 */
export async function readGenuinePermit({ permit, keys }: SignedPermit, trust: Trust): Promise<GenuinePermit> {
  if (trust.rootKey === undefined) throw forged('no root key is known here: set LICENSING_ROOT_KEY');
  const set = await payloadOf(keys, tokenTypes.keySet, trust.rootKey);
  if (!Value.Check(KeySetClaims, set)) throw forged('its key set has a wrong form');
  const signer = set.keys.find(({ kid }) => kid === headerOf(permit).kid);
  if (!signer) throw forged('it is signed by a key that the root key does not vouch for');
  const claims = readPermitClaims(await payloadOf(permit, tokenTypes.permit, signer.x));
  if (!claims) throw forged('it has a wrong form');
  if (claims.sub !== trust.installation) throw forged('it was made for another installation');
  return { claims, keySetSerial: set.serial };
}

async function payloadOf(token: string, typ: string, x: string): Promise<unknown> {
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, alg);
    const { payload, protectedHeader } = await compactVerify(token, key, { algorithms: [alg] });
    if (protectedHeader.typ !== typ || protectedHeader.crit !== undefined) throw forged(`it is no ${typ}`);
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(payload));
  } catch (error) {
    throw error instanceof PermitError ? error : forged('a signature does not hold');
  }
}

function headerOf(token: string): { kid?: string } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw forged('it is no signed token');
  }
}

const forged = (why: string) => new PermitError('forged', `The permit is not genuine: ${why}.`);
