import fc from 'fast-check';
import { Value } from 'typebox/value';
import { Call } from '../../../proto/call.ts';
import type { CelRow } from '../../../proto/cel.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { recordedScenarios, recordedTrace, usable } from '../../../tests/recorded/recorded-trace.ts';
import { addRows, conclude, endOpenCalls, explain, newPhases, noFacts, phasesOf } from './index.ts';

const traces = recordedScenarios.map((scenario) => ({ scenario, ...usable(recordedTrace(scenario)) }));
const anyTrace = fc.constantFrom(...traces);
type RecordedRows = (typeof traces)[number];

function concludeFrom(rows: readonly CelRow[], pbx: PbxDescription): Call[] {
  const facts = noFacts(rows[0]?.linkedid ?? '');
  addRows(facts, rows);
  return conclude(facts, pbx);
}

const isTalk = (call: Call) => call.result === 'answered';

describe('any recorded call', () => {
  it('is told the same in whatever order, batches and repetition its rows arrive', () => {
    const arrivals = anyTrace.chain((trace) =>
      fc.record({
        trace: fc.constant(trace),
        shuffled: fc.shuffledSubarray(trace.rows, { minLength: trace.rows.length }),
        repeated: fc.subarray(trace.rows),
        cuts: fc.array(fc.nat(trace.rows.length), { maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ trace, shuffled, repeated, cuts }) => {
        const facts = noFacts(trace.rows[0]?.linkedid ?? '');
        let from = 0;
        for (const to of [...cuts.sort((a, b) => a - b), shuffled.length]) {
          addRows(facts, shuffled.slice(from, to));
          addRows(facts, repeated);
          from = to;
        }
        expect(conclude(facts, trace.pbx)).toEqual(concludeFrom(trace.rows, trace.pbx));
      }),
      { numRuns: 120 },
    );
  });

  it('is told in a valid form at each of its rows, with nothing before its time', () => {
    for (const { rows, pbx } of traces) {
      const facts = noFacts(rows[0]?.linkedid ?? '');
      for (const row of rows) {
        addRows(facts, [row]);
        for (const call of conclude(facts, pbx)) {
          expect(Value.Check(Call, call)).toBe(true);
          expect(call.talkSeconds).toBeGreaterThanOrEqual(0);
          expect(call.endedAtMs === null || call.endedAtMs >= call.startedAtMs).toBe(true);
        }
      }
    }
  });

  it('with any one row missing still has as many calls that were answered', () => {
    for (const { rows, pbx } of traces) {
      const answered = concludeFrom(rows, pbx).filter(isTalk).length;
      for (let lost = 0; lost < rows.length; lost++) {
        const facts = noFacts(rows[0]?.linkedid ?? '');
        addRows(facts, rows.toSpliced(lost, 1));
        endOpenCalls(facts);
        const calls = conclude(facts, pbx);
        expect(calls.every((call) => Value.Check(Call, call))).toBe(true);
        expect(calls.filter(isTalk)).toHaveLength(answered);
      }
    }
  });

  it('with any rows missing is told with what there is', () => {
    const losses = anyTrace.chain((trace) =>
      fc.record({ trace: fc.constant(trace), rows: fc.subarray(trace.rows, { minLength: 1 }) }),
    );
    fc.assert(
      fc.property(losses, ({ trace, rows }) => {
        const facts = noFacts(rows[0]?.linkedid ?? '');
        addRows(facts, rows);
        endOpenCalls(facts);
        for (const call of conclude(facts, trace.pbx)) expect(Value.Check(Call, call)).toBe(true);
        expect(() => explain(facts, trace.pbx)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('without the row in which it began, or ended, says so', () => {
    for (const { rows, pbx } of traces) {
      const [first] = rows as [CelRow];
      const beheaded = rows.filter((row) => row !== first);
      expect(concludeFrom(beheaded, pbx).some((call) => /began/.test(call.doubts.join()))).toBe(true);
      const facts = noFacts(first.linkedid);
      addRows(
        facts,
        rows.filter((row) => row.eventType !== 'LINKEDID_END'),
      );
      endOpenCalls(facts);
      for (const call of conclude(facts, pbx)) {
        expect(call.endedAtMs).not.toBeNull();
        if (call.hangupBy !== 'internal' || !call.consultation) expect(call.doubts.join()).toMatch(/never came|began/);
      }
    }
  });

  it('survives being carried as JSON half-way', () => {
    for (const { rows, pbx } of traces) {
      const half = Math.floor(rows.length / 2);
      const facts = noFacts(rows[0]?.linkedid ?? '');
      addRows(facts, rows.slice(0, half));
      const carried = JSON.parse(JSON.stringify(facts));
      addRows(carried, rows);
      expect(conclude(carried, pbx)).toEqual(concludeFrom(rows, pbx));
      expect(carried.rowIds).toHaveLength(rows.length);
    }
  });

  it('has rows behind its conclusions', () => {
    for (const { rows, pbx } of traces) {
      const ids = new Set(rows.map((row) => row.id));
      const facts = noFacts(rows[0]?.linkedid ?? '');
      addRows(facts, rows);
      for (const { call, conclusions } of explain(facts, pbx)) {
        for (const { rowIds } of conclusions) expect(rowIds.every((id) => ids.has(id))).toBe(true);
        const result = conclusions.find((one) => one.about === 'result');
        expect(result).toMatchObject({ value: call.result });
        expect(result?.rowIds.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('a call without end', () => {
  const row = (id: number, changes: Partial<CelRow>): CelRow => ({ ...(traces[0]?.rows[0] as CelRow), id, ...changes });
  const calling = (serial: number, eventType: string, id: number) =>
    row(id, {
      uniqueid: `1795410999.${serial}`,
      linkedid: '1795410735.1',
      channel: `PJSIP/${101 + (serial % 5)}-${serial}`,
      eventType,
    });

  it('in a queue that rings for hours stays small, and its answer is not lost', () => {
    const facts = noFacts('1795410735.1');
    const client = { uniqueid: '1795410735.1', linkedid: '1795410735.1', channel: 'PJSIP/mtt-1', context: 'from-pstn' };
    addRows(facts, [row(1, client)]);
    let id = 2;
    for (let serial = 2; serial < 12_000; serial++) {
      addRows(
        facts,
        ['CHAN_START', 'HANGUP', 'CHAN_END'].map((type) => calling(serial, type, id++)),
      );
    }
    const bridge = { extra: { bridge_id: 'b' } };
    const enter = { ...calling(12_000, 'BRIDGE_ENTER', id++), ...bridge };
    addRows(facts, [calling(12_000, 'CHAN_START', id++), calling(12_000, 'ANSWER', id++), enter]);
    addRows(facts, [row(id++, { ...client, ...bridge, eventType: 'BRIDGE_ENTER' })]);
    const [call] = conclude(facts, (traces[0] as RecordedRows).pbx);
    expect(call).toMatchObject({ result: 'answered', lastTalker: '101', rang: expect.arrayContaining(['101', '105']) });
    expect(JSON.stringify(facts).length).toBeLessThan(1_500_000);
  });

  it('with ever more people in it is bounded, and says so', () => {
    const facts = noFacts('1795410735.1');
    for (let serial = 1; serial < 5_000; serial++) addRows(facts, [calling(serial, 'ANSWER', serial)]);
    expect(JSON.stringify(facts).length).toBeLessThan(2_000_000);
    expect(conclude(facts, (traces[0] as RecordedRows).pbx)[0]?.doubts.join()).toMatch(/rows were left out/);
  });
});

describe('strange rows', () => {
  const { rows, pbx } = traces.find(({ scenario }) => scenario === 'xfer-chain') as RecordedRows;
  const [call] = concludeFrom(rows, pbx) as [Call];

  it('of unknown types change nothing', () => {
    const strange = rows.map((row) => ({
      ...row,
      id: row.id + 1_000_000,
      eventType: 'USER_DEFINED',
      extra: { a: [1] },
    }));
    expect(concludeFrom([...rows, ...strange], pbx)).toEqual([call]);
  });

  it('with any text in them never break anything', () => {
    const hostile = fc.constantFrom(
      '__proto__',
      'constructor',
      '<script>alert(1)</script>',
      'x'.repeat(100_000),
      '\u0000',
      '1.1',
    );
    const column = fc.constantFrom(
      'channel',
      'appName',
      'appData',
      'exten',
      'context',
      'callerIdNum',
      'eventType',
      'uniqueid',
    );
    fc.assert(
      fc.property(fc.nat(rows.length - 1), column, hostile, hostile, (index, name, text, key) => {
        const changed = { ...(rows[index] as CelRow), [name]: text, extra: JSON.parse(`{${JSON.stringify(key)}: 1}`) };
        const calls = concludeFrom(rows.toSpliced(index, 1, changed), pbx);
        expect(calls.every((one) => Value.Check(Call, one))).toBe(true);
        expect(JSON.stringify(calls).length).toBeLessThan(20_000);
      }),
      { numRuns: 200 },
    );
    expect(Object.prototype).not.toHaveProperty('rowId');
  });

  it('whose clock goes back are told with a doubt and no negative time', () => {
    const back = rows.map((row, index) => (index > 12 ? { ...row, eventAtMs: row.eventAtMs - 3_600_000 } : row));
    for (const told of concludeFrom(back, pbx)) {
      expect(told.doubts.join()).toMatch(/clock went back by 36\d\d s/);
      expect([told.talkSeconds, told.waitSeconds, told.heldSeconds].every((seconds) => seconds >= 0)).toBe(true);
      expect(told.result).toBe('answered');
    }
  });

  it('of two PBXs with equal uniqueids are told with a doubt', () => {
    const other = rows.map((row) => ({
      ...row,
      id: row.id + 500_000,
      channel: row.channel.replace(/-(\w+)$/, '-f$1'),
    }));
    expect(concludeFrom([...rows, ...other], pbx)[0]?.doubts.join()).toMatch(/same uniqueid/);
  });
});

describe('the phases of a recorded call', () => {
  const rank = ['requested', 'accepted', 'conversation_ended', 'call_ended'];

  it('come once each, and in order, row by row and in one batch', () => {
    for (const { rows, pbx } of traces) {
      const linkedid = rows[0]?.linkedid ?? '';
      const own = rows.filter((row) => row.linkedid === linkedid);
      const facts = noFacts(linkedid);
      const told = new Set<string>();
      const live = own.flatMap((row) => {
        addRows(facts, [row]);
        const call = conclude(facts, pbx).find((one) => one.linkedid === linkedid);
        return call ? newPhases(call, told) : [];
      });
      const [atOnce] = concludeFrom(own, pbx) as [Call];
      expect(new Set(live.map((phase) => phase.key))).toEqual(new Set(phasesOf(atOnce).map((phase) => phase.key)));
      expect(new Set(live.map((phase) => phase.key)).size).toBe(live.length);
      expect(live.at(-1)?.kind).toBe('call_ended');
    }
  });

  it('never repeat or go back, in whatever order the rows arrive', () => {
    const arrivals = anyTrace.chain((trace) =>
      fc.record({
        trace: fc.constant(trace),
        shuffled: fc.shuffledSubarray(trace.rows, { minLength: trace.rows.length }),
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ trace, shuffled }) => {
        const facts = noFacts(trace.rows[0]?.linkedid ?? '');
        const told = new Set<string>();
        const phases = shuffled.flatMap((row) => {
          addRows(facts, [row]);
          const call = conclude(facts, trace.pbx).find((one) => one.linkedid === facts.linkedid);
          return call ? newPhases(call, told) : [];
        });
        expect(new Set(phases.map((phase) => phase.key)).size).toBe(phases.length);
        for (const part of Map.groupBy(phases, (phase) => phase.key.split(':')[1]).values()) {
          const ranks = part.map((phase) => rank.indexOf(phase.kind));
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        }
        const end = phases.findIndex((phase) => phase.kind === 'call_ended');
        expect(end === -1 || end === phases.length - 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
