import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { base64url, CompactSign, SignJWT } from 'jose';
import type { PermitClaims, SignedPermit } from '../../../proto/licence/permit.ts';
import { tokenTypes } from '../../../proto/licence/permit.ts';
import { createStoreDatabase, type Database } from '../../../tests/rig/databases.ts';
import {
  licenceOf,
  newSigningKey,
  permitClaims,
  rootOfTests,
  signKeySet,
  signPermit,
  signToken,
} from '../../../tests/rig/permits.ts';
import { servers } from '../../../tests/rig/servers.ts';
import { readKeyRing } from '../key-ring.ts';
import { openRedis } from '../redis.ts';
import { createSecrets } from '../secrets.ts';
import { createIdentity } from './identity.ts';
import { createLicence } from './licence.ts';
import { createLicenceRecords } from './record.ts';

const secretKeys = `test:${randomBytes(32).toString('base64')}`;
const dayMs = 86_400_000;
let database: Database;
let redis: Redis;
let house: Awaited<ReturnType<typeof licenceOf>>;
let own: string;

beforeEach(async () => {
  database = await createStoreDatabase();
  redis = new Redis(servers.redisUrl);
  house = await licenceOf(database.pool, redis, secretKeys);
  own = (await house.identity()).id;
});
afterEach(async () => {
  await redis.quit();
  await database.drop();
});

/** Another process of the same installation, whose clock stands elsewhere. */
function readerAt(wallMs: number) {
  const records = createLicenceRecords(database.pool, redis, house.identity);
  const clock = { wallMs: () => wallMs, runningMs: () => 0 };
  return rootOfTests.then(({ x }) => createLicence(records, house.identity, x, clock));
}

it('has one identity, whichever process needs it first', async () => {
  const pool = (await createStoreDatabase()) as Database;
  const processes = Array.from({ length: 5 }, () => createIdentity(createSecrets(pool.pool, readKeyRing(secretKeys))));
  const ids = await Promise.all(processes.map(async (identity) => (await identity()).id));
  expect(new Set(ids).size).toBe(1);
  const [rows] = await pool.pool.query("SELECT ciphertext FROM secrets WHERE name = 'licence:private-key'");
  expect(String((rows as { ciphertext: Buffer }[])[0]?.ciphertext)).not.toContain('"d"');
  await pool.drop();
});

it('asks MySQL where Redis takes connections and never answers', async () => {
  await house.licence.take(await signPermit(permitClaims(own)));
  const silent = createServer(() => undefined);
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const frozen = openRedis(`redis://127.0.0.1:${(silent.address() as AddressInfo).port}`, () => undefined);
  const licence = createLicence(
    createLicenceRecords(database.pool, frozen, house.identity),
    house.identity,
    (await rootOfTests).x,
  );
  expect((await licence.now()).standing.state).toBe('active');
  frozen.disconnect();
  silent.close();
}, 30_000);

it('is restricted without a permit, and all on with a genuine one, for each process and after Redis was emptied', async () => {
  expect((await house.licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'no-licence', seats: 2 });
  await house.licence.take(await signPermit(permitClaims(own, { seats: 7 })));
  expect((await house.licence.now()).standing).toMatchObject({ state: 'active', seats: 7 });
  await redis.flushdb();
  expect((await (await readerAt(Date.now())).now()).standing).toMatchObject({ state: 'active', seats: 7 });
});

it('a table that was emptied, and a copy that is none, hold up nobody', async () => {
  await house.licence.take(await signPermit(permitClaims(own, { seats: 7 })));
  await redis.set(`ringflow:licence:${own}`, '{"signed": 5}');
  expect((await house.licence.now()).standing.seats).toBe(7);
  await redis.set(`ringflow:licence:${own}`, 'no JSON');
  expect((await house.licence.now()).standing.seats).toBe(7);
  await database.pool.query('DELETE FROM licence');
  await redis.flushdb();
  expect((await house.licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'no-licence' });
  await database.pool.query('DELETE FROM licence');
  await house.licence.take(await signPermit(permitClaims(own, { serial: 2, seats: 8 })));
  expect((await house.licence.now()).standing.seats).toBe(8);
});

it('whoever has read before a permit came does not put the copy of then over the newer one', async () => {
  await house.licence.take(await signPermit(permitClaims(own, { serial: 1, seats: 7 })));
  const slow = createLicenceRecords(
    database.pool,
    redisAfter(() => take(2, 9)),
    house.identity,
  );
  const take = async (serial: number, seats: number) =>
    void (await house.licence.take(await signPermit(permitClaims(own, { serial, seats }))));
  await redis.flushdb();
  await slow.read();
  expect((await house.licence.now()).standing.seats).toBe(9);
});

/** Redis, of a process in which something else happens just before it writes. */
function redisAfter(before: () => Promise<void>): Redis {
  const slow = Object.create(redis) as Redis;
  const write = redis.eval.bind(redis) as (...args: unknown[]) => Promise<unknown>;
  slow.eval = (async (...args: unknown[]) => {
    await before();
    return write(...args);
  }) as Redis['eval'];
  return slow;
}

