import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { Call } from '../../../proto/call.ts';
import { type CelRow, readCelRow } from '../../../proto/cel.ts';
import { defaultPbx } from '../../../proto/pbx.ts';
import { addRows, conclude, noFacts } from './index.ts';

const folder = join(__dirname, '../../../sandbox/pbx/recorded-calls');
const pbx = defaultPbx('main', 'UTC');

/** Rows of each call of a recording, by linkedid. */
function recordedCalls(file: string): [string, CelRow[]][] {
  const { cel, pbx_timezone } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const rows = (cel as unknown[]).flatMap((raw) => {
    const reading = readCelRow(raw, pbx_timezone);
    return 'row' in reading ? [reading.row] : [];
  });
  return [...Map.groupBy(rows, (row) => row.linkedid)];
}

const allCalls = readdirSync(folder).flatMap((file) => recordedCalls(file));

function concludeFrom(linkedid: string, rows: readonly CelRow[]): Call | undefined {
  const facts = noFacts(linkedid);
  addRows(facts, rows);
  return conclude(facts, pbx);
}

describe('any recorded call', () => {
  it('is told the same in whatever order, batches and repetition its rows arrive', () => {
    const arrivals = fc.constantFrom(...allCalls).chain(([linkedid, rows]) =>
      fc.record({
        linkedid: fc.constant(linkedid),
        rows: fc.constant(rows),
        shuffled: fc.shuffledSubarray(rows, { minLength: rows.length }),
        repeated: fc.subarray(rows),
        cutAt: fc.nat(rows.length),
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ linkedid, rows, shuffled, repeated, cutAt }) => {
        const facts = noFacts(linkedid);
        for (const batch of [shuffled.slice(0, cutAt), repeated, shuffled.slice(cutAt)]) addRows(facts, batch);
        expect(conclude(facts, pbx)).toEqual(concludeFrom(linkedid, rows));
      }),
      { numRuns: 300 },
    );
  });

  it('is told in a valid form at each of its rows, with nothing before its time', () => {
    for (const [linkedid, rows] of allCalls) {
      const facts = noFacts(linkedid);
      for (const row of rows) {
        addRows(facts, [row]);
        const call = conclude(facts, pbx);
        expect(Value.Check(Call, call)).toBe(true);
        expect(call?.endedAtMs === null).toBe(!rows.some((r) => r.eventType === 'LINKEDID_END' && r.id <= row.id));
        expect(call?.talkSeconds).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('with rows missing is told with what there is', () => {
    const losses = fc
      .constantFrom(...allCalls)
      .chain(([linkedid, rows]) =>
        fc.record({ linkedid: fc.constant(linkedid), rows: fc.subarray(rows, { minLength: 1 }) }),
      );
    fc.assert(
      fc.property(losses, ({ linkedid, rows }) => {
        const call = concludeFrom(linkedid, rows);
        const onlyEnd = rows.every((row) => row.eventType === 'LINKEDID_END');
        expect(call === undefined ? onlyEnd : Value.Check(Call, call)).toBe(true);
        const beginningSeen = rows.some((row) => row.eventType === 'CHAN_START' && row.uniqueid === linkedid);
        if (call) expect(call.doubts.length > 0).toBe(!beginningSeen);
      }),
      { numRuns: 300 },
    );
  });

  it('survives being carried as JSON half-way', () => {
    for (const [linkedid, rows] of allCalls) {
      const half = Math.floor(rows.length / 2);
      const facts = noFacts(linkedid);
      addRows(facts, rows.slice(0, half));
      const carried = JSON.parse(JSON.stringify(facts));
      addRows(carried, rows.slice(half));
      expect(conclude(carried, pbx)).toEqual(concludeFrom(linkedid, rows));
    }
  });
});

it('is not disturbed by rows of event types that it does not know', () => {
  const [linkedid, rows] = allCalls.find(([, rowsOfCall]) => rowsOfCall.length > 10) ?? ['', []];
  const strange = rows.map((row) => ({ ...row, id: row.id + 1_000_000, eventType: 'USER_DEFINED' }));
  expect(concludeFrom(linkedid, [...rows, ...strange])).toEqual(concludeFrom(linkedid, rows));
});
