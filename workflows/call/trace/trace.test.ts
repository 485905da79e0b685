import { recordedTrace } from '../../../tests/recorded/recorded-trace.ts';
import { labelTrace } from './label.ts';
import { pbxFromHint } from './pbx-hint.ts';
import { readTrace, type Trace } from './trace.ts';

const recorded = recordedTrace('a16-in-direct-answered');

function traceOf(value: unknown): Trace {
  const reading = readTrace(value);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading.trace;
}

describe('a trace', () => {
  it.each([
    ['null', null],
    ['a list', []],
    ['text', 'cel'],
    ['without CEL', { cdr: [] }],
    ['with CEL of another form', { cel: {} }],
    ['with CDR of another form', { cel: [], cdr: 1 }],
    ['with an unknown zone', { cel: [], pbx_timezone: 'Mars/Olympus' }],
    ['of unusable rows only', { cel: [{ id: 1 }, 'row', null] }],
  ])('that is %s is refused in one line', (_, value) => {
    expect(readTrace(value)).toEqual({ refused: expect.stringMatching(/^[^\n]+$/) });
  });

  it('without rows has no calls', () => {
    expect(labelTrace(traceOf({ cel: [] }))).toEqual([]);
  });

  it('without a zone is read in the zone that its rows show, and says so', () => {
    const { pbx_timezone: _, ...zoneless } = recorded;
    const [call] = labelTrace(traceOf(zoneless));
    expect(call).toMatchObject({ started_at: '2026-11-23T05:11:53.000Z', doubts: [expect.stringContaining('+05:00')] });
  });

  it('with some unusable rows is told with a doubt', () => {
    const [call] = labelTrace(traceOf({ ...recorded, cel: [...recorded.cel, { id: 'x' }] }));
    expect(call).toMatchObject({ result: 'answered', doubts: [expect.stringContaining('1 of 18 CEL rows')] });
  });

  it('with ids as text, or without ids, is read in its order', () => {
    const [truth] = labelTrace(traceOf(recorded));
    const asText = recorded.cel.map((row) => ({ ...row, id: String(row.id) }));
    const without = recorded.cel.map(({ id: _, ...row }) => row);
    expect(labelTrace(traceOf({ ...recorded, cel: asText }))).toEqual([truth]);
    expect(labelTrace(traceOf({ ...recorded, cel: without }))).toEqual([truth]);
  });
});

describe('the hint of an administrator', () => {
  it('becomes a description', () => {
    expect(pbxFromHint('pbx', 'UTC', recorded.pbx_config_hint)).toMatchObject({
      extensions: ['101', '102', '103', '104', '105', '106'],
      outboundPrefixes: ['9', '55'],
      dids: {
        '74951230001': { kind: 'extension', name: '101' },
        '74951230002': { kind: 'group', name: '600' },
        '74951230003': { kind: 'queue', name: '400' },
        '74951230004': { kind: 'ivr', name: 'ivr-1' },
      },
      pickupCodes: ['*8', '**'],
      parkingExtensions: ['70', '700'],
    });
  });

  it.each([null, 1, 'x', [], { extensions: 'x', did_map: 7, parking: 1, pickup: [{}], ring_groups: null }])(
    'of another form is left out: %p',
    (hint) => {
      expect(pbxFromHint('pbx', 'UTC', hint)).toMatchObject({ extensions: [], dids: {}, pickupCodes: ['*8', '**'] });
    },
  );
});
