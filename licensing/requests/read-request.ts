import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { tokenTypes } from '../../proto/licence/permit.ts';
import { LicenceRequest, requestLifeSeconds } from '../../proto/licence/wire.ts';
import { Refusal } from './refusal.ts';

/** Strict: nothing in a header is followed that is not named here (`crit`, `b64`, `jku`, `x5c`…). */
const Header = Type.Object(
  {
    alg: Type.Literal('EdDSA'),
    typ: Type.Literal(tokenTypes.request),
    jwk: Type.Object(
      {
        kty: Type.Literal('OKP'),
        crv: Type.Literal('Ed25519'),
        x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** A request, and the installation that has certainly signed it. */
export interface GenuineRequest extends LicenceRequest {
  /** Id of the installation: RFC 7638 thumbprint of its public key. */
  thumbprint: string;
  /** `x` of RFC 8037. */
  publicKey: string;
}

/**
 * Reads a request as an installation has sent it (JWS, compact).
 *
 * @param purpose for which it must have been made; in a file the time is not asked
 * @throws Refusal `request-invalid` or `request-stale`
 */
export async function readRequest(
  token: string,
  purpose: LicenceRequest['purpose'],
  nowMs: number,
): Promise<GenuineRequest> {
  const { jwk, payload } = await verify(token).catch(() => {
    throw new Refusal('request-invalid');
  });
  const request = Value.Check(LicenceRequest, payload) ? (payload as LicenceRequest) : undefined;
  if (request?.purpose !== purpose) throw new Refusal('request-invalid');
  const isNow = Math.abs(request.iat - nowMs / 1_000) <= requestLifeSeconds;
  if (purpose !== 'offline' && !isNow) throw new Refusal('request-stale');
  return { ...request, thumbprint: await calculateJwkThumbprint(jwk), publicKey: jwk.x };
}

async function verify(token: string): Promise<{ jwk: Static<typeof Header>['jwk']; payload: unknown }> {
  const header: unknown = decodeProtectedHeader(token);
  if (!Value.Check(Header, header)) throw new Error('another header');
  const { jwk } = header as Static<typeof Header>;
  // the last sign has bits to spare: written otherwise, the same key would have another thumbprint
  if (Buffer.from(jwk.x, 'base64url').toString('base64url') !== jwk.x) throw new Error('written otherwise');
  const { payload } = await compactVerify(token, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
  return { jwk, payload: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
}
