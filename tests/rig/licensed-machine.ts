import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CompactSign, calculateJwkThumbprint, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';
import { Agent, fetch } from 'undici';
import {
  type KeySetClaims,
  type PermitClaims,
  readPermitClaims,
  type SignedPermit,
  tokenTypes,
} from '../../proto/licence/permit.ts';
import { type LicenceRequest, requestAudience } from '../../proto/licence/wire.ts';

/** What a licensing server is known by. */
export interface LicensingAddress {
  url: string;
  caFile: string;
  rootKey: string;
}

/** A machine with a key pair of its own, which asks a licensing server as Ringflow does, and verifies what it says. */
export interface LicensedMachine {
  thumbprint: string;
  /** A request, signed. @param changes of what it says, or of its header */
  request(purpose: LicenceRequest['purpose'], changes?: object, header?: object): Promise<string>;
  /** @returns the permit's claims, verified, or the error */
  ask(purpose: LicenceRequest['purpose'], changes?: object): Promise<Answer>;
  send(path: string, token: string, headers?: Record<string, string>): Promise<Answer>;
  /** What a GET is answered. */
  read(path: string, headers?: Record<string, string>): Promise<string>;
}

interface Answer {
  status: number;
  permit?: PermitClaims;
  signed?: SignedPermit;
  /** Of an error. */
  code?: string;
  message?: string;
  whatToDo?: string;
}

export async function makeMachine(server: LicensingAddress): Promise<LicensedMachine> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const;
  const dispatcher = new Agent({ connect: { ca: readFileSync(server.caFile, 'utf8') } });
  const request: LicensedMachine['request'] = (purpose, changes = {}, header = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify({ ...claims(purpose), ...changes })))
      .setProtectedHeader({ alg: 'EdDSA', typ: tokenTypes.request, jwk, ...header })
      .sign(privateKey);
  const send: LicensedMachine['send'] = async (path, token, headers = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      ...{ method: 'POST', dispatcher, body: JSON.stringify({ request: token }) },
      headers: { 'content-type': 'application/json', ...headers },
    });
    const body = (await answer.json()) as Record<string, string>;
    if (answer.status !== 200) return { status: answer.status, ...body };
    return {
      status: 200,
      signed: body as SignedPermit,
      permit: await verifyPermit(body as SignedPermit, server.rootKey),
    };
  };
  return {
    ...{ thumbprint: await calculateJwkThumbprint(jwk), request, send },
    read: async (path, headers = {}) => (await fetch(`${server.url}${path}`, { dispatcher, headers })).text(),
    ask: async (purpose, changes) => send(`/v1/${purpose}`, await request(purpose, changes)),
  };
}

const claims = (purpose: LicenceRequest['purpose']): LicenceRequest => ({
  ...{ aud: requestAudience, iat: Math.floor(Date.now() / 1_000), jti: randomUUID(), purpose },
  ...{ accounts: [], timezone: 'Europe/Moscow', version: '1.0.0' },
  usage: { accounts: 1, pbxs: 1, employees: 3, callsOfMonth: 100 },
});

/** By the root key, through the key set. @throws if it is not genuine */
export async function verifyPermit({ permit, keys }: SignedPermit, rootKey: string): Promise<PermitClaims> {
  const set = await open<KeySetClaims>(keys, tokenTypes.keySet, () => rootKey);
  const claims = await open(permit, tokenTypes.permit, (kid) => set.keys.find((one) => one.kid === kid)?.x);
  const read = readPermitClaims(claims);
  if (!read) throw new Error(`no permit: ${JSON.stringify(claims)}`);
  return read;
}

async function open<T>(token: string, typ: string, keyOf: (kid: string | undefined) => string | undefined): Promise<T> {
  const { payload, protectedHeader } = await compactVerify(
    token,
    async (header) => importJWK({ kty: 'OKP', crv: 'Ed25519', x: keyOf(header.kid) ?? '' }, 'EdDSA'),
    { algorithms: ['EdDSA'] },
  );
  if (protectedHeader.typ !== typ) throw new Error(`${protectedHeader.typ} is no ${typ}`);
  return JSON.parse(new TextDecoder().decode(payload)) as T;
}
