import { Redis } from 'ioredis';
import { allFeatures } from '../../proto/licence/feature.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { callsOfThePast, daysAgo } from '../../tests/rig/backfills.ts';
import { recordsOf } from '../../tests/rig/calls.ts';
import { type Installation, install, timezone } from '../../tests/rig/installation.ts';
import { givePermit } from '../../tests/rig/permits.ts';
import { runRingflow } from '../../tests/rig/ringflow.ts';
import { servers } from '../../tests/rig/servers.ts';
import { saveSettings } from '../../tests/rig/settings.ts';

jest.setTimeout(120_000);

/** Calls of the past are brought from the command line. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startWorker();
});
afterAll(() => house.remove());

const backfill = (args: string[], changes: Record<string, string> = {}) =>
  runRingflow({ ...house.environment, ...changes }, ['backfill', ...args]);
/** As the clock of the PBX shows it, `2026-11-30T09:15`. */
const pbxClock = (ms: number) => utcMsToPbxTime(ms, timezone).slice(0, 16).replace(' ', 'T');
const start = (ms: number, ...more: string[]) =>
  backfill(['start', house.pbxId, '--from', pbxClock(ms), '--to', pbxClock(ms + 3_600_000), ...more]);

it('a period is brought, followed to its end and told', async () => {
  const began = daysAgo(20);
  const [call] = await callsOfThePast(house, ['in-direct-answered', 'internal-answered'], began + 60_000);
  const begun = await start(began);
  expect(begun).toMatchObject({ code: 0, errors: expect.stringContaining('backfill show') });
  const id = begun.output.trim();
  const shown = await backfill(['show', id, '--follow']);
  expect(shown.code).toBe(0);
  expect(shown.output).toMatch(/the calls alone[\s\S]*done, 100 % read, calls: 2, registered 1, not sent 1/);
  expect(shown.output).toContain(`(${timezone})`);
  expect(await recordsOf(house, call?.linkedids ?? [])).toHaveLength(1);
  const again = await backfill([
    'start',
    house.pbxId,
    '--call',
    String(call?.linkedid),
    '1111111111.1',
    '--everything',
  ]);
  const told = await backfill(['show', again.output.trim(), '--follow']);
  expect(told.output).toMatch(
    /2 chosen calls\nall that the rules ask for[\s\S]*calls: 1, stood there before 1\nnot in the CEL.*: 1111111111\.1\n$/,
  );
  const none = await backfill(['start', house.pbxId, '--call', '1111111111.1', '1111111111.2']);
  expect((await backfill(['show', none.output.trim(), '--follow'])).output).toMatch(
    /done, 100 % read, calls: 0\nnot in the CEL.*: 1111111111\.1 1111111111\.2\n$/,
  );
  const { output } = await backfill(['list', '--account', house.accountId]);
  expect(output.split('\n').map((line) => line.split('\t')[0])).toEqual([
    ...[none, again].map((one) => one.output.trim()),
    ...[id, ''],
  ]);
});

it('one that waits for the database of the PBX says so, pauses, goes on and is cancelled; another is refused', async () => {
  await house.pbx.pool.query('RENAME TABLE cel TO cel_away');
  const id = (await start(daysAgo(19))).output.trim();
  expect(await start(daysAgo(18))).toMatchObject({
    ...{ code: 2, output: '', errors: expect.stringMatching(/being brought already.*cancel it/) },
  });
  expect((await backfill(['pause', id])).errors).toContain(`backfill resume ${id}`);
  expect((await backfill(['show', id])).output).toContain('paused, 0 % read');
  expect((await backfill(['cancel', id])).code).toBe(0);
  const followed = await backfill(['show', id, '--follow']);
  expect(followed).toMatchObject({ code: 1, output: expect.stringContaining('cancelled, 0 % read') });
  await house.pbx.pool.query('RENAME TABLE cel_away TO cel');
});

it.each<[string, string[], RegExp, Record<string, string>?]>([
  [
    'a PBX that nobody knows',
    ['start', 'nowhere', '--from', '2026-01-01', '--to', '2026-01-02'],
    /no PBX nowhere; .* pbx-/,
  ],
  ['a backfill that nobody knows', ['show', '777'], /There is no backfill 777: see .*backfill list/],
  ['another word', ['dance'], /there is only start PBX/],
  [
    'Temporal that is away',
    ['list'],
    /Temporal does not answer at 127\.0\.0\.1:1/,
    { TEMPORAL_ADDRESS: '127.0.0.1:1' },
  ],
])('%s is told in words', async (_, args, words, changes = {}) => {
  const { code, output, errors } = await backfill(args, changes);
  expect({ code, output, errors }).toEqual({ code: 2, output: '', errors: expect.stringMatching(words) });
});

it('what the pages would refuse is refused alike: a period to come, an observed PBX, for want of a licence', async () => {
  const refused = async (words: RegExp, atMs = daysAgo(10)) =>
    expect(await start(atMs)).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(words) });
  await refused(/This period can’t be brought/, Date.now() + 86_400_000);
  const observedPbxs = { [house.pbxId]: { until: null } };
  await saveSettings(house.store.pool, house.accountId, { ...untouchedSettings('en'), observedPbxs });
  await refused(/only observed so far/);
  const redis = new Redis(servers.redisUrl);
  const features = allFeatures.filter((feature) => feature !== 'backfill');
  await givePermit(house.store.pool, redis, String(house.environment.RINGFLOW_SECRET_KEYS), { features });
  await refused(/Switched off: .*\n?/);
  await redis.quit();
});
