import type { RowDataPacket } from 'mysql2/promise';
import type { Call } from '../../proto/call.ts';
import { readCdrRow } from '../../proto/cdr.ts';
import { type CelRow, readCelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { addRows, conclude, noFacts } from '../../workflows/call/interpret/index.ts';
import type { Pbx } from './pbx.ts';

/** What Ringflow makes of what a real PBX writes. */

/** The calls that were there while this happened, once the PBX has written them to their end. */
export async function callsWhile(pbx: Pbx, happens: () => Promise<unknown>): Promise<Call[]> {
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
  return conclude(
    facts,
    defaultPbx('real', 'UTC'),
    cdr.flatMap((row) => readCdrRow(row) ?? []),
  );
}

/** CEL as it stands in the table. */
async function celAfter(pbx: Pbx, id: number): Promise<CelRow[]> {
  const [raws] = await pbx.database.pool.query<RowDataPacket[]>('SELECT * FROM cel WHERE id > ? ORDER BY id', [id]);
  return raws.map((raw) => {
    const reading = readCelRow(raw, 'UTC');
    if ('refused' in reading) throw new Error(reading.refused);
    return reading.row;
  });
}

/** Each channel and each linkedid has ended. */
function isOver(rows: readonly CelRow[]): boolean {
  const count = (type: string) => rows.filter(({ eventType }) => eventType === type).length;
  const linkedids = new Set(rows.map(({ linkedid }) => linkedid)).size;
  return rows.length > 0 && count('CHAN_START') === count('CHAN_END') && count('LINKEDID_END') === linkedids;
}

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 20));
