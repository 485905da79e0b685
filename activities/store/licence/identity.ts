import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { tokenTypes } from '../../../proto/licence/permit.ts';
import { type LicenceRequest, requestAudience } from '../../../proto/licence/wire.ts';
import { installationKeySecret, type Secrets } from '../secrets.ts';

/** Who this installation is for the licensing server. */
interface Identity {
  /** RFC 7638 thumbprint of its public key. */
  id: string;
  /** @returns the request as a JWS, with the public key in its header */
  sign(request: Omit<LicenceRequest, 'aud'>): Promise<string>;
}

export type IdentityReader = () => Promise<Identity>;

/**
 * The identity of this installation. The key pair is made once, whichever process needs it first; its private half is
 * kept among the secrets and never leaves the process otherwise.
 *
 * @returns asked again it answers from memory. @throws SecretKeyError
 */
export function createIdentity(secrets: Secrets): IdentityReader {
  let known: Promise<Identity> | undefined;
  return () => {
    known ??= readOrMake(secrets);
    known.catch(() => (known = undefined)); // the database may be away for a while
    return known;
  };
}

async function readOrMake(secrets: Secrets): Promise<Identity> {
  const kept =
    (await secrets.read(installationKeySecret)) ?? (await secrets.writeOnce(installationKeySecret, await made()));
  return identityOf(JSON.parse(kept) as JWK);
}

async function made(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

async function identityOf(jwk: JWK): Promise<Identity> {
  const { kty = '', crv = '', x = '' } = jwk;
  const publicKey: JWK = { kty, crv, x };
  const privateKey = await importJWK(jwk, 'EdDSA');
  return {
    id: await calculateJwkThumbprint(publicKey),
    sign: (request) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify({ aud: requestAudience, ...request })))
        .setProtectedHeader({ alg: 'EdDSA', typ: tokenTypes.request, jwk: publicKey })
        .sign(privateKey),
  };
}
