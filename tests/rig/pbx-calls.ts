import type { RowDataPacket } from 'mysql2/promise';
import type { Call } from '../../proto/call.ts';
import { readCdrRow } from '../../proto/cdr.ts';
import { type CelRow, readCelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import type { IncomingCall } from '../../sandbox/asterisk/phones/incoming-call.ts';
import type { CallerId, OutgoingCall } from '../../sandbox/asterisk/phones/outgoing-call.ts';
import { addRows, conclude, noFacts } from '../../workflows/call/interpret/index.ts';
import type { Pbx } from './pbx.ts';

/** Calls on a real PBX, and what Ringflow makes of what it writes of them. */

/** Phones that ring, in this order. */
export async function ringing<const T extends string[]>(pbx: Pbx, ...extensions: T) {
  const calls = await Promise.all(extensions.map((extension) => pbx.phone(extension).nextCall()));
  return calls as { [K in keyof T]: IncomingCall };
}

/**
 * A client calls, and an employee answers; resolves once they hear each other.
 *
 * @param keys that the client presses when the PBX speaks
 * @param others whose phones ring too
 * @param beforeAnswer what is waited for while they ring
 */
export async function talk(
  pbx: Pbx,
  client: CallerId,
  did: string,
  extension: string,
  {
    keys = '',
    others = [],
    beforeAnswer,
  }: { keys?: string; others?: string[]; beforeAnswer?: () => Promise<unknown> } = {},
): Promise<{ outside: OutgoingCall; taken: IncomingCall }> {
  const outside = pbx.trunk.call(did, client);
  if (keys) {
    await outside.answered;
    await outside.hears();
    await outside.press(keys);
  }
  const [taken] = await ringing(pbx, extension, ...others);
  await beforeAnswer?.();
  await taken.answer();
  await Promise.all([taken.hears(outside), outside.hears(taken)]);
  return { outside, taken };
}

/** The gist of a call. */
export const told = ({ direction, result, rang, answeredBy, did, externalNumber, doubts }: Call) => ({
  ...{ direction, result, rang: [...rang].sort(), answeredBy, did, externalNumber, doubts },
});

/** The calls that were there while this happened, once the PBX has written them to their end; at least one. */
export async function callsWhile(pbx: Pbx, happens: () => Promise<unknown>): Promise<[Call, ...Call[]]> {
  const afterId = (await celAfter(pbx, 0)).at(-1)?.id ?? 0;
  await happens();
  let rows = await celAfter(pbx, afterId);
  while (!isOver(rows)) {
    await nextMoment();
    rows = await celAfter(pbx, afterId);
  }
  const facts = noFacts(rows[0]?.linkedid ?? '');
  addRows(facts, rows);
  const [cdr] = await pbx.database.pool.query<RowDataPacket[]>('SELECT * FROM cdr WHERE linkedid IN (?)', [
    rows.map(({ linkedid }) => linkedid),
  ]);
  const [call, ...others] = conclude(
    facts,
    defaultPbx('real', 'UTC'),
    cdr.flatMap((row) => readCdrRow(row) ?? []),
  );
  if (!call) throw new Error(`These rows are no call: ${JSON.stringify(rows)}`);
  return [call, ...others];
}

/** CEL as it stands in the table. */
async function celAfter(pbx: Pbx, id: number): Promise<CelRow[]> {
  const [raws] = await pbx.database.pool.query<RowDataPacket[]>('SELECT * FROM cel WHERE id > ? ORDER BY id', [id]);
  return raws.flatMap((raw) => {
    const reading = readCelRow(raw, 'UTC');
    if ('refused' in reading) throw new Error(reading.refused);
    return 'row' in reading ? [reading.row] : [];
  });
}

/** Each channel and each linkedid has ended. */
function isOver(rows: readonly CelRow[]): boolean {
  const count = (type: string) => rows.filter(({ eventType }) => eventType === type).length;
  const linkedids = new Set(rows.map(({ linkedid }) => linkedid)).size;
  return rows.length > 0 && count('CHAN_START') === count('CHAN_END') && count('LINKEDID_END') === linkedids;
}

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 20));
