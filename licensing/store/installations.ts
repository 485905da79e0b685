import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Feature } from '../../proto/licence/feature.ts';
import type { Known, PurchaseOnIt, TrialOfIt } from '../permits/due-permit.ts';
import { type Echoes, hearEcho, isTwin } from '../permits/twins.ts';
import type { GenuineRequest } from '../requests/read-request.ts';
import { msOf, type Queries, readJson } from './mysql.ts';

/** What we know of the machines that Ringflow runs on. */

export type Language = 'ru' | 'en';

/** What hearing of an installation has told. */
interface Hearing {
  installationId: number;
  /** Two machines use its identity. */
  isTwin: boolean;
  /** That was not certain before. */
  isNews: boolean;
}

/**
 * Its permits are numbered by the seconds of the clock, or by one more than the last: after a backup was brought back they
 * still grow.
 *
 * @returns undefined if it was never activated
 */
export async function noteHearing(
  queries: Queries,
  request: GenuineRequest,
  nowMs: number,
): Promise<Hearing | undefined> {
  const { thumbprint, publicKey, version, timezone, accounts, usage, lastSerial, purpose } = request;
  const sql = 'SELECT id, serial, may_hold, twin_times, twin_at FROM installations WHERE thumbprint = ? FOR UPDATE';
  const [[row]] = await queries.query<RowDataPacket[]>(sql, [thumbprint]);
  if (!row) return undefined;
  const before = Number(row.serial);
  const serial = Math.max(before + 1, Math.floor(nowMs / 1_000));
  const known = echoesOf(row);
  const echoes = hearEcho(known, { lastSerial, before, given: serial, isFile: purpose === 'offline', nowMs });
  const { mayHold, twinTimes, twinAtMs } = echoes;
  await queries.query('UPDATE installations SET ? WHERE id = ?', [
    {
      ...{ serial, public_key: publicKey, last_heard_at: new Date(nowMs), version, timezone },
      ...{ accounts: JSON.stringify(accounts), used: JSON.stringify(usage) },
      ...{ may_hold: mayHold && JSON.stringify(mayHold), twin_times: twinTimes },
      twin_at: twinAtMs === null ? null : new Date(twinAtMs),
    },
    row.id,
  ]);
  return {
    installationId: row.id,
    isTwin: isTwin(echoes, nowMs),
    isNews: isTwin(echoes, nowMs) && !isTwin(known, nowMs),
  };
}

const echoesOf = (row: RowDataPacket): Echoes => ({
  mayHold: row.may_hold === null ? null : (readJson(row.may_hold) as number[]),
  ...{ twinTimes: row.twin_times, twinAtMs: msOf(row.twin_at) },
});

/** @returns its number; it stays as it is until this transaction ends */
export async function findInstallation(queries: Queries, thumbprint: string): Promise<number | undefined> {
  const sql = 'SELECT id FROM installations WHERE thumbprint = ? FOR UPDATE';
  const [[row]] = await queries.query<RowDataPacket[]>(sql, [thumbprint]);
  return row?.id;
}

/** Makes it known if it is not. @returns its number */
export async function findOrAddInstallation(queries: Queries, thumbprint: string, nowMs: number): Promise<number> {
  const known = await findInstallation(queries, thumbprint);
  if (known !== undefined) return known;
  const now = new Date(nowMs);
  const [{ insertId }] = await queries.query<ResultSetHeader>('INSERT INTO installations SET ?', [
    {
      ...{ thumbprint, serial: 0, first_heard_at: now, last_heard_at: now },
      ...{ version: '', timezone: 'UTC', accounts: '[]' },
    },
  ]);
  return insertId;
}

/** What decides its permit, with the number of that permit and of the newest key set. */
export interface Due {
  known: Known;
  serial: number;
  keySetSerial: number | null;
  timezone: string;
}

export async function readDue(queries: Queries, thumbprint: string, language: Language): Promise<Due> {
  const [[row]] = await queries.query<RowDataPacket[]>(
    `SELECT i.serial, i.timezone, a.ended_at, a.ended_why, a.purchase_id, p.seats, p.features, p.paid_until,
       p.invoice_until, p.revoked_at, pl.kind, pl.name_ru, pl.name_en, c.name AS customer,
       (SELECT hint FROM licence_keys WHERE purchase_id = p.id AND void_at IS NULL) AS hint,
       t.ends_at, tc.name AS trial_customer, tp.seats AS trial_seats, tp.features AS trial_features,
       tp.name_ru AS trial_name_ru, tp.name_en AS trial_name_en,
       (SELECT MAX(serial) FROM key_sets) AS key_set
     FROM installations i
     LEFT JOIN activations a ON a.id = (SELECT MAX(id) FROM activations WHERE installation_id = i.id)
     LEFT JOIN purchases p ON p.id = a.purchase_id
     LEFT JOIN plans pl ON pl.id = p.plan_id
     LEFT JOIN customers c ON c.id = p.customer_id
     LEFT JOIN trials t ON t.installation_id = i.id
     LEFT JOIN plans tp ON tp.id = 'trial'
     LEFT JOIN customers tc ON tc.id = t.customer_id
     WHERE i.thumbprint = ?`,
    [thumbprint],
  );
  if (!row) throw new Error('an installation is gone');
  const isOnIt = row.purchase_id !== null && row.ended_at === null;
  return {
    known: {
      purchase: isOnIt ? purchaseOf(row, language) : null,
      trial: row.ends_at === null ? null : trialOf(row, language),
      ...goneFrom(row, isOnIt, language),
    },
    serial: row.serial,
    keySetSerial: row.key_set,
    timezone: row.timezone,
  };
}

/** What it had last, if that is not on it any more. */
function goneFrom(row: RowDataPacket, isOnIt: boolean, language: Language): Pick<Known, 'lost' | 'displaced'> {
  if (isOnIt || row.ended_why === null) return { lost: null, displaced: null };
  if (row.ended_why !== 'replaced') return { lost: row.ended_why, displaced: null };
  return { lost: 'moved', displaced: { purchase: purchaseOf(row, language), atMs: row.ended_at.getTime() } };
}

function purchaseOf(row: RowDataPacket, language: Language): PurchaseOnIt {
  return {
    kind: row.kind === 'free' ? 'free' : 'paid',
    plan: row[`name_${language}`],
    customer: row.customer,
    keyHint: row.hint,
    seats: row.seats,
    features: readJson(row.features) as Feature[],
    paidUntilMs: msOf(row.paid_until),
    invoiceUntilMs: msOf(row.invoice_until),
    isRevoked: row.revoked_at !== null,
  };
}

function trialOf(row: RowDataPacket, language: Language): TrialOfIt {
  return {
    plan: row[`trial_name_${language}`],
    customer: row.trial_customer ?? '',
    seats: row.trial_seats,
    features: readJson(row.trial_features) as Feature[],
    endsAtMs: row.ends_at.getTime(),
  };
}
