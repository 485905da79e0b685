import pino from 'pino';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import type { AmiAddress } from '../../proto/ami.ts';
import { readAll } from './readings.ts';

const pbx = (id: string): Pbx => ({ id, accountId: 'a', celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' });

/** Readings of PBXs that a test adds, changes and removes: what began and ended, in order. */
function startReadings(first: Record<string, string>) {
  const urls = new Map(Object.entries(first));
  const amis = new Map<string, AmiAddress>();
  const state = { list: async () => [...urls.keys()].map(pbx), looks: [] as string[] };
  const happened: string[] = [];
  const lines: { pbx?: string; msg: string }[] = [];
  let wake: () => void = () => undefined;
  const note = (what: string) => {
    happened.push(what);
    wake();
  };
  const write = (line: string) => {
    lines.push(JSON.parse(line));
    wake();
  };
  const logger = pino({}, { write });
  const stop = new AbortController();
  const known = {
    list: () => state.list(),
    marks: async () => new Map([...urls].map(([id, url]) => [id, JSON.stringify([url, amis.get(id)])])),
    surroundings: async (id: string) => ({ ami: amis.get(id) ?? null, recordings: null }),
    amiSecret: async () => 'secret-word',
    databaseUrl: async (id: string) => {
      state.looks.push(id);
      const url = urls.get(id) ?? '';
      if (url === 'sealed') throw new SecretKeyError(`no key opens ${id}`);
      return url;
    },
  };
  const ended = readAll(
    known,
    async ({ id }, { databaseUrl: url, ami }, _, stopping) => {
      note(`${id} at ${url}${ami && ami !== 'locked' ? ` and ${ami.user}:${ami.secret}@${ami.host}` : ''}`);
      if (url === 'failing') throw new Error('out of order');
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      note(`${id} ended`);
    },
    5,
    logger,
    stop.signal,
  );
  /** Resolves once that has happened or stands in the log. */
  const until = async (fits: () => boolean) => {
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve)); // before it is looked: nothing happens unheard
      if (fits()) return;
      await woken;
    }
  };
  return {
    ...{ urls, amis, state, happened, lines },
    saw: (...all: string[]) => until(() => all.every((what) => happened.includes(what))),
    said: (words: RegExp, id?: string) => until(() => lines.some((line) => words.test(line.msg) && line.pbx === id)),
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

it('PBXs that are added and removed while others are read', async () => {
  const readings = startReadings({ one: 'here' });
  await readings.saw('one at here');
  readings.urls.set('two', 'there');
  await readings.saw('two at there');
  readings.urls.delete('one');
  await readings.saw('one ended');
  expect(readings.happened).not.toContain('two ended');
  readings.urls.set('one', 'again');
  await readings.saw('one at again');
  await readings.stop();
  expect(readings.happened.slice(-2).sort()).toEqual(['one ended', 'two ended']);
});

it('one that has changed is read anew once its old reading has ended', async () => {
  const readings = startReadings({ one: 'here', two: 'there' });
  await readings.saw('one at here', 'two at there');
  readings.urls.set('one', 'elsewhere');
  await readings.saw('one at elsewhere');
  expect(readings.happened.filter((what) => what.startsWith('one'))).toEqual([
    'one at here',
    'one ended',
    'one at elsewhere',
  ]);
  expect(readings.happened).not.toContain('two ended');
  await readings.stop();
});

it('one whose AMI is set, changed and given up is taken up anew each time', async () => {
  const readings = startReadings({ one: 'here', two: 'there' });
  await readings.saw('one at here', 'two at there');
  readings.amis.set('one', { host: '10.0.0.7', port: 5038, user: 'ringflow' });
  await readings.saw('one at here and ringflow:secret-word@10.0.0.7');
  readings.amis.set('one', { host: '10.0.0.8', port: 5038, user: 'ringflow' });
  await readings.saw('one at here and ringflow:secret-word@10.0.0.8');
  readings.happened.length = 0;
  readings.amis.delete('one');
  await readings.saw('one at here');
  expect(readings.happened).toEqual(['one ended', 'one at here']);
  await readings.stop();
});

it('of those that have not changed nothing is asked again', async () => {
  const readings = startReadings({ one: 'here', two: 'there' });
  await readings.saw('one at here', 'two at there');
  readings.urls.set('two', 'elsewhere');
  await readings.saw('two at elsewhere');
  await readings.stop();
  expect(readings.state.looks.filter((id) => id === 'one')).toHaveLength(1);
});

it('trouble with one stops no other, and the log says which it is', async () => {
  const readings = startReadings({ sealed: 'sealed', failing: 'failing', good: 'here' });
  await readings.saw('good at here');
  await readings.said(/no key opens sealed/, 'sealed');
  await readings.said(/out of order/, 'failing');
  readings.urls.set('failing', 'mended');
  await readings.saw('failing at mended');
  await readings.stop();
  expect(readings.happened).not.toContain('sealed at sealed');
});

it('what is being read goes on while nobody knows which PBXs there are', async () => {
  const readings = startReadings({ one: 'here' });
  await readings.saw('one at here');
  const { list } = readings.state;
  readings.state.list = async () => {
    throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
  };
  await readings.said(/can't be read \(ECONNREFUSED\): check MYSQL_URL; reading goes on/);
  expect(readings.happened).toEqual(['one at here']);
  readings.state.list = list;
  readings.urls.set('two', 'there');
  await readings.saw('two at there');
  await readings.stop();
});
