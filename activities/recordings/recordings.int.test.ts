import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { secondsOf, tone } from '../../tests/rig/sound.ts';
import { createRecordings, type Recordings, type Sound } from './index.ts';
import { createSoundCache } from './sound/cache.ts';
import { type ConverterOptions, createConverter } from './sound/convert.ts';

jest.setTimeout(60_000);

let home: string;
let complaints: string[];
const opened: Recordings[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ringflow-recordings-'));
  mkdirSync(join(home, 'monitor'));
  complaints = [];
});
afterEach(() => {
  for (const recordings of opened.splice(0)) recordings.close();
  rmSync(home, { recursive: true, force: true });
});

const pbxs = {
  find: async () => ({ id: 'main', accountId: 'a', celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' }),
  surroundings: async () => ({
    ami: null,
    recordings: { kind: 'folder' as const, folder: join(home, 'monitor'), pbxFolder: null },
  }),
  recordingsSecret: async () => undefined,
};
function open(options: ConverterOptions = {}, cacheFolder = join(home, 'cache'), mostBytes = 10_000_000): Recordings {
  const cache = createSoundCache(cacheFolder, mostBytes);
  const complain = (message: string) => void complaints.push(message);
  const recordings = createRecordings({ pbxs, cache, converter: createConverter(options), complain });
  opened.push(recordings);
  return recordings;
}
const call = (file: string, linkedid = file) => ({
  pbxId: 'main',
  linkedid,
  startedAtMs: Date.UTC(2026, 10, 25),
  file,
});
/** An old file: nobody waits for it to grow. */
function record(file: string, bytes: Buffer | string): void {
  const place = join(home, 'monitor', file);
  writeFileSync(place, bytes);
  utimesSync(place, 1_000_000, 1_000_000);
}
const whole = async (sound: Sound) => buffer(await sound.read({ start: 0, end: sound.sizeBytes - 1 }));
/** A program in the place of ffmpeg that writes down how often it was run. */
function program(script: string): string {
  const place = join(home, 'program');
  writeFileSync(place, `#!/bin/sh\necho run >> ${join(home, 'runs')}\n${script}\n`);
  chmodSync(place, 0o755);
  return place;
}
const runs = () => readFileSync(join(home, 'runs'), 'utf8').split('\n').length - 1;

it.each(['wav', 'gsm', 'WAV', 'sln16', 'ulaw'] as const)('%s becomes mp3 of the same length, once', async (kind) => {
  record(`a.${kind}`, tone(kind, 3));
  const recordings = open({ program: program('exec ffmpeg "$@"') });
  const sound = await recordings.soundOf(call(`a.${kind}`), 0);
  expect(sound.mediaType).toBe('audio/mpeg');
  const mp3 = await whole(sound);
  expect(Math.abs(secondsOf(mp3) - 3)).toBeLessThan(0.3);
  const again = await recordings.soundOf(call(`a.${kind}`), 0);
  expect([await whole(again), again.tag, runs()]).toEqual([mp3, sound.tag, 1]);
  expect(await buffer(await again.read({ start: 10, end: 19 }))).toEqual(mp3.subarray(10, 20));
});

it.each(['mp3', 'ogg'] as const)('%s is played as it is', async (kind) => {
  const file = tone(kind, 1);
  record(`a.${kind}`, file);
  expect(await whole(await open({ program: '/nowhere' }).soundOf(call(`a.${kind}`), 0))).toEqual(file);
});

it('a crowd of listeners waits for one conversion', async () => {
  record('a.gsm', tone('gsm', 5));
  const recordings = open({ program: program('exec ffmpeg "$@"') });
  const sounds = await Promise.all(Array.from({ length: 50 }, () => recordings.soundOf(call('a.gsm'), 0)));
  expect([new Set(sounds.map(({ sizeBytes }) => sizeBytes)).size, runs()]).toEqual([1, 1]);
});

it('a file that comes late is waited for, and one that grows is taken when it is whole', async () => {
  const hearing = open().soundOf(call('a.wav'), 20_000);
  const wav = tone('wav', 2);
  writeFileSync(join(home, 'monitor/a.wav'), wav.subarray(0, 1_000));
  const timer = setTimeout(() => writeFileSync(join(home, 'monitor/a.wav'), wav), 700);
  expect(Math.abs(secondsOf(await whole(await hearing)) - 2)).toBeLessThan(0.3);
  clearTimeout(timer);
});

it.each([
  ['is not there', 'gone.wav', undefined, 'not-found'],
  ['has a header alone', 'a.wav', tone('wav', 1).subarray(0, 44), 'empty'],
  ['is no sound at all', 'a.gsm', 'not gsm', 'unreadable'],
  [
    'is a playlist that leads elsewhere',
    'a.wav',
    `#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n${' '.repeat(90)}`,
    'unreadable',
  ],
  ['names no file', '../../etc/passwd', undefined, 'not-found'],
])('one that %s says so', async (_, file, bytes, trouble) => {
  if (bytes !== undefined) record(file, bytes);
  await expect(open().soundOf(call(file), 0)).rejects.toMatchObject({ name: 'NoSound', trouble });
});

it('a program that hangs is ended in time, and the next listener is served', async () => {
  record('a.gsm', tone('gsm', 1));
  record('b.wav', tone('wav', 1));
  const hanging = program(`echo $$ > ${join(home, 'pid')}; exec sleep 600`);
  const recordings = open({ program: hanging, timeLimitMs: 300, mostAtOnce: 1 });
  await expect(recordings.soundOf(call('a.gsm'), 0)).rejects.toMatchObject({ trouble: 'busy' });
  expect(existsSync(`/proc/${readFileSync(join(home, 'pid'), 'utf8').trim()}`)).toBe(false);
  expect((await recordings.soundOf(call('b.wav'), 0)).mediaType).toBe('audio/wav'); // browsers play it as it is
  await expect(recordings.soundOf(call('a.gsm'), 0)).rejects.toMatchObject({ trouble: 'busy' }); // tried anew
});

it('a program that is killed in the middle gives no half of a recording', async () => {
  record('a.gsm', tone('gsm', 1));
  const killed = program('head -c 200; kill -9 $$');
  await expect(open({ program: killed }).soundOf(call('a.gsm'), 0)).rejects.toMatchObject({ trouble: 'unreadable' });
  expect(Math.round(secondsOf(await whole(await open().soundOf(call('a.gsm'), 0))))).toBe(1);
});

it('a source that goes away in the middle is told as away, and not as a damaged file', async () => {
  const sound = async () =>
    Readable.from(
      (async function* () {
        yield tone('wav', 1).subarray(0, 1_000);
        throw Object.assign(new Error('the other side has gone'), { code: 'ECONNRESET' });
      })(),
    );
  const converting = createConverter().toMp3(sound, ['-f', 'wav']);
  await expect(converting).rejects.toMatchObject({ name: 'SourceError', code: 'ECONNRESET' });
});

it('without the program what browsers play is played, and of all else it is said what lacks', async () => {
  record('a.wav', tone('wav', 1));
  record('a2.gsm', tone('gsm', 1));
  const recordings = open({ program: join(home, 'nowhere') });
  expect((await recordings.soundOf(call('a.wav'), 0)).mediaType).toBe('audio/wav');
  await expect(recordings.soundOf(call('a2.gsm'), 0)).rejects.toMatchObject({ trouble: 'no-program' });
});

it('where nothing can be kept it is played all the same, and made once for a crowd', async () => {
  record('a.gsm', tone('gsm', 2));
  writeFileSync(join(home, 'full'), 'no folder can be made here');
  const recordings = open({ program: program('exec ffmpeg "$@"') }, join(home, 'full/cache'));
  for (const _ of [1, 2, 3]) {
    expect(Math.round(secondsOf(await whole(await recordings.soundOf(call('a.gsm'), 0))))).toBe(2);
  }
  expect(runs()).toBe(1);
  expect(complaints).toEqual([expect.stringContaining('RECORDINGS_CACHE')]);
});

it('keeps so much and no more: what was listened to longest ago goes first', async () => {
  const recordings = open({}, join(home, 'cache'), 20_000); // a second is 4 kB
  for (const name of ['a', 'b', 'c']) {
    record(`${name}.wav`, tone('wav', 2));
    await recordings.soundOf(call(`${name}.wav`), 0);
    await new Promise((resolve) => setTimeout(resolve, 15)); // as far apart as the clock of files tells
    if (name === 'b') await recordings.soundOf(call('a.wav'), 0);
  }
  expect(readdirSync(join(home, 'cache'))).toHaveLength(2);
});

it('lets go of what may not stay, and of what nobody knows whose it is', async () => {
  const recordings = open();
  for (const name of ['a', 'b']) {
    record(`${name}.wav`, tone('wav', 1));
    await recordings.soundOf(call(`${name}.wav`, `${name}-1764166000.12`), 0);
  }
  writeFileSync(join(home, 'cache', `${'0'.repeat(32)}-${'1'.repeat(32)}.mp3`), 'of an older version');
  const asked: unknown[] = [];
  await recordings.letGo(async (calls) => {
    asked.push(...calls);
    return [['main', 'b-1764166000.12']];
  });
  expect(asked.sort()).toEqual([
    ['main', 'a-1764166000.12'],
    ['main', 'b-1764166000.12'],
  ]);
  const left = readdirSync(join(home, 'cache'));
  expect(left).toEqual([expect.stringContaining(Buffer.from('b-1764166000.12').toString('base64url'))]);
  await recordings.letGo(() => Promise.reject(new Error('away'))).catch(() => undefined);
  expect(readdirSync(join(home, 'cache'))).toEqual(left);
});

it('keeps the sound of a call with a very long linkedid too, and lets it go with the next sweep', async () => {
  record('a.wav', tone('wav', 1));
  const recordings = open({ program: program('exec ffmpeg "$@"') });
  const long = call('a.wav', `${'x'.repeat(145)}-1764166000.12345678`);
  for (const _ of ['made', 'kept']) await recordings.soundOf(long, 0);
  expect([complaints, runs(), readdirSync(join(home, 'cache'))]).toEqual([[], 1, [expect.stringMatching(/\.mp3$/)]]);
  await recordings.letGo(async (calls) => calls);
  expect(readdirSync(join(home, 'cache'))).toEqual([]);
});

it("leaves alone what is not its own, should somebody have named the PBX's own folder", async () => {
  const folder = join(home, 'monitor');
  mkdirSync(join(folder, '2026'));
  for (const file of ['precious.wav', 'a.wav']) record(file, tone('wav', 2));
  record('precious.mp3', tone('mp3', 1));
  const recordings = open({}, folder, 20_000);
  await recordings.soundOf(call('a.wav'), 0);
  expect(readdirSync(folder)).toHaveLength(5);
  await recordings.letGo(async () => []);
  expect(readdirSync(folder).sort()).toEqual(['2026', 'a.wav', 'precious.mp3', 'precious.wav']);
  expect(complaints).toEqual([]);
});
