import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { PbxFinding } from '../../../proto/pbx-check.ts';
import type { PbxTables } from '../index.ts';
import { columnsOf, queryPbx, quotedTable } from '../pbx-database.ts';
import { fine, found } from './finding.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { unreachable } from './tables.ts';

const newest = 20;
const neededColumns = ['recordingfile', 'calldate', 'billsec'];

/** A folder of the network that is away keeps whoever looks at it waiting for as long as the system likes. */
const inTime = oneAtATime(5_000);

/**
 * Whether the recordings that CDR names are found where this machine has them.
 *
 * @param folder as this machine sees it; undefined: nobody has said where it is
 */
export async function checkRecordings(
  folder: string | undefined,
  { pool, cdrTable }: Pick<PbxTables, 'pool' | 'cdrTable'>,
): Promise<PbxFinding> {
  if (folder === undefined) return found('recordings', 'ok', 'not-set');
  const code = await inTime(() => faultOfFolder(folder), 'ETIMEDOUT');
  if (code !== undefined) return found('recordings', 'error', 'unreachable', { code, folder });
  try {
    const present = await columnsOf(pool, cdrTable);
    const lacking = neededColumns.filter((column) => !present.has(column));
    if (lacking.length > 0) return found('recordings', 'warning', 'lacks-columns', { columns: lacking.join(', ') });
    const rows = await queryPbx(
      pool,
      `SELECT recordingfile, calldate FROM ${quotedTable(cdrTable)}
       WHERE recordingfile <> '' AND billsec > 0 ORDER BY calldate DESC LIMIT ?`,
      [newest],
    );
    return await compare(
      folder,
      rows.map(({ recordingfile, calldate }) => placesOf(folder, String(recordingfile), String(calldate))),
    );
  } catch (error) {
    return unreachable('recordings', error);
  }
}

async function compare(folder: string, recordings: readonly string[][]): Promise<PbxFinding> {
  if (recordings.length === 0) return found('recordings', 'warning', 'no-recordings-yet');
  const isThere = await inTime(() => areThere(recordings), undefined);
  if (!isThere) return found('recordings', 'error', 'unreachable', { code: 'ETIMEDOUT', folder });
  const [first] = recordings.filter((_, index) => !isThere[index]);
  const count = String(recordings.length);
  if (!first) return fine('recordings', { count, folder });
  const missing = String(isThere.filter((one) => !one).length);
  const file = first[0] === undefined ? '' : relative(folder, first[0]);
  return found('recordings', missing === count ? 'error' : 'warning', 'lacks-recordings', {
    ...{ count, missing, file, folder },
  });
}

/**
 * Where a recording may be: FreePBX keeps them by day (`2026/11/25/out-….wav`) and names the file alone in CDR; others
 * write a path. Nothing outside of the folder is looked at.
 *
 * @param calldate of its call, the PBX's wall clock: `2026-11-25 10:00:00`
 */
export function placesOf(folder: string, recordingfile: string, calldate: string): string[] {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(calldate)?.slice(1) ?? [];
  const inside = resolve(folder) + (resolve(folder) === sep ? '' : sep);
  return [join(folder, ...day, recordingfile), join(folder, recordingfile), recordingfile]
    .map((path) => resolve(folder, path))
    .filter((path) => path.startsWith(inside) && !path.includes('\0'));
}

async function areThere(recordings: readonly string[][]): Promise<boolean[]> {
  const seen: boolean[] = [];
  for (const paths of recordings) seen.push(await isAtOneOf(paths));
  return seen;
}

async function isAtOneOf(paths: readonly string[]): Promise<boolean> {
  for (const path of new Set(paths)) {
    const file = await stat(path).catch(() => undefined);
    if (file?.isFile()) return true;
  }
  return false;
}

/** @returns the system's code of what is wrong with it, undefined if nothing is */
async function faultOfFolder(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return 'ENOTDIR';
    await access(folder, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EIO';
  }
}
