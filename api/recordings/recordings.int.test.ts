import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRecordings } from '../../activities/recordings/index.ts';
import { createSoundCache } from '../../activities/recordings/sound/cache.ts';
import { createConverter } from '../../activities/recordings/sound/convert.ts';
import { allFeatures } from '../../proto/licence/feature.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { servers } from '../../tests/rig/servers.ts';
import { secondsOf, tone } from '../../tests/rig/sound.ts';
import { sweepRecordings } from './sweep.ts';

jest.setTimeout(60_000);

let api: TestApi;
let admin: Visitor;
let monitor: string;
const account = 'shop.example';
const longAgo = Date.UTC(2026, 0, 15);
const mp3 = tone('mp3', 2);

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example');
  monitor = mkdtempSync(join(servers.stateFolder, 'monitor-'));
  await api.accounts.add(account, `https://${account}`);
  await api.pbxStore.add(
    { id: 'main', accountId: account, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' },
    'mysql://a:b@c/d',
  );
  await api.pbxStore.setRecordings('main', { kind: 'folder', folder: monitor, pbxFolder: null });
  admin = await api.person({});
});
afterAll(async () => {
  await api?.close();
  rmSync(monitor, { recursive: true });
});
afterEach(() => set(null));

let count = 0;
/** A call of the journal whose recording lies where FreePBX would have put it. */
async function recorded(sound: Buffer | null = mp3, startedAtMs = longAgo, kind = 'mp3') {
  const linkedid = `${++count}.1`;
  const file = `exten-101-79161234567-${linkedid}.${kind}`;
  const folder = join(monitor, new Date(startedAtMs).toISOString().slice(0, 10).replaceAll('-', '/'));
  mkdirSync(folder, { recursive: true });
  if (sound) writeFileSync(join(folder, file), sound);
  const entry = journalEntry({
    pbxId: 'main',
    linkedid,
    startedAtMs,
    endedAtMs: startedAtMs + 60_000,
    recordingFile: file,
  });
  await api.journal.write(entry);
  const link = await api.recordingLinks.issue({ pbxId: 'main', linkedid, startedAtMs, file });
  const path = `/api/accounts/${account}/calls/main/${linkedid}/recording`;
  return { linkedid, url: `/recordings/${link?.token}`, path };
}

const hear = (
  url: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' = 'GET',
  remoteAddress = '192.0.2.1',
) => api.app.inject({ method, url, headers, remoteAddress });

async function set(recordings: object | null): Promise<void> {
  const { version = 0 } = (await api.settingsStore.latest(account)) ?? {};
  const saved = await admin.send('PATCH', `/api/accounts/${account}/settings`, {
    basedOn: version,
    sections: { recordings },
  });
  expect(saved.statusCode).toBe(200);
}

it('is heard by who has the link, without a cookie, from a page of the account', async () => {
  const { url } = await recorded(tone('wav', 2), longAgo, 'wav');
  const { statusCode, headers, rawPayload } = await hear(url);
  expect([statusCode, Math.round(secondsOf(rawPayload))]).toEqual([200, 2]);
  expect(headers).toMatchObject({
    ...{ 'content-type': 'audio/mpeg', 'accept-ranges': 'bytes', 'content-length': String(rawPayload.length) },
    ...{ 'x-content-type-options': 'nosniff', 'access-control-allow-origin': `https://${account}` },
    ...{ 'cross-origin-resource-policy': 'cross-origin', 'content-security-policy': expect.stringContaining("'none'") },
  });
  expect(JSON.stringify(headers)).not.toMatch(/7916|101|set-cookie/);
  const head = await hear(url, {}, 'HEAD');
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, String(rawPayload.length), '']);
});

