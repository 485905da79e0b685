import type { CelRow } from '../../proto/cel.ts';
import { isFresh, zoneErrorMs } from './freshness.ts';

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