const signer = newSigningKey('signer of this file');
const genuine = async (changes: Partial<PermitClaims> = {}) => ({
  claims: permitClaims(own, changes),
  keys: await signKeySet([await signer]),
});

type Forgery = () => Promise<SignedPermit>;
const forgeries: [string, Forgery][] = [
  [
    'an altered payload',
    async () => {
      const { claims, keys } = await genuine({ kind: 'restricted', reason: 'revoked' });
      const [header, , signature] = (await signToken(claims, await signer, tokenTypes.permit)).split('.');
      const payload = base64url.encode(JSON.stringify({ ...claims, kind: 'paid', reason: null }));
      return { permit: [header, payload, signature].join('.'), keys };
    },
  ],
  [
    'a signing key of their own',
    async () => {
      const { claims, keys } = await genuine();
      const theirs = await newSigningKey((await signer).kid);
      return { permit: await signToken(claims, theirs, tokenTypes.permit), keys };
    },
  ],
  [
    'keys that another root key vouches for',
    async () => {
      const [theirRoot, theirs] = await Promise.all([newSigningKey('root'), newSigningKey('theirs')]);
      const { claims } = await genuine();
      const set = { iss: claims.iss, iat: claims.iat, serial: 1, keys: [{ kid: theirs.kid, x: theirs.x }] };
      return {
        permit: await signToken(claims, theirs, tokenTypes.permit),
        keys: await signToken(set, theirRoot, tokenTypes.keySet),
      };
    },
  ],
  [
    'alg none',
    async () => {
      const { claims, keys } = await genuine();
      const header = { alg: 'none', typ: tokenTypes.permit, kid: (await signer).kid };
      return { permit: `${[header, claims].map((part) => base64url.encode(JSON.stringify(part))).join('.')}.`, keys };
    },
  ],
  [
    'HS256 by the public key',
    async () => {
      const { claims, keys } = await genuine();
      const { kid, x } = await signer;
      const permit = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: tokenTypes.permit, kid })
        .sign(new TextEncoder().encode(x));
      return { permit, keys };
    },
  ],
  [
    'HS256 by the bytes of the public key',
    async () => {
      const { claims, keys } = await genuine();
      const { kid, x } = await signer;
      const permit = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'HS256', typ: tokenTypes.permit, kid })
        .sign(base64url.decode(x));
      return { permit, keys };
    },
  ],
  [
    'a key of another kind in the set that it brings',
    async () => {
      const { claims, keys } = await genuine();
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const permit = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', typ: tokenTypes.permit, kid: (await signer).kid })
        .sign(privateKey);
      return { permit, keys };
    },
  ],
  [
    'a token of another kind that the same key has signed',
    async () => {
      const { claims, keys } = await genuine();
      return { permit: await signToken(claims, await signer, tokenTypes.request), keys };
    },
  ],
  [
    'a header that must be understood',
    async () => {
      const { claims, keys } = await genuine();
      const header = { crit: ['b64'], b64: true };
      return { permit: await signToken(claims, await signer, tokenTypes.permit, header), keys };
    },
  ],
  [
    'the permit of another installation',
    async () => {
      const { claims, keys } = await genuine({ sub: 'A'.repeat(43) });
      return { permit: await signToken(claims, await signer, tokenTypes.permit), keys };
    },
  ],
  [
    'a key set in place of the permit',
    async () => {
      const { keys } = await genuine();
      return { permit: keys, keys };
    },
  ],
  ['no token at all', async () => ({ permit: 'x', keys: 'y' })],
];
it.each(forgeries)('%s unlocks nothing', async (_, forge) => {
  await expect(house.licence.take(await forge())).rejects.toMatchObject({ code: 'forged' });
  const { permit, keys } = await forge();
  await database.pool.query('UPDATE licence SET permit = ?, key_set = ?', [permit, keys]); // past our own doors too
  await redis.flushdb();
  expect((await house.licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'permit-unreadable' });
});

it('says why no permit can be believed: no root key or another, no secret keys or others', async () => {
  await house.licence.take(await signPermit(permitClaims(own)));
  const reasonBy = async (keys: string, rootKey: string | undefined) => {
    const identity = createIdentity(createSecrets(database.pool, readKeyRing(keys)));
    const records = createLicenceRecords(database.pool, redis, identity);
    return (await createLicence(records, identity, rootKey).now()).standing.reason;
  };
  const { x } = await rootOfTests;
  expect(await reasonBy(secretKeys, x)).toBeNull();
  expect(await reasonBy(secretKeys, undefined)).toBe('no-root-key');
  expect(await reasonBy(secretKeys, (await newSigningKey('another')).x)).toBe('permit-unreadable');
  expect(await reasonBy('', x)).toBe('no-secret-keys');
  expect(await reasonBy(`test:${randomBytes(32).toString('base64')}`, x)).toBe('no-secret-keys');
});

