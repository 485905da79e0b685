import fc from 'fast-check';
import { isTimeZone, pbxTimeToUtcMs, uniqueidToUtcMs, utcMsToPbxTime } from './pbx-time.ts';

const zones = ['UTC', 'Europe/Moscow', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kamchatka'];
const moments = fc
  .integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) })
  .map((ms) => Math.floor(ms / 1000) * 1000);

describe('wall-clock times of a PBX', () => {
  it('come back as the moment they were written at, in any zone and around any change of the clocks', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (utcMs, zone) => {
        expect(pbxTimeToUtcMs(utcMsToPbxTime(utcMs, zone), zone, utcMs)).toBe(utcMs);
      }),
    );
  });

  it('tell the two hours of an autumn night apart by the creation of the channel', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    const second = Date.UTC(2026, 9, 25, 1, 30);
    expect(pbxTimeToUtcMs('2026-10-25 02:30:00', 'Europe/Berlin', first)).toBe(first);
    expect(pbxTimeToUtcMs('2026-10-25 02:30:00', 'Europe/Berlin', second)).toBe(second);
  });

  it('keep microseconds as milliseconds', () => {
    expect(pbxTimeToUtcMs('2026-11-23 10:12:15.123456', 'Europe/Moscow')).toBe(Date.UTC(2026, 10, 23, 7, 12, 15, 123));
  });

  it.each(['0000-00-00 00:00:00', '2026-02-30 10:00:00', '2026-11-23', '2026-11-23 24:00:00', 'now', ''])(
    'refuses %p',
    (text) => {
      expect(pbxTimeToUtcMs(text, 'UTC')).toBeUndefined();
    },
  );

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([undefined, 'number']).toContainEqual(pbxTimeToUtcMs(text, 'UTC') === undefined ? undefined : 'number');
      }),
    );
  });
});

describe('uniqueid', () => {
  it.each([
    ['1795410735.10', 1_795_410_735_000],
    ['pbx-2-1795410735.10', 1_795_410_735_000],
    ['asterisk', undefined],
    ['', undefined],
  ])('%s was created at %s', (uniqueid, ms) => {
    expect(uniqueidToUtcMs(uniqueid)).toBe(ms);
  });
});

it('knows which zones exist', () => {
  expect(isTimeZone('Europe/Moscow')).toBe(true);
  expect(isTimeZone('Moscow')).toBe(false);
});
