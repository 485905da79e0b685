import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'mysql2/promise';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { readKeyRing } from './key-ring.ts';
import { openMysql } from './mysql.ts';
import { createRecordingLinks } from './recording-links.ts';
import { createRecordingListens } from './recording-listens.ts';
import { createSecrets } from './secrets.ts';

let database: Database;
let pool: Pool;
beforeAll(async () => {
  database = await createStoreDatabase();
  pool = openMysql(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const keys = readKeyRing(`test:${randomBytes(32).toString('base64')}`);
const links = () => createRecordingLinks(pool, createSecrets(pool, keys));
const day = 86_400_000;
let count = 0;
const recording = (startedAtMs = Date.now()) => ({
  ...{ pbxId: 'main', linkedid: `${++count}.1`, startedAtMs, file: `exten-101-79161234567-${count}.wav` },
});
const isRevoked = async (linkedid: string) => (await links().of('main', linkedid))?.revokedAtMs !== null;

it('a call has one link, however many workers ask for it at once, and it tells nothing of the call', async () => {
  const call = recording();
  const issued = await Promise.all([1, 2, 3, 4].map(() => links().issue(call)));
  const [token] = new Set(issued.map((link) => link?.token));
  expect(new Set(issued.map((link) => link?.token)).size).toBe(1);
  expect(token).toMatch(/^[\w-]{40}$/);
  expect(Buffer.from(token ?? '', 'base64url').toString('latin1')).not.toMatch(/101|7916|main/);
  expect(await links().find(token ?? '')).toMatchObject({ ...call, revokedAtMs: null });
});

it('nothing but the token itself is one', async () => {
  const token = (await links().issue(recording()))?.token ?? '';
  const other = (await links().issue(recording()))?.token ?? '';
  const altered = fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_.%=/'))
    .map(([place, letter]) => token.slice(0, place) + letter + token.slice(place + 1))
    .filter((text) => text !== token);
  const swapped = [token.slice(0, 16) + other.slice(16), other.slice(0, 16) + token.slice(16)];
  const strangers = fc.oneof(
    fc.string(),
    fc.base64String(),
    altered,
    fc.constantFrom(...swapped, `${token}A`, token.slice(1), ''),
  );
  await fc.assert(
    fc.asyncProperty(strangers, async (text) => expect(await links().find(text)).toBeUndefined()),
    { numRuns: 300 },
  );
  expect(await links().find(token)).toBeDefined();
});

it('a link of another installation is none here', async () => {
  const elsewhere = await createStoreDatabase();
  const theirPool = openMysql(elsewhere.url);
  const theirs = await createRecordingLinks(theirPool, createSecrets(theirPool, keys)).issue(recording());
  await theirPool.end();
  await elsewhere.drop();
  expect(await links().find(theirs?.token ?? '')).toBeUndefined();
});

it('that was revoked stays so: only a person gives out a new one, and the old one serves no more', async () => {
  const call = recording();
  const first = await links().issue(call);
  expect([await links().revoke('main', call.linkedid), await links().revoke('main', call.linkedid)]).toEqual([
    true,
    false,
  ]);
  expect(await links().issue(call)).toBeUndefined();
  const second = await links().renew(call);
  expect(second.token).not.toBe(first?.token);
  expect((await links().issue(call))?.token).toBe(second.token);
  expect(await links().find(first?.token ?? '')).toMatchObject({ revokedAtMs: expect.any(Number) });
  const [third, fourth] = await Promise.all([links().renew(call), links().renew(call)]);
  const serving = (await Promise.all([second, third, fourth].map(({ token }) => links().find(token)))).filter(
    (link) => link?.revokedAtMs === null,
  );
  expect(serving).toHaveLength(1);
});

it('all of calls before a day are revoked, of that PBX alone', async () => {
  const [old, young] = [recording(Date.now() - 10 * day), recording()];
  const elsewhere = { ...recording(Date.now() - 10 * day), pbxId: 'branch' };
  for (const call of [old, young, elsewhere]) await links().issue(call);
  expect(await links().revokeBefore('main', Date.now() - day)).toBe(1);
  expect([await isRevoked(old.linkedid), await isRevoked(young.linkedid)]).toEqual([true, false]);
  expect((await links().of('branch', elsewhere.linkedid))?.revokedAtMs).toBeNull();
});

it('what may not be kept goes: the names of files, and who has listened', async () => {
  const listens = createRecordingListens(pool);
  const [old, young] = [recording(Date.now() - 40 * day), recording()];
  for (const call of [old, young]) {
    const linkId = (await links().issue(call))?.id ?? '';
    await listens.note(call, { address: '192.0.2.7', linkId, login: null });
  }
  await links().forgetBefore('main', Date.now() - 30 * day);
  expect(await links().knownSince('main', [old.linkedid, young.linkedid], 0)).toEqual([young.linkedid]);
  expect([(await links().of('main', old.linkedid))?.file, (await links().of('main', young.linkedid))?.file]).toEqual([
    ...['', young.file],
  ]);
  expect([await listens.of('main', old.linkedid), await listens.of('main', young.linkedid)]).toMatchObject([[], [{}]]);
});

it('many parts of a recording are one listening; another person, or another way, is another', async () => {
  const listens = createRecordingListens(pool);
  const call = recording();
  const byLink = { address: '192.0.2.7', linkId: 'AAAAAAAAAAAAAAAA', login: null };
  for (const listener of [
    byLink,
    byLink,
    { ...byLink, address: '192.0.2.8' },
    { ...byLink, linkId: null, login: 'anna' },
  ]) {
    await listens.note(call, listener);
  }
  expect(await listens.of('main', call.linkedid)).toHaveLength(3);
});

it('a player that asks for many parts at once is noted once, and none of its questions fails', async () => {
  const listens = createRecordingListens(pool);
  const listener = { address: '192.0.2.7', linkId: null, login: 'admin' };
  for (let call = 0; call < 20; call++) {
    const heard = recording();
    await Promise.all([1, 2, 3, 4, 5].map(() => listens.note(heard, listener)));
    expect(await listens.of('main', heard.linkedid)).toHaveLength(1);
  }
});
