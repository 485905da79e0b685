import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Call } from '../../proto/call.ts';
import type { CelRow } from '../../proto/cel.ts';
import { type CallJournalEntry, comparisonOutcome, extensionsOf, type Registration } from '../../proto/journal.ts';
import { isLeftToAnother } from '../../proto/others-words.ts';
import { type Part, partsOf } from '../../proto/report.ts';
import { fewestDigitsOfEnding } from './call-search.ts';
import { readJson } from './ledger.ts';
import { tellIfDisplaced } from './others-notes.ts';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';

/** The journal of calls: what must last of each, and what came after its close. */
export type Journal = ReturnType<typeof createJournal>;

export interface JoinedCalls {
  pbxId: string;
  /** Each younger than `into`. */
  linkedids: string[];
  into: string;
}

/** Of a call that is told by itself, or as a part of another. */
export type CallStanding = { registration: Registration['state']; workflowId: string } | { joinedInto: string };

export function createJournal(pool: Pool) {
  return {
    /** Writes the call's entry, in place of an earlier one. */
    async write(entry: CallJournalEntry): Promise<void> {
      const row = rowOf(entry);
      await inTransaction(pool, async (queries) => {
        // REPLACE would take the extensions away, and lock what lies beside this call
        await queries.query('INSERT INTO calls SET ? ON DUPLICATE KEY UPDATE ?, updated_at = CURRENT_TIMESTAMP(3)', [
          row,
          row,
        ]);
        await writeExtensions(queries, entry.call);
        await writePhone(queries, entry.call);
        if (isByAnother(entry.registration)) await tellIfDisplaced(queries, entry.call);
      });
    },

    /** The call's entry, or undefined if it has none (yet). @returns with when it was written */
    async read(pbxId: string, linkedid: string): Promise<(CallJournalEntry & { writtenAtMs: number }) | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT workflow_id, \`call\`, registration, cel_row_ids, UNIX_TIMESTAMP(updated_at) AS written
         FROM calls WHERE pbx_id = ? AND linkedid = ?`,
        [pbxId, linkedid],
      );
      const row = rows[0];
      return (
        row &&
        ({
          workflowId: row.workflow_id,
          call: readJson(row.call),
          registration: readJson(row.registration),
          celRowIds: readJson(row.cel_row_ids),
          writtenAtMs: Math.round(Number(row.written) * 1000),
        } as CallJournalEntry & { writtenAtMs: number })
      );
    },

    /**
     * From now on the actor of `into` tells these calls; an entry in which one told itself as unfit for amoCRM goes.
     *
     * @returns those that it has left out before: they stay as they are
     */
    async noteJoined({ pbxId, linkedids, into }: JoinedCalls): Promise<string[]> {
      await pool.query(
        `INSERT INTO joined_calls (pbx_id, linkedid, into_linkedid) VALUES ?
         ON DUPLICATE KEY UPDATE left_out = left_out AND into_linkedid = VALUES(into_linkedid),
           into_linkedid = VALUES(into_linkedid), noted_at = CURRENT_TIMESTAMP(3)`,
        [linkedids.map((linkedid) => [pbxId, linkedid, into])],
      );
      const [apart] = await pool.query<RowDataPacket[]>(
        'SELECT linkedid FROM joined_calls WHERE pbx_id = ? AND linkedid IN (?) AND left_out',
        [pbxId, linkedids],
      );
      const leftOut = apart.map(({ linkedid }) => linkedid as string);
      const joined = linkedids.filter((linkedid) => !leftOut.includes(linkedid));
      if (joined.length > 0) {
        await pool.query(
          `DELETE FROM calls WHERE pbx_id = ? AND linkedid IN (?) AND registration_state IN ('not-sent', 'unlicensed')`,
          [pbxId, joined],
        );
      }
      return leftOut;
    },

    /** The actor of `into` has found that these calls are none of its own: they are told by theirs. */
    async leaveOut({ pbxId, linkedids, into }: JoinedCalls): Promise<void> {
      const sql = `UPDATE joined_calls SET left_out = TRUE WHERE pbx_id = ? AND linkedid IN (?) AND into_linkedid = ?`;
      await pool.query(sql, [pbxId, linkedids, into]);
    },

    /**
     * The linkedid whose actor tells this call, or undefined if it is told by its own: also where that has told it although
     * it was joined before.
     */
    async joinedInto(pbxId: string, linkedid: string): Promise<string | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT into_linkedid FROM joined_calls
         LEFT JOIN calls own ON own.pbx_id = joined_calls.pbx_id AND own.linkedid = joined_calls.linkedid
           AND own.updated_at > noted_at AND CONCAT(own.workflow_id, ':') LIKE CONCAT('%:', own.linkedid, ':%')
         WHERE joined_calls.pbx_id = ? AND joined_calls.linkedid = ? AND NOT left_out AND own.linkedid IS NULL`,
        [pbxId, linkedid],
      );
      return rows[0]?.into_linkedid;
    },

    /**
     * The linkedid of an older call that this one was joined to and whose entry holds this one's last row: whoever told
     * that has told this. Undefined where this one's own actor has told it.
     */
    async toldWith(pbxId: string, linkedid: string, lastRowId: number): Promise<string | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT older.linkedid FROM joined_calls
         JOIN calls older ON older.pbx_id = joined_calls.pbx_id AND older.linkedid = joined_calls.into_linkedid
         LEFT JOIN calls own ON own.pbx_id = joined_calls.pbx_id AND own.linkedid = joined_calls.linkedid
         WHERE joined_calls.pbx_id = ? AND joined_calls.linkedid = ? AND NOT joined_calls.left_out
           AND JSON_CONTAINS(older.cel_row_ids, ?)
           AND (own.workflow_id IS NULL OR own.workflow_id = older.workflow_id)`,
        [pbxId, linkedid, String(lastRowId)],
      );
      return rows[0]?.linkedid;
    },

    /** How these calls stand here, by linkedid; one that nobody has told of is missing. */
    async standings(pbxId: string, linkedids: readonly string[]): Promise<Map<string, CallStanding>> {
      if (linkedids.length === 0) return new Map();
      const of = [pbxId, linkedids];
      const [told] = await pool.query<RowDataPacket[]>(
        'SELECT linkedid, registration_state, workflow_id FROM calls WHERE pbx_id = ? AND linkedid IN (?)',
        of,
      );
      const [joined] = await pool.query<RowDataPacket[]>(
        'SELECT linkedid, into_linkedid FROM joined_calls WHERE pbx_id = ? AND linkedid IN (?) AND NOT left_out',
        of,
      );
      return new Map<string, CallStanding>([
        ...joined.map((row): [string, CallStanding] => [row.linkedid, { joinedInto: row.into_linkedid }]),
        ...told.map((row): [string, CallStanding] => [
          row.linkedid,
          { registration: row.registration_state, workflowId: row.workflow_id },
        ]),
      ]);
    },

    /** Whether this call stands in the journal, by itself or in the call that it was joined to. */
    async knows(pbxId: string, linkedid: string): Promise<boolean> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT 1 FROM calls WHERE pbx_id = ? AND linkedid = ?
         UNION ALL SELECT 1 FROM joined_calls WHERE pbx_id = ? AND linkedid = ? AND NOT left_out LIMIT 1`,
        [pbxId, linkedid, pbxId, linkedid],
      );
      return rows.length > 0;
    },

    /**
     * Whether a call with this client on one of these PBXs that began after that moment was answered.
     *
     * @param phone digits
     */
    async hasTalkedSince(pbxIds: readonly string[], phone: string, sinceMs: number): Promise<boolean> {
      if (pbxIds.length === 0) return false;
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT 1 FROM calls
         WHERE pbx_id IN (?) AND external_number = ? AND started_at > ? AND result = 'answered' LIMIT 1`,
        [pbxIds, phone, new Date(sinceMs)],
      );
      return rows.length > 0;
    },

    /** Keeps rows that a closed call could not take any more. */
    keepLateRows: (pbxId: string, rows: readonly CelRow[]): Promise<void> =>
      keepRows(rows.map((row) => [pbxId, row.linkedid, row.id, JSON.stringify(row)])),

    /** Keeps rows as the database gave them, of which nobody knows what they mean. */
    keepUnreadableRows: (pbxId: string, raws: readonly { id: number; linkedid?: unknown }[]): Promise<void> =>
      keepRows(raws.map((raw) => [pbxId, String(raw.linkedid ?? '').slice(0, 150), raw.id, JSON.stringify(raw)])),
  };

  async function keepRows(values: unknown[][]): Promise<void> {
    await pool.query('INSERT IGNORE INTO late_rows (pbx_id, linkedid, cel_row_id, cel_row) VALUES ?', [values]);
  }
}

