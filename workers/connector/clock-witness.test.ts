import type { CelRow } from '../../proto/cel.ts';
import { ClockWitness } from './clock-witness.ts';

const nowMs = Date.UTC(2026, 10, 23, 7, 12, 15);
const [secondMs, hourMs, dayMs] = [1_000, 3_600_000, 86_400_000];

/** A channel that begins. @param zoneMs by which the zone of the PBX is taken wrongly */
const row = (createdAtMs: number, zoneMs = 0): CelRow =>
  ({ eventType: 'CHAN_START', eventAtMs: createdAtMs + zoneMs, uniqueid: `${createdAtMs / 1_000}.1` }) as CelRow;

function witnessOf(behindMs: number | null = null) {
  const told: (number | null)[] = [];
  return { told, witness: new ClockWitness(behindMs, (ms) => void told.push(ms)) };
}

it('a clock that is days behind is told once rows have come with the same age for a while', () => {
  const { told, witness } = witnessOf();
  for (const seconds of [0, 4, 9]) {
    const atMs = nowMs + seconds * secondMs;
    witness.rowsAppeared([row(atMs - 3 * dayMs)], atMs);
  }
  expect(told).toEqual([null]);
  witness.rowsAppeared([row(nowMs + 12 * secondMs - 3 * dayMs)], nowMs + 14 * secondMs); // a database that is slow
  expect(told).toEqual([null, 3 * dayMs]);
  const laterMs = nowMs + hourMs;
  witness.rowsAppeared([row(laterMs - 3 * dayMs)], laterMs);
  expect(told).toEqual([null, 3 * dayMs]);
});

it('it may be that rows of the same age come with hours between them, and that the zone is wrong too', () => {
  const { told, witness } = witnessOf();
  for (const atMs of [nowMs, nowMs + 5 * hourMs]) witness.rowsAppeared([row(atMs - 26 * hourMs, 3 * hourMs)], atMs);
  expect(told).toEqual([null, 26 * hourMs]);
});

it('is right again with the first row of today, also when it was known from before', () => {
  const { told, witness } = witnessOf(3 * dayMs);
  witness.rowsAppeared([row(nowMs - 3 * dayMs)], nowMs);
  witness.rowsAppeared([row(nowMs)], nowMs + secondMs);
  expect(told).toEqual([3 * dayMs, null]);
});

it.each([
  ['a read of which spans hours', 4 * hourMs, 500],
  ['that comes row by row', 60 * secondMs, 1],
  ['of a PBX with many calls, that comes at twice the speed of life', 20 * 40, 20],
])('a backup that is restored is no clock that is behind: one %s', (_, spanMs, rows) => {
  const { told, witness } = witnessOf();
  const beganMs = nowMs - 30 * dayMs;
  for (let read = 0; read < 1_000; read++) {
    const page = Array.from({ length: rows }, (__, i) => row(beganMs + (read + i / rows) * spanMs));
    witness.rowsAppeared(page, nowMs + read * 400);
  }
  expect(told).toEqual([null]);
});
