/**
 * How fast rows become a call, and whether the cost stays linear: one call of 20 to 20,000 rows, told once at its end,
 * and anew after each batch, as the actor does (which rests in proportion to the rows, see workflows/call/actor.ts).
 */
import type { CelRow } from '../proto/cel.ts';
import { defaultPbx } from '../proto/default-pbx.ts';
import { addRows, conclude, noFacts } from '../workflows/call/interpret/index.ts';
import { report } from './load/report.ts';

const pbx = defaultPbx('bench', 'UTC');
const startedAtMs = Date.UTC(2026, 10, 24);
const sizes = [20, 60, 200, 600, 2_000, 6_000, 20_000];

/** A client in a queue whose three members ring in turn, until one answers; then talk with holds and transfers. */
function rowsOfLongCall(count: number): CelRow[] {
  const rows: CelRow[] = [];
  const client = '1795478400.1';
  const add = (eventType: string, uniqueid: string, channel: string, changes: Partial<CelRow> = {}) => {
    rows.push({
      id: rows.length + 1,
      eventType,
      eventAtMs: startedAtMs + rows.length * 100,
      callerIdName: '',
      callerIdNum: uniqueid === client ? '79161234567' : '',
      callerIdAni: '',
      callerIdDnid: '',
      callerIdRdnis: '',
      exten: uniqueid === client ? '74951230001' : 's',
      context: uniqueid === client ? 'from-pstn' : 'from-internal',
      channel,
      appName: '',
      appData: '',
      uniqueid,
      linkedid: client,
      peer: '',
      extra: {},
      ...changes,
    });
  };
  const trunk = 'PJSIP/provider-00000001';
  add('CHAN_START', client, trunk);
  add('ANSWER', client, trunk);
  add('APP_START', client, trunk, { appName: 'Queue', appData: '400,t' });
  for (let serial = 2; rows.length < count - 3; serial++) addPart(serial, add, client, trunk, count - 3 - rows.length);
  add('HANGUP', client, trunk, { extra: { hangupcause: 16, hangupsource: trunk, dialstatus: 'ANSWER' } });
  add('CHAN_END', client, trunk);
  add('LINKEDID_END', client, trunk);
  return rows;
}

type Add = (eventType: string, uniqueid: string, channel: string, changes?: Partial<CelRow>) => void;

function addPart(serial: number, add: Add, client: string, trunk: string, room: number): void {
  const uniqueid = `1795478400.${serial}`;
  const phone = `PJSIP/${101 + (serial % 3)}-${serial.toString(16).padStart(8, '0')}`;
  const bridge = { extra: { bridge_id: `b${serial}`, bridge_technology: 'simple_bridge' } };
  const answered = serial % 5 === 0 && room >= 10;
  add('CHAN_START', uniqueid, phone);
  if (answered) {
    add('ANSWER', uniqueid, phone, { appName: 'AppQueue', appData: '(Outgoing Line)' });
    add('BRIDGE_ENTER', uniqueid, phone, bridge);
    add('BRIDGE_ENTER', client, trunk, bridge);
    add('STREAM_BEGIN', client, trunk, { extra: { class: 'default' } });
    add('STREAM_END', client, trunk);
    add('BRIDGE_EXIT', client, trunk, bridge);
    add('BRIDGE_EXIT', uniqueid, phone, bridge);
  }
  add('HANGUP', uniqueid, phone, { extra: { hangupcause: answered ? 16 : 0, hangupsource: '', dialstatus: '' } });
  add('CHAN_END', uniqueid, phone);
}

/** Median of several runs, in ms. */
function timed(run: () => void, times: number): number {
  for (let i = 0; i < Math.max(3, times); i++) run(); // until it is compiled
  const all = Array.from({ length: times }, () => {
    const from = performance.now();
    run();
    return performance.now() - from;
  });
  return all.toSorted((a, b) => a - b)[Math.floor(times / 2)] as number;
}

const batchRows = 20;
/** Longer calls are not told after each batch. */
const mostToldAnew = 2_000;

function tellAfterEachBatch(rows: readonly CelRow[]): void {
  const facts = noFacts('1795478400.1');
  for (let at = 0; at < rows.length; at += batchRows) {
    addRows(facts, rows.slice(at, at + batchRows));
    conclude(facts, pbx);
  }
}

const table = sizes.map((size) => {
  const rows = rowsOfLongCall(size);
  const times = Math.max(5, Math.min(400, Math.floor(40_000 / size)));
  const fold = timed(() => addRows(noFacts('1795478400.1'), rows), times);
  const whole = timed(() => {
    const facts = noFacts('1795478400.1');
    addRows(facts, rows);
    conclude(facts, pbx);
  }, times);
  const batched = size <= mostToldAnew ? timed(() => tellAfterEachBatch(rows), 5) : undefined;
  const facts = noFacts('1795478400.1');
  addRows(facts, rows);
  return {
    'rows in the call': rows.length,
    'adding, rows/s': Math.round((rows.length / fold) * 1000),
    'adding and telling, rows/s': Math.round((rows.length / whole) * 1000),
    [`told after each ${batchRows} rows, rows/s`]: batched && Math.round((rows.length / batched) * 1000),
    'µs per row': Number(((whole / rows.length) * 1000).toFixed(2)),
    'state, kB': Math.round(JSON.stringify(facts).length / 1000),
  };
});
report('Interpretation of recorded calls', table);