it('an older permit unlocks nothing once a revocation was seen, neither by a file nor in the database', async () => {
  const older = await signPermit(permitClaims(own, { serial: 4 }));
  await house.licence.take(older);
  await house.licence.take(await signPermit(permitClaims(own, { serial: 5, kind: 'restricted', reason: 'revoked' })));
  await expect(house.licence.take(older)).rejects.toMatchObject({ code: 'replayed' });
  expect((await house.licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'revoked' });
  await database.pool.query('UPDATE licence SET permit = ?, key_set = ?', [older.permit, older.keys]);
  await redis.flushdb();
  expect((await house.licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'permit-unreadable' });
});

it('a key that was taken out of the set signs nothing more, and permits of before a change of keys hold', async () => {
  const [old, young] = await Promise.all([newSigningKey('old'), newSigningKey('young')]);
  const signed = async (serial: number, by: typeof old, setSerial: number, set: (typeof old)[]) => ({
    permit: await signToken(permitClaims(own, { serial, seats: serial }), by, tokenTypes.permit),
    keys: await signKeySet(set, setSerial),
  });
  await house.licence.take(await signed(1, old, 1, [old]));
  await house.licence.take(await signed(2, old, 2, [old, young])); // the young one is told before it signs
  expect((await house.licence.now()).standing.seats).toBe(2);
  await house.licence.take(await signed(3, young, 3, [young]));
  await expect(house.licence.take(await signed(4, old, 2, [old, young]))).rejects.toMatchObject({ code: 'replayed' });
  expect((await house.licence.now()).standing.seats).toBe(3);
});

const endsAfterMs = 3 * dayMs;
const endingPermit = (serial: number, changes: Partial<PermitClaims> = {}) => {
  const now = Math.floor(Date.now() / 1000);
  const end = now + endsAfterMs / 1000;
  return signPermit(permitClaims(own, { serial, freshUntil: end, exp: end, paidUntil: end, ...changes }));
};

it('a clock that is set back by a year wins no time, not even over a restart', async () => {
  await house.licence.take(await endingPermit(1));
  const later = await readerAt(Date.now() + endsAfterMs + 1_000);
  expect((await later.now()).standing).toMatchObject({ state: 'restricted', reason: 'term-over' });
  await later.noteTime();
  const back = await readerAt(Date.now() - 365 * dayMs);
  const seen = await back.now();
  expect(seen.standing).toMatchObject({ state: 'restricted', reason: 'term-over' });
  expect(seen.clockBehindMs).toBeGreaterThan(364 * dayMs);
});

it('nor with a newer permit that was kept for later: only what the server answers sets the clock', async () => {
  await house.licence.take(await endingPermit(1));
  const kept = await endingPermit(2);
  await (await readerAt(Date.now() + endsAfterMs + 1_000)).noteTime();
  const back = await readerAt(Date.now() - 365 * dayMs);
  await expect(back.takeFile(kept)).rejects.toMatchObject({ code: 'over' });
  const longer = await signPermit(permitClaims(own, { serial: 3 }));
  await back.takeFile(longer);
  expect((await back.now()).clockBehindMs).toBeGreaterThan(364 * dayMs);
});

it('goes on by a clock that only runs while the other stands still', async () => {
  await house.licence.take(await endingPermit(1));
  let runningMs = 0;
  const records = createLicenceRecords(database.pool, redis, house.identity);
  const yearAgo = Date.now() - 365 * dayMs;
  const clock = { wallMs: () => yearAgo, runningMs: () => runningMs };
  const licence = createLicence(records, house.identity, (await rootOfTests).x, clock);
  expect((await licence.now()).standing.state).toBe('active');
  runningMs = endsAfterMs + 1_000;
  expect((await licence.now()).standing).toMatchObject({ state: 'restricted', reason: 'term-over' });
});

it('a file sets a clock that was once far ahead, if it answers a request of late', async () => {
  await house.licence.take(await endingPermit(1));
  const aheadMs = Date.now() + 3_650 * dayMs;
  await (await readerAt(aheadMs)).noteTime();
  const back = await readerAt(Date.now());
  const file = (serial: number, askedAtMs: number) =>
    endingPermit(serial, { isOffline: true, askedAt: Math.floor(askedAtMs / 1000) });
  await expect(back.takeFile(await file(2, aheadMs - 30 * dayMs))).rejects.toMatchObject({ code: 'over' });
  expect((await back.now()).standing.state).toBe('restricted');
  const answer = await file(3, aheadMs);
  await back.takeFile(answer);
  expect(await back.now()).toMatchObject({ standing: { state: 'active' }, clockBehindMs: 0 });
  await (await readerAt(Date.now() + endsAfterMs + 1_000)).noteTime();
  await expect(back.takeFile(answer)).rejects.toMatchObject({ code: 'over' }); // once
});

it('a clock that was once far ahead is forgotten with the next permit', async () => {
  await house.licence.take(await endingPermit(1));
  await (await readerAt(Date.now() + 3_650 * dayMs)).noteTime();
  expect((await (await readerAt(Date.now())).now()).standing.state).toBe('restricted');
  await house.licence.take(await endingPermit(2));
  expect((await (await readerAt(Date.now())).now()).standing.state).toBe('active');
});
