import type { PbxFinding } from '../../../proto/pbx-check.ts';
import type { RecordingsAccess, RecordingsSource } from '../../../proto/recordings/source.ts';
import { openSource } from '../../recordings/sources/index.ts';
import { placesOf } from '../../recordings/sources/places.ts';
import { type RecordingSource, SourceError } from '../../recordings/sources/source.ts';
import type { PbxTables } from '../index.ts';
import { columnsOf, queryPbx, quotedTable } from '../pbx-database.ts';
import { fine, found } from './finding.ts';
import { unreachable } from './tables.ts';

/** So many of the newest are looked for; of what is far away fewer. */
const newest = { folder: 20, sftp: 5, http: 5 };
const neededColumns = ['recordingfile', 'calldate', 'billsec'];

/**
 * Whether the recordings that CDR names are found where the PBX is said to have them.
 *
 * @param access undefined: nobody has said where they are
 */
export async function checkRecordings(
  access: RecordingsAccess | undefined,
  { pool, cdrTable }: Pick<PbxTables, 'pool' | 'cdrTable'>,
): Promise<PbxFinding> {
  if (!access) return found('recordings', 'ok', 'not-set');
  let source: RecordingSource | undefined;
  try {
    source = openSource(access);
    await source.reach();
    const present = await columnsOf(pool, cdrTable);
    const lacking = neededColumns.filter((column) => !present.has(column));
    if (lacking.length > 0) return found('recordings', 'warning', 'lacks-columns', { columns: lacking.join(', ') });
    const rows = await queryPbx(
      pool,
      `SELECT recordingfile, calldate FROM ${quotedTable(cdrTable)}
       WHERE recordingfile <> '' AND billsec > 0 ORDER BY calldate DESC LIMIT ?`,
      [newest[access.source.kind]],
    );
    const named = rows.map(({ recordingfile, calldate }) => ({
      file: String(recordingfile),
      day: /^\d{4}-\d\d-\d\d/.exec(String(calldate))?.[0],
    }));
    return await lookFor(named, access.source, source);
  } catch (error) {
    if (!(error instanceof SourceError)) return unreachable('recordings', error);
    const { code, value } = error;
    return found('recordings', 'error', 'unreachable', { code, value, folder: placeOf(access.source) });
  } finally {
    source?.close();
  }
}

type NamedFile = Pick<Parameters<typeof placesOf>[0], 'file' | 'day'>;

async function lookFor(named: NamedFile[], described: RecordingsSource, source: RecordingSource): Promise<PbxFinding> {
  if (named.length === 0) return found('recordings', 'warning', 'no-recordings-yet');
  const folder = 'folder' in described ? described.folder : undefined;
  const missing: string[] = [];
  for (const { file, day } of named) {
    const places = placesOf({ file, day, folder, pbxFolder: described.pbxFolder });
    if (!(await source.find(places))) missing.push(places[0] ?? file);
  }
  const values = { count: String(named.length), folder: placeOf(described) };
  const [file] = missing;
  if (file === undefined) return fine('recordings', values);
  const state = missing.length === named.length ? 'error' : 'warning';
  return found('recordings', state, 'lacks-recordings', { ...values, missing: String(missing.length), file });
}

const placeOf = (source: RecordingsSource): string => ('folder' in source ? source.folder : source.url);
