import fc from 'fast-check';
import { pbxTimeToUtcMs, uniqueidToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { type FreshRow, freshCall } from './fresh-call.ts';
import { type Recording, readRecordings } from './recording.ts';

const recordings = readRecordings();
const freshness = fc.record({
  startedAtMs: fc.integer({ min: Date.UTC(2027, 0), max: Date.UTC(2035, 0) }),
  timezone: fc.constantFrom('UTC', 'Europe/Moscow', 'Asia/Kolkata'),
  serial: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
});
const anyScenario = fc.constantFrom(...recordings.keys());

function recordingOf(scenario: string): Recording {
  return recordings.get(scenario) as Recording;
}

function rowsOf(rows: FreshRow[], table: 'cel' | 'cdr'): FreshRow['row'][] {
  return rows.filter((row) => row.table === table).map(({ row }) => row);
}

/** Which values are equal to which: the same for the original and its copy if all relations are kept. */
function pattern(values: unknown[]): number[] {
  return values.map((value) => values.indexOf(value));
}

describe('a recorded call played anew', () => {
  it.each(['uniqueid', 'linkedid', 'channame', 'extra'])('keeps which rows share their %s', (column) => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        const rows = rowsOf(freshCall(recording, fresh).rows, 'cel');
        expect(pattern(rows.map((row) => row[column]))).toEqual(pattern(recording.cel.map((row) => row[column])));
      }),
    );
  });

  it('has no id of the recording left anywhere', () => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        const { rows } = freshCall(recording, fresh);
        const text = JSON.stringify(rows);
        for (const { uniqueid } of [...recording.cel, ...recording.cdr]) expect(text).not.toContain(String(uniqueid));
        rowsOf(rows, 'cel').forEach(({ channame }, index) => {
          expect(channame).not.toBe(recording.cel[index]?.channame);
        });
      }),
    );
  });

  it('fits into the columns of the tables', () => {
    for (const recording of recordings.values()) {
      const { rows } = freshCall(recording, { startedAtMs: Date.UTC(2030, 0), timezone: 'UTC', serial: 2 ** 32 - 1 });
      for (const { uniqueid, linkedid, lastdata } of rowsOf(rows, 'cdr')) {
        for (const id of [uniqueid, linkedid]) expect(String(id).length).toBeLessThanOrEqual(32);
        expect(String(lastdata).length).toBeLessThanOrEqual(80);
      }
      for (const { appdata, extra } of rowsOf(rows, 'cel')) {
        expect(String(appdata).length).toBeLessThanOrEqual(255);
        expect(String(extra).length).toBeLessThanOrEqual(512);
      }
    }
  });

  it('happens at its own time: each row when it is written, each channel in the second of its id', () => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        for (const { table, atMs, row } of freshCall(recordingOf(scenario), fresh).rows) {
          if (table !== 'cel') continue;
          const writtenMs = pbxTimeToUtcMs(String(row.eventtime), fresh.timezone);
          expect(writtenMs).toBe(Math.floor((fresh.startedAtMs + atMs) / 1000) * 1000);
          if (row.eventtype === 'CHAN_START') expect(uniqueidToUtcMs(String(row.uniqueid))).toBe(writtenMs);
        }
      }),
    );
  });

  it('begins its CDR legs as long after their channels as they were recorded', () => {
    fc.assert(
      fc.property(anyScenario, freshness, (scenario, fresh) => {
        const recording = recordingOf(scenario);
        const sinceChannelMs = (row: FreshRow['row'], timezone: string) =>
          (pbxTimeToUtcMs(String(row.calldate), timezone) ?? Number.NaN) -
          (uniqueidToUtcMs(String(row.uniqueid)) ?? Number.NaN);
        expect(
          rowsOf(freshCall(recording, fresh).rows, 'cdr').map((row) => sinceChannelMs(row, fresh.timezone)),
        ).toEqual(recording.cdr.map(({ _t_ms: _, ...row }) => sinceChannelMs(row, recording.pbx_timezone)));
      }),
    );
  });

  it('names its recording by its own day and time', () => {
    const recording = recordingOf('in-direct-answered');
    const startedAtMs = Date.UTC(2031, 4, 6, 20, 30, 10);
    const { rows } = freshCall(recording, { startedAtMs, timezone: 'Europe/Moscow', serial: 7 });
    const [{ recordingfile } = {}] = rowsOf(rows, 'cdr');
    const monitor = rowsOf(rows, 'cel').find(({ appname }) => appname === 'MixMonitor');
    expect(utcMsToPbxTime(startedAtMs, 'Europe/Moscow')).toBe('2031-05-06 23:30:10');
    expect(recordingfile).toMatch(/^exten-101-79161234567-20310506-233010-\d+\.700\.wav$/);
    expect(monitor?.appdata).toContain(`/2031/05/06/${recordingfile},`);
  });

  it('shares no id with another play, even of the same second', () => {
    fc.assert(
      fc.property(anyScenario, anyScenario, freshness, (one, other, fresh) => {
        const a = freshCall(recordingOf(one), fresh);
        const b = freshCall(recordingOf(other), { ...fresh, serial: fresh.serial - 1 });
        const ids = new Set(a.rows.map(({ row }) => row.uniqueid));
        expect(b.rows.filter(({ row }) => ids.has(row.uniqueid as string))).toEqual([]);
      }),
    );
  });
});

describe('a recorded call of another client', () => {
  const fresh = { startedAtMs: Date.UTC(2027, 0), timezone: 'UTC', serial: 1, clientNumber: '9037654321' };

  it('has the new number wherever the old one was, and nowhere the old one', () => {
    for (const recording of recordings.values()) {
      const [number] = recording.truth.calls.flatMap((call) => call.external_number ?? []);
      if (number === undefined) continue;
      const text = JSON.stringify(freshCall(recording, fresh).rows);
      expect(text).toContain('9037654321');
      expect(text).not.toContain(number.slice(-10));
    }
  });

  it('stays another client than the second one of the recording', () => {
    const text = JSON.stringify(freshCall(recordingOf('in-busy-while-talking'), fresh).rows);
    expect(text).toContain('9037654321');
    expect(text).toContain('79261230002');
  });
});