function rowOf({ call, registration, workflowId, celRowIds }: CallJournalEntry) {
  return {
    pbx_id: call.pbxId,
    linkedid: call.linkedid,
    workflow_id: workflowId,
    started_at: new Date(call.startedAtMs),
    ended_at: call.endedAtMs === null ? null : new Date(call.endedAtMs),
    direction: call.direction,
    external_number: call.externalNumber,
    result: call.result,
    registration_state: registration.state,
    comparison: comparisonOutcome(registration),
    call: JSON.stringify(call),
    registration: JSON.stringify(registration),
    cel_row_ids: JSON.stringify(celRowIds),
  };
}

const isByAnother = (registration: Registration): boolean =>
  registration.state === 'not-sent' && isLeftToAnother(registration.reason);

/** Of Asterisk's; what is longer was no extension. */
const longestExtension = 80;

/** Only rows that are there are deleted: to look for others would lock the gap in which calls beside it are written. */
async function writeExtensions(queries: Queries, call: Call): Promise<void> {
  const ofCall = 'pbx_id = ? AND linkedid = ?';
  const [rows] = await queries.query<RowDataPacket[]>(`SELECT extension FROM call_extensions WHERE ${ofCall}`, [
    call.pbxId,
    call.linkedid,
  ]);
  const present = extensionsOf(call).filter(({ length }) => length <= longestExtension);
  const gone = rows.map(({ extension }) => extension as string).filter((one) => !present.includes(one));
  if (gone.length > 0) {
    const sql = `DELETE FROM call_extensions WHERE ${ofCall} AND extension IN (?)`;
    await queries.query(sql, [call.pbxId, call.linkedid, gone]);
  }
  if (present.length === 0) return;
  await queries.query(
    `INSERT INTO call_extensions (pbx_id, linkedid, extension, started_at, direction, result, was_asked, has_called,
       has_talked, talk_seconds) VALUES ?
     ON DUPLICATE KEY UPDATE started_at = VALUES(started_at), direction = VALUES(direction), result = VALUES(result),
       was_asked = VALUES(was_asked), has_called = VALUES(has_called), has_talked = VALUES(has_talked),
       talk_seconds = VALUES(talk_seconds)`,
    [partsOf(call, present).map((part) => partRow(call, part))],
  );
}

const partRow = (call: Call, { extension, wasAsked, hasCalled, hasTalked, talkSeconds }: Part) => [
  ...[call.pbxId, call.linkedid, extension, new Date(call.startedAtMs), call.direction, call.result],
  ...[wasAsked, hasCalled, hasTalked, talkSeconds],
];

/** By its endings a part of a number is found. */
async function writePhone(queries: Queries, { pbxId, externalNumber }: Call): Promise<void> {
  const count = (externalNumber?.length ?? 0) - fewestDigitsOfEnding + 1;
  if (externalNumber === null || count < 1) return;
  const sql = 'SELECT 1 FROM phone_endings WHERE pbx_id = ? AND ending = ? AND external_number = ?';
  const [known] = await queries.query<RowDataPacket[]>(sql, [pbxId, externalNumber, externalNumber]);
  if (known.length > 0) return;
  const endings = Array.from({ length: count }, (_, place) => [pbxId, externalNumber.slice(place), externalNumber]);
  await queries.query('INSERT IGNORE INTO phone_endings (pbx_id, ending, external_number) VALUES ?', [endings]);
}
