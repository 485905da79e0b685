import type { CelRow } from '../../proto/cel.ts';
import { beganBefore, clockSkewMs, isFresh, zoneErrorMs } from './freshness.ts';

const createdAtMs = Date.UTC(2026, 10, 23, 7, 12, 15);
const hourMs = 3_600_000;
const row = (eventType: string, eventAtMs: number): CelRow =>
  ({ eventType, eventAtMs, uniqueid: `${createdAtMs / 1000}.10` }) as CelRow;

describe('a zone that is configured wrongly', () => {
  it('shows in the row that creates a channel', () => {
    expect(zoneErrorMs([row('CHAN_START', createdAtMs + 400)])).toBe(0);
    expect(zoneErrorMs([row('CHAN_START', createdAtMs - 3 * hourMs)])).toBe(-3 * hourMs);
    expect(zoneErrorMs([row('CHAN_START', createdAtMs + 5.5 * hourMs)])).toBe(5.5 * hourMs);
    expect(zoneErrorMs([row('ANSWER', createdAtMs)])).toBeUndefined();
  });
});

describe('rows', () => {
  it('are fresh if the newest of them has just been written', () => {
    const rows = [row('CHAN_START', createdAtMs), row('ANSWER', createdAtMs + 60_000)];
    expect(isFresh(rows, createdAtMs + 61_000, 0)).toBe(true);
    expect(isFresh(rows, createdAtMs + 600_000, 0)).toBe(false);
  });

  it('stay fresh although the zone is wrong', () => {
    expect(isFresh([row('CHAN_START', createdAtMs - 3 * hourMs)], createdAtMs, -3 * hourMs)).toBe(true);
  });
});

describe('clocks that differ', () => {
  it('show in rows that have just been written', () => {
    expect(clockSkewMs([row('ANSWER', createdAtMs)], createdAtMs + 300, 0)).toBe(0);
    expect(clockSkewMs([row('ANSWER', createdAtMs)], createdAtMs + 45_000, 0)).toBe(45_000);
    expect(clockSkewMs([row('ANSWER', createdAtMs)], createdAtMs - 45_000, 0)).toBe(-45_000);
  });

  it('are not concluded from a restored backup', () => {
    expect(clockSkewMs([row('ANSWER', createdAtMs)], createdAtMs + 48 * hourMs, 0)).toBeUndefined();
    expect(clockSkewMs([row('ANSWER', createdAtMs)], createdAtMs - 48 * hourMs, 0)).toBeUndefined();
  });
});

it('a call of a backup is older than the reading of the PBX', () => {
  const old = { ...row('ANSWER', createdAtMs), linkedid: `${createdAtMs / 1000}.10` } as CelRow;
  expect(beganBefore(old, createdAtMs + 48 * hourMs)).toBe(true);
  expect(beganBefore(old, createdAtMs + hourMs)).toBe(false);
  expect(beganBefore(old, undefined)).toBe(false);
  expect(beganBefore({ ...old, linkedid: 'no-time-in-it-1' }, createdAtMs + 48 * hourMs)).toBe(false);
});
