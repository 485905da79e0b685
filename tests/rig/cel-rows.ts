import type { RowDataPacket } from 'mysql2/promise';
import { type CelRow, readCelRow } from '../../proto/cel.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { type Installation, timezone } from './installation.ts';

/** Rows of these calls as they stand in the table, parsed. */
export async function rowsInTable(house: Installation, linkedids: readonly string[]): Promise<CelRow[]> {
  const sql = 'SELECT * FROM cel WHERE linkedid IN (?) ORDER BY id';
  const [raws] = await house.pbx.pool.query<RowDataPacket[]>(sql, [linkedids]);
  return raws.flatMap((raw) => {
    const reading = readCelRow(raw, timezone);
    return 'row' in reading ? [reading.row] : [];
  });
}

/** A parsed row as Asterisk would have written it, but for its id. */
export function asWritten(row: CelRow): Record<string, unknown> {
  return {
    eventtype: row.eventType,
    eventtime: utcMsToPbxTime(row.eventAtMs, timezone),
    cid_name: row.callerIdName,
    cid_num: row.callerIdNum,
    cid_ani: row.callerIdAni,
    cid_dnid: row.callerIdDnid,
    cid_rdnis: row.callerIdRdnis,
    exten: row.exten,
    context: row.context,
    channame: row.channel,
    appname: row.appName,
    appdata: row.appData,
    uniqueid: row.uniqueid,
    linkedid: row.linkedid,
    peer: row.peer,
    extra: JSON.stringify(row.extra),
    amaflags: '3',
    accountcode: '',
    userdeftype: '',
  };
}
