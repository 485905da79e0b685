import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { PbxDatabaseError } from '../../activities/asterisk/pbx-database.ts';
import { createReadings } from '../../activities/store/readings.ts';
import type { Reading } from '../../proto/state/facts.ts';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createReadingReport, type ReadingReport } from './report.ts';

const redis = new Redis(servers.redisUrl);
const readings = createReadings(redis);
const pbxId = randomPbxId();
let report: ReadingReport;

beforeAll(() => {
  report = createReadingReport(readings, pbxId);
});
afterAll(() => {
  report.close();
  redis.disconnect();
});

async function until(fits: (reading: Reading) => boolean): Promise<Reading> {
  for (;;) {
    const [reading] = await readings.of([pbxId]);
    if (reading && fits(reading)) return reading;
    await sleep(50);
  }
}

it('tells when the table was looked into and when the newest row came', async () => {
  report.begun(1_000);
  expect(report.standing()).toBeUndefined(); // nobody knows yet whether it is ours
  report.looked(700);
  expect(await until(({ lookedAtMs }) => lookedAtMs !== null)).toMatchObject({
    ...{ lastRowAtMs: 1_000, coveredUntilMs: 700, trouble: null },
  });
  expect(report.standing()).toMatchObject({ coveredUntilMs: 700 });
  report.rowsCame();
  const { lastRowAtMs } = await until((reading) => (reading.lastRowAtMs ?? 0) > 1_000);
  expect(lastRowAtMs).toBeLessThanOrEqual(Date.now());
});

it('tells since when the database is away, however often it was tried, and no word of the driver', async () => {
  const away = new PbxDatabaseError('mysql://reader:s3cret@pbx does not answer', false, 'ECONNREFUSED');
  report.failed(away);
  const { trouble: first } = await until(({ trouble }) => trouble !== null);
  report.failed(away);
  await redis.flushdb();
  expect((await until(() => true)).trouble).toEqual(first); // also when Redis was emptied
  expect(first).toMatchObject({ of: 'database', code: 'ECONNREFUSED' });
  expect(await redis.get(`ringflow:pbx:${pbxId}:reading`)).not.toContain('s3cret');
  report.looked(Date.now());
  await until(({ trouble }) => trouble === null);
});

it('tells how AMI stands and since when rows are missing, with what it tells of the reading', async () => {
  const other = createReadingReport(readings, randomPbxId());
  const others = jest.spyOn(readings, 'tell');
  other.amiStands({ state: 'up', sinceMs: 5_000 }); // nobody reads there yet
  other.celMissing(null);
  expect(others).not.toHaveBeenCalled();
  other.close();
  report.amiStands({ state: 'down', sinceMs: 5_000, kind: 'refused' });
  report.celMissing(6_000);
  report.clockBehind(7_000);
  report.amiClock(-8_000);
  report.amiClock(-8_900); // no news
  const { ami, clockBehindMs, amiClockAheadMs } = await until(({ celMissingSinceMs }) => celMissingSinceMs === 6_000);
  expect([clockBehindMs, amiClockAheadMs]).toEqual([7_000, -8_000]);
  expect(ami).toEqual({ state: 'down', sinceMs: 5_000, kind: 'refused' });
  report.amiStands(null);
  report.celMissing(null);
  await until((reading) => reading.celMissingSinceMs === null && reading.ami === null);
});

it('says nothing of a PBX that another connector reads', async () => {
  report.leftToAnother();
  expect(report.standing()).toBeUndefined();
  const another = createReadingReport(readings, pbxId);
  another.failed(new Error('Temporal is away'));
  expect((await until(({ trouble }) => trouble !== null)).trouble).toMatchObject({ of: 'other', code: '' });
  another.close();
});
