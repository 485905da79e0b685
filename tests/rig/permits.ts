import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import type { Pool } from 'mysql2/promise';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createIdentity } from '../../activities/store/licence/identity.ts';
import { createLicence } from '../../activities/store/licence/licence.ts';
import { createLicenceRecords } from '../../activities/store/licence/record.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { allFeatures } from '../../proto/licence/feature.ts';
import {
  type KeySetClaims,
  type PermitClaims,
  permitIssuer,
  type SignedPermit,
  tokenTypes,
} from '../../proto/licence/permit.ts';
import { servers } from './servers.ts';

export const newSecretKeys = (): string => `test:${randomBytes(32).toString('base64')}`;

/** A key that signs, and `x` of its public half. */
export interface SigningKey {
  kid: string;
  x: string;
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
}

export async function newSigningKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  return { kid, x, privateKey };
}

/** Vouches for all permits of a run of tests. */
export const rootOfTests = newSigningKey('root');
const signerOfTests = newSigningKey('signer');

const secondsNow = () => Math.floor(Date.now() / 1000);
const yearSeconds = 366 * 86_400;

export function signToken(claims: object, key: SigningKey, typ: string, header: object = {}): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: key.kid, ...header })
    .sign(key.privateKey);
}

export async function signKeySet(signers: readonly SigningKey[], serial = 1): Promise<string> {
  const keys = signers.map(({ kid, x }) => ({ kid, x }));
  const claims: KeySetClaims = { iss: permitIssuer, iat: secondsNow(), serial, keys };
  return signToken(claims, await rootOfTests, tokenTypes.keySet);
}

/** For all that there is, unless said otherwise. */
export function permitClaims(installation: string, changes: Partial<PermitClaims> = {}): PermitClaims {
  const now = secondsNow();
  return {
    ...{ iss: permitIssuer, sub: installation, iat: now, exp: now + yearSeconds, serial: 1 },
    ...{ kind: 'paid', reason: null, plan: 'Everything', customer: 'Tests', keyHint: null },
    ...{ seats: 1_000, features: [...allFeatures], paidUntil: null, isInvoicePending: false },
    ...{ nextCheck: now + yearSeconds, freshUntil: now + yearSeconds, isOffline: true },
    ...changes,
  };
}

/** As the licensing server would hand it out. */
export async function signPermit(claims: PermitClaims, keySetSerial = 1): Promise<SignedPermit> {
  const signer = await signerOfTests;
  return {
    permit: await signToken(claims, signer, tokenTypes.permit),
    keys: await signKeySet([signer], keySetSerial),
  };
}

/** The licence of an installation, as its processes see it. @param rootKey that of tests if left out */
export async function licenceOf(pool: Pool, redis: Redis, secretKeys: string, rootKey?: string) {
  const identity = createIdentity(createSecrets(pool, readKeyRing(secretKeys)));
  const records = createLicenceRecords(pool, redis, identity);
  return { identity, records, licence: createLicence(records, identity, rootKey ?? (await rootOfTests).x) };
}

/** A permit as a file brings it. @param changes to one for all that there is */
export async function givePermit(
  pool: Pool,
  redis: Redis,
  secretKeys: string,
  changes: Partial<PermitClaims> = {},
): Promise<void> {
  const { identity, records, licence } = await licenceOf(pool, redis, secretKeys);
  const { permitSerial } = await records.read();
  const claims = permitClaims((await identity()).id, { serial: permitSerial + 1, ...changes });
  await licence.take(await signPermit(claims));
}

/** Lets an installation do all that there is; one that can keep no secret has no licence. */
export async function giveEverything(
  pool: Pool,
  { RINGFLOW_SECRET_KEYS }: { RINGFLOW_SECRET_KEYS: string },
): Promise<void> {
  if (RINGFLOW_SECRET_KEYS === '') return;
  const redis = new Redis(servers.redisUrl);
  await givePermit(pool, redis, RINGFLOW_SECRET_KEYS);
  await redis.quit();
}
