import { readFileSync, writeFileSync } from 'node:fs';
import { CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type KeySetClaims, tokenTypes } from '../../proto/licence/permit.ts';

/** An Ed25519 key pair, RFC 8037. */
const PrivateKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  d: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
});
export type PrivateKey = Static<typeof PrivateKey>;

/** The file can't be written or holds no key; the message says what to do. */
export class RootKeyError extends Error {
  override readonly name = 'RootKeyError';
}

export async function newKeyPair(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return Value.Parse(PrivateKey, await exportJWK(privateKey)) as PrivateKey;
}

/**
 * Makes the root key pair in a file that only its owner may read. One that is there is never written over.
 *
 * @returns the public half, which Ringflow's installations are configured with. @throws RootKeyError
 */
export async function makeRootKey(file: string): Promise<string> {
  const pair = await newKeyPair();
  try {
    writeFileSync(file, `${JSON.stringify(pair)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new RootKeyError(`${file} is there already: a root key is never written over.`);
    throw new RootKeyError(`${file} can't be written (${code}).`);
  }
  return pair.x;
}

/** @throws RootKeyError */
export function readRootKey(file: string): PrivateKey {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new RootKeyError(`${file} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const pair = parsed(text);
  if (!Value.Check(PrivateKey, pair)) {
    throw new RootKeyError(`${file} holds no root key: make one with ringflow-licensing keys root --out FILE.`);
  }
  return pair;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The root key vouches for signing keys. @returns JWS */
export async function signKeySet(root: PrivateKey, claims: KeySetClaims): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: tokenTypes.keySet })
    .sign(await importJWK(root, 'EdDSA'));
}
