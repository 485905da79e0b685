import type { Pool } from 'mysql2/promise';
import { createJournal } from '../../activities/store/journal.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';

/** Of a journal that is filled for a measurement. */
export interface Extent {
  pbxIds: readonly [string, string];
  extensions: readonly string[];
  calls: number;
  newestMs: number;
}

/** Between the beginnings of two calls. */
export const apartMs = 60_000;
/** Written one by one; the others are copies of them. */
const written = 1_000;
/** Between the numbers of two clients, so that their digits differ everywhere. */
const numberStep = 29_311;

/** Fills it with calls, the newest first; two of three clients call more than once. */
export async function writeLongJournal(pool: Pool, extent: Extent): Promise<void> {
  const journal = createJournal(pool);
  for (let index = 0; index < written; index++) await journal.write(entryOf(extent, index));
  await pool.query(`CREATE TABLE first_calls AS SELECT * FROM calls;
    CREATE TABLE first_extensions AS SELECT * FROM call_extensions`);
  for (let copy = 1; copy < extent.calls / written; copy++) await copyAll(pool, copy);
  const endings = Array.from(
    { length: 9 },
    (_, place) => `SELECT pbx_id, SUBSTRING(external_number, ${place + 1}), external_number FROM calls`,
  );
  await pool.query(`INSERT IGNORE INTO phone_endings ${endings.join(' UNION ')}`);
  await pool.query('ANALYZE TABLE calls, call_extensions, phone_endings');
}

/** One of its calls. */
export function anyCallOf({ pbxIds, calls, newestMs }: Extent): { pbxId: string; linkedid: string } {
  const any = (most: number) => Math.floor(Math.random() * most);
  const [copy, index] = [any(calls / written), any(written)];
  return { pbxId: pbxIds[index % 2] as string, linkedid: linkedidOf(newestMs, copy * written + index) };
}

export function anyPhoneOf({ calls }: Extent): string {
  return phoneOf(calls, Math.floor(Math.random() * calls));
}

function phoneOf(calls: number, index: number): string {
  return `79${String((index % Math.ceil(calls / 3)) * numberStep + 100_000_000).slice(-9)}`;
}

/** As Asterisk names calls: by the second in which they begin, so that those of one time lie together. */
const linkedidOf = (newestMs: number, index: number): string => `${(newestMs - index * apartMs) / 1_000}.1`;

function entryOf({ pbxIds, extensions, calls, newestMs }: Extent, index: number) {
  const ringing = [0, 1, 2].map((step) => extensions[(index + step) % extensions.length] as string);
  const startedAtMs = newestMs - index * apartMs;
  const talked = index % 3 !== 0 ? (ringing[0] as string) : null;
  const call = {
    ...{ pbxId: pbxIds[index % 2] as string, linkedid: linkedidOf(newestMs, index) },
    ...{ externalNumber: phoneOf(calls, index), startedAtMs, answeredBy: talked, rang: ringing, firstRinging: ringing },
    conversations: ringing.map((extension) => conversationOf(extension, startedAtMs, extension === talked)),
    result: index % 500 === 0 ? ('voicemail' as const) : talked ? ('answered' as const) : ('missed' as const),
  };
  const refused = { state: 'needs-attention' as const, reason: 'amoCRM does not take the field.' };
  return index % 333 === 0 ? journalEntry(call, refused) : journalEntry(call);
}

/** Each earlier by so many lengths of what was written, and of another client. */
async function copyAll(pool: Pool, copy: number): Promise<void> {
  const earlierMs = copy * written * apartMs;
  const linkedid = `CONCAT(CAST(SUBSTRING_INDEX(linkedid, '.', 1) AS INT) - ${earlierMs / 1_000}, '.1')`;
  const startedAt = `started_at - INTERVAL ${earlierMs * 1_000} MICROSECOND`;
  const number = `CONCAT('79', RIGHT(CAST(RIGHT(external_number, 9) AS INT) + ${copy * written * numberStep}, 9))`;
  await pool.query(
    `INSERT INTO calls (pbx_id, linkedid, workflow_id, started_at, ended_at, direction, external_number, result,
       registration_state, \`call\`, registration, cel_row_ids)
     SELECT pbx_id, ${linkedid}, CONCAT('call:', pbx_id, ':', ${linkedid}), ${startedAt}, ended_at, direction, ${number},
       result, registration_state, JSON_REPLACE(\`call\`, '$.linkedid', ${linkedid}, '$.externalNumber', ${number}),
       registration, cel_row_ids FROM first_calls`,
  );
  await pool.query(
    `INSERT INTO call_extensions (pbx_id, linkedid, extension, started_at, direction, result, was_asked, has_called,
       has_talked, talk_seconds)
     SELECT pbx_id, ${linkedid}, extension, ${startedAt}, direction, result, was_asked, has_called, has_talked,
       talk_seconds FROM first_extensions`,
  );
}
