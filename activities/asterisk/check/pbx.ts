import type { AmiAccess } from '../../../proto/ami.ts';
import type { PbxFinding } from '../../../proto/pbx-check.ts';
import type { PbxTables } from '../index.ts';
import { checkAmi } from './ami.ts';
import { checkRecordings } from './recordings.ts';
import { checkPbxTables } from './tables.ts';

/** What there is of a PBX beside its tables; undefined: nothing was said of it; locked: its secret can't be opened. */
export interface PbxSurroundings {
  ami: AmiAccess | undefined | 'locked';
  /** As this machine sees it. */
  recordingsFolder: string | undefined;
}

/** Whether a PBX is set up as Ringflow needs it; see `checkPbxTables` for the pattern. */
export async function checkPbx(
  tables: PbxTables,
  { ami, recordingsFolder }: PbxSurroundings,
  extensionPattern: string,
): Promise<PbxFinding[]> {
  const [ofTables, ofAmi, recordings] = await Promise.all([
    checkPbxTables(tables, extensionPattern),
    checkAmi(ami),
    checkRecordings(recordingsFolder, tables),
  ]);
  return [...ofTables, ...ofAmi, recordings];
}
