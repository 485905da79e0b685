import { createHmac } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import { tokenTypes } from '../../proto/licence/permit.ts';
import { requestAudience, requestLifeSeconds } from '../../proto/licence/wire.ts';
import { readRequest } from './read-request.ts';

const nowMs = Date.parse('2026-11-26T09:00:00Z');
const iat = nowMs / 1_000;

const claims = {
  ...{ aud: requestAudience, iat, jti: 'a request of tests', purpose: 'check' as const, accounts: [] },
  ...{ timezone: 'Europe/Moscow', version: '1.0.0' },
  usage: { accounts: 0, pbxs: 0, employees: 0, callsOfMonth: 0 },
};

interface Pair {
  jwk: JWK;
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
}

async function newPair(): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x = '' } = await exportJWK(publicKey);
  return { jwk: { kty: 'OKP', crv: 'Ed25519', x }, privateKey };
}

let [own, other]: Pair[] = [];
beforeAll(async () => {
  [own, other] = await Promise.all([newPair(), newPair()]);
});

const pair = (): Pair => own as Pair;
const sign = (changes: object = {}, header: object = {}, key = pair().privateKey) =>
  new CompactSign(Buffer.from(JSON.stringify({ ...claims, ...changes })))
    .setProtectedHeader({ alg: 'EdDSA', typ: tokenTypes.request, jwk: pair().jwk, ...header })
    .sign(key);
const read = (token: string, purpose: Parameters<typeof readRequest>[1] = 'check') =>
  readRequest(token, purpose, nowMs);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('tells what was asked, and who has signed it', async () => {
  const request = await read(await sign());
  expect(request).toMatchObject({ ...claims, publicKey: pair().jwk.x });
  expect(request.thumbprint).toMatch(/^[\w-]{43}$/);
});

it.each([-1, 1])('is good for five minutes around the clock of the server (%d)', async (side) => {
  const at = (seconds: number) => sign({ iat: iat + side * seconds });
  await expect(read(await at(requestLifeSeconds))).resolves.toBeTruthy();
  await expect(read(await at(requestLifeSeconds + 1))).rejects.toMatchObject({ code: 'request-stale' });
});

it('in a file is not asked when it was made', async () => {
  const token = await sign({ iat: iat - 90 * 86_400, purpose: 'offline' });
  await expect(read(token, 'offline')).resolves.toMatchObject({ purpose: 'offline' });
});

const spare = (x: string): string => {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return x.slice(0, -1) + signs[signs.indexOf(x.at(-1) ?? '') + 1];
};

it.each<[string, () => string | Promise<string>]>([
  ['nothing', () => ''],
  ['no token', () => 'a.b.c'],
  ['a number of parts that no token has', async () => `${await sign()}.x`],
  [
    'what was changed after it was signed',
    async () => {
      const [header, , signature] = (await sign()).split('.');
      return `${header}.${encode({ ...claims, accounts: ['evil'] })}.${signature}`;
    },
  ],
  [
    'no signature, alg none',
    () => `${encode({ alg: 'none', typ: tokenTypes.request, jwk: pair().jwk })}.${encode(claims)}.`,
  ],
  [
    'the public key taken for a secret, HS256',
    () => {
      const head = `${encode({ alg: 'HS256', typ: tokenTypes.request, jwk: pair().jwk })}.${encode(claims)}`;
      return `${head}.${createHmac('sha256', Buffer.from(pair().jwk.x ?? '', 'base64url'))
        .update(head)
        .digest('base64url')}`;
    },
  ],
  ['another key than the one in its header', () => sign({}, {}, (other as Pair).privateKey)],
  ['the type of a permit', () => sign({}, { typ: tokenTypes.permit })],
  ['no type', () => sign({}, { typ: undefined })],
  ['a key that lies elsewhere', () => sign({}, { jku: 'https://evil.example/keys' })],
  ['a private key in the header', () => sign({}, { jwk: { ...pair().jwk, d: pair().jwk.x } })],
  ['a key of another curve', () => sign({}, { jwk: { ...pair().jwk, crv: 'X25519' } })],
  ['no key', () => sign({}, { jwk: undefined })],
  ['the same key written otherwise', () => sign({}, { jwk: { ...pair().jwk, x: spare(pair().jwk.x ?? '') } })],
  ['another audience', () => sign({ aud: 'somebody' })],
  ['another purpose', () => sign({ purpose: 'release' })],
  ['something more', () => sign({ phone: '+79161234567' })],
  ['a key that has not the form of one', () => sign({ key: 'RF-1' })],
  ['no id', () => sign({ jti: undefined })],
  ['a time that is none', () => sign({ iat: 'now' })],
])('refuses %s', async (_, make) => {
  await expect(read(await make())).rejects.toMatchObject({ code: 'request-invalid' });
});