it('is heard in parts', async () => {
  const { url } = await recorded();
  const { rawPayload: whole, headers } = await hear(url);
  const part = async (range: string, more = {}) => {
    const answer = await hear(url, { range, ...more });
    return [answer.statusCode, answer.headers['content-range'], answer.rawPayload] as const;
  };
  const size = whole.length;
  expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, whole.subarray(0, 10)]);
  expect(await part('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, whole.subarray(-5)]);
  expect(await part(`bytes=100-`)).toEqual([206, `bytes 100-${size - 1}/${size}`, whole.subarray(100)]);
  expect((await part(`bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`]);
  expect((await part('bytes=5-9', { 'if-range': String(headers.etag) }))[0]).toBe(206);
  expect((await part('bytes=5-9', { 'if-range': '"another"' }))[0]).toBe(200); // it has changed: the whole
});

describe('a link', () => {
  it('that is forged, altered or cut short leads nowhere, and whoever guesses is stopped', async () => {
    const { url } = await recorded();
    const from = '192.0.2.66';
    for (const wrong of [
      `${url}A`,
      url.slice(0, -1),
      url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      '/recordings/x',
    ]) {
      const { statusCode, body } = await hear(wrong, {}, 'GET', from);
      expect([statusCode, JSON.parse(body).code]).toEqual([404, 'recording-no-link']);
    }
    for (const climbing of ['/recordings/..%2f..%2fetc%2fpasswd', '/recordings/../../etc/passwd', '/recordings/%00']) {
      expect((await hear(climbing)).statusCode).toBe(404);
    }
    for (let guess = 0; guess < 30; guess++) await hear(`/recordings/${guess}`, {}, 'GET', from);
    expect((await hear('/recordings/y', {}, 'GET', from)).statusCode).toBe(429);
    expect((await hear(url, {}, 'GET', from)).statusCode).toBe(200); // whoever has one is not stopped
  });

  it('is revoked and given out anew by an administrator, who sees what it is and who has listened', async () => {
    const { url, path } = await recorded();
    await hear(url, { range: 'bytes=0-9' }, 'GET', '192.0.2.5');
    await hear(url, { range: 'bytes=10-' }, 'GET', '192.0.2.5');
    const seen = (await admin.send('GET', path)).json();
    expect(seen).toMatchObject({ trouble: null, link: { url: `https://ringflow.example${url}`, revokedAtMs: null } });
    expect(seen.listens).toEqual([{ address: '192.0.2.5', login: null, beganAtMs: expect.any(Number) }]);
    expect((await admin.send('DELETE', `${path}/link`)).statusCode).toBe(204);
    const refused = await hear(url, { 'accept-language': 'ru', accept: 'text/html' });
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([410, 'text/html; charset=utf-8']);
    expect(refused.body).toContain('Эта ссылка отозвана');
    const fresh = (await admin.send('POST', `${path}/link`)).json().url.replace('https://ringflow.example', '');
    expect([(await hear(fresh)).statusCode, (await hear(url)).statusCode]).toEqual([200, 410]);
  });

  it('expires only if that is set, by the day when it was given out', async () => {
    const { url, linkedid } = await recorded();
    await set({ linkDays: 1 });
    expect((await hear(url)).statusCode).toBe(200);
    await api.database.pool.query('UPDATE recording_links SET issued_at = ? WHERE linkedid = ?', [
      new Date(longAgo),
      linkedid,
    ]);
    expect((await hear(url)).json().code).toBe('recording-link-expired');
    await set(null);
    expect((await hear(url)).statusCode).toBe(200);
  });

  it('serves only in the networks that are set, and so does the journal', async () => {
    const { url, path } = await recorded();
    await set({ networks: ['192.0.2.0/28', '2001:db8::/120'] });
    expect((await hear(url, {}, 'GET', '::ffff:192.0.2.1')).statusCode).toBe(200);
    const elsewhere = await hear(url, { 'x-forwarded-for': '192.0.2.1' }, 'GET', '198.51.100.1');
    expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([403, 'recording-other-network']);
    expect((await admin.send('GET', `${path}/sound`)).statusCode).toBe(403); // visitors come from 2001:db8::xxxx:xxxx
  });
});

describe('what is kept for days', () => {
  it('is gone afterwards, in words, and the names and listeners with it; the file stays', async () => {
    const old = await recorded(mp3, Date.now() - 40 * 86_400_000);
    const young = await recorded(mp3, Date.now() - 86_400_000);
    for (const { url } of [old, young]) await hear(url);
    await set({ keepDays: 30 });
    sweepRecordings(api.tools)();
    while ((await admin.send('GET', old.path)).json().listens.length > 0) await new Promise(setImmediate);
    expect([(await hear(old.url)).json().code, (await hear(young.url)).statusCode]).toEqual(['recording-gone', 200]);
    expect((await admin.send('GET', `${old.path}/sound`)).json().code).toBe('recording-gone');
    const [links] = await api.database.pool.query('SELECT linkedid, file FROM recording_links WHERE linkedid = ?', [
      old.linkedid,
    ]);
    expect(links).toEqual([{ linkedid: old.linkedid, file: '' }]);
    await set(null);
    expect((await admin.send('GET', `${old.path}/sound`)).statusCode).toBe(200);
  });
});

it('each process lets go of sound that it made of calls of which nothing is known any more', async () => {
  const [known, forgotten] = [
    await recorded(tone('wav', 1), longAgo, 'wav'),
    await recorded(tone('wav', 1), longAgo, 'wav'),
  ];
  const folders = [1, 2].map(() => mkdtempSync(join(servers.stateFolder, 'sounds-')));
  for (const folder of folders) {
    const cache = createSoundCache(folder, 10_000_000);
    const recordings = createRecordings({
      pbxs: api.tools.pbxs,
      cache,
      converter: createConverter(),
      complain: () => undefined,
    });
    for (const { linkedid } of [known, forgotten]) {
      const file = `exten-101-79161234567-${linkedid}.wav`;
      await recordings.soundOf({ pbxId: 'main', linkedid, startedAtMs: longAgo, file }, 0);
    }
    expect(readdirSync(folder)).toHaveLength(2);
    for (const table of ['calls', 'recording_links']) {
      await api.database.pool.query(`DELETE FROM ${table} WHERE linkedid = ?`, [forgotten.linkedid]);
    }
    const end = sweepRecordings({ ...api.tools, recordings });
    while (readdirSync(folder).length > 1) await new Promise(setImmediate);
    end();
    recordings.close();
    const [left] = readdirSync(folder);
    expect(left).toContain(Buffer.from(known.linkedid).toString('base64url'));
    rmSync(folder, { recursive: true });
  }
});

it('says in words why there is none', async () => {
  const trouble = async (path: string) => (await admin.send('GET', path)).json().trouble;
  const none = journalEntry({ pbxId: 'main', linkedid: 'none.1', recordingFile: null });
  await api.journal.write(none);
  expect(await trouble(`/api/accounts/${account}/calls/main/none.1/recording`)).toMatchObject({
    message: 'This call has no recording',
  });
  const gone = await recorded(null);
  expect(await trouble(gone.path)).toMatchObject({ message: 'The file of the recording is not there' });
  expect((await hear(gone.url)).statusCode).toBe(404);
  const fresh = await recorded(null, Date.now());
  const waited = await hear(fresh.url);
  expect([waited.statusCode, waited.headers['retry-after'], waited.json().code]).toEqual([
    503,
    '30',
    'recording-not-yet',
  ]);
  const empty = await recorded(Buffer.alloc(44), longAgo, 'wav');
  expect(await trouble(empty.path)).toMatchObject({ message: 'The recording is empty' });
});

it('a head hears their own people alone, a viewer everybody; who has listened is not for viewers', async () => {
  const { path } = await recorded();
  const [own, others] = await Promise.all([
    api.person({ role: 'head', extensions: ['101'] }),
    api.person({ role: 'head', extensions: ['199'] }),
  ]);
  const viewer = await api.person({ role: 'viewer' });
  expect((await own.send('GET', `${path}/sound`)).statusCode).toBe(200);
  expect((await own.send('GET', path)).json()).toMatchObject({
    link: { url: null },
    listens: [{ login: own.user.login }],
  });
  for (const part of ['', '/sound']) expect((await others.send('GET', path + part)).statusCode).toBe(404);
  expect((await viewer.send('GET', `${path}/sound`)).statusCode).toBe(200);
  expect((await viewer.send('GET', path)).json()).toMatchObject({ listens: null, link: { url: null } });
  expect((await own.send('POST', `${path}/link`)).statusCode).toBe(403);
});

it('without recordings in the licence neither link nor page gives one out, and both say why', async () => {
  const { url, path } = await recorded();
  await api.permit({ features: allFeatures.filter((feature) => feature !== 'recordings') });
  const refused = await hear(url, { 'accept-language': 'ru', accept: 'text/html' });
  expect([refused.statusCode, refused.payload]).toEqual([403, expect.stringContaining('Выключено: записи разговоров')]);
  expect((await admin.send('GET', `${path}/sound`)).statusCode).toBe(403);
  expect((await admin.send('POST', `${path}/link`)).statusCode).toBe(403);
  expect((await admin.send('GET', path)).json().trouble).toMatchObject({
    message: expect.stringContaining('Switched off: recordings'),
  });
  await api.permit({});
  expect((await hear(url)).statusCode).toBe(200);
});
