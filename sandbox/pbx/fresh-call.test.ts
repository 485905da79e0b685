import { join } from 'node:path';
import fc from 'fast-check';
import { pbxTimeToUtcMs, uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import { freshCall } from './fresh-call.ts';
import { type Recording, readRecordings } from './recording.ts';

const recordings = readRecordings(join(__dirname, 'recorded-calls'));
const freshness = fc.record({
  startedAtMs: fc.integer({ min: Date.UTC(2027, 0), max: Date.UTC(2035, 0) }),
  timezone: fc.constantFrom('UTC', 'Europe/Moscow', 'Asia/Kolkata'),
  serial: fc.integer({ min: 1, max: 1_000_000 }),
});
const anyScenario = fc.constantFrom(...recordings.keys());

function recordingOf(scenario: string): Recording {
  return recordings.get(scenario) as Recording;
}

/** Which values are equal to which: the same for the original and its copy if all relations are kept. */
function pattern(values: unknown[]): number[] {
  return values.map((value) => values.indexOf(value));
}

describe('a recorded call played anew', () => {
  it.each(['uniqueid', 'linkedid', 'channame'])('keeps which rows share their %s', (column) => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        const rows = freshCall(recording, fresh).rows.filter(({ table }) => table === 'cel');
        expect(pattern(rows.map(({ row }) => row[column]))).toEqual(pattern(recording.cel.map((row) => row[column])));
      }),
    );
  });

  it('has no id of the recording left anywhere', () => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        const { rows } = freshCall(recording, fresh);
        const text = JSON.stringify(rows);
        for (const { uniqueid } of recording.cel) expect(text).not.toContain(String(uniqueid));
        const channels = rows.filter(({ table }) => table === 'cel').map(({ row }) => row.channame);
        recording.cel.forEach(({ channame }, index) => {
          expect(channels[index]).not.toBe(channame);
        });
      }),
    );
  });

  it('happens at its own time: each row when it is written, each channel in the second of its id', () => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        for (const { table, atMs, row } of freshCall(recording, fresh).rows) {
          if (table !== 'cel') continue;
          const writtenMs = pbxTimeToUtcMs(String(row.eventtime), fresh.timezone);
          expect(writtenMs).toBe(Math.floor((fresh.startedAtMs + atMs) / 1000) * 1000);
          if (row.eventtype === 'CHAN_START') expect(uniqueidToUtcMs(String(row.uniqueid))).toBe(writtenMs);
        }
      }),
    );
  });

  it('shares no id with another play, even of the same second', () => {
    fc.assert(
      fc.property(anyScenario, anyScenario, freshness, (one, other, fresh) => {
        const a = freshCall(recordingOf(one), fresh);
        const b = freshCall(recordingOf(other), { ...fresh, serial: fresh.serial + 1 });
        const ids = new Set(a.rows.map(({ row }) => row.uniqueid));
        expect(b.rows.filter(({ row }) => ids.has(row.uniqueid as string))).toEqual([]);
      }),
    );
  });

  it('can come from another client', () => {
    for (const recording of recordings.values()) {
      const [number] = recording.truth.calls.flatMap((call) => call.external_number ?? []);
      if (number === undefined) continue;
      const fresh = { startedAtMs: Date.UTC(2027, 0), timezone: 'UTC', serial: 1, clientNumber: '9037654321' };
      const text = JSON.stringify(freshCall(recording, fresh).rows);
      expect(text).toContain('9037654321');
      expect(text).not.toContain(number.slice(-10));
    }
  });
});
