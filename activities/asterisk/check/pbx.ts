import type { AmiAccess } from '../../../proto/ami.ts';
import type { PbxFinding } from '../../../proto/pbx-check.ts';
import type { RecordingsAccess } from '../../../proto/recordings/source.ts';
import type { PbxTables } from '../index.ts';
import { checkAmi } from './ami.ts';
import { fine, found } from './finding.ts';
import { checkRecordings } from './recordings.ts';
import { checkPbxTables } from './tables.ts';

/** Whether calls get links to their recordings, and why not. */
export type LinkStanding = 'fine' | 'no-public-address' | 'no-keys';

/** What there is of a PBX beside its tables; undefined: nothing was said of it; locked: its secret can't be opened. */
export interface PbxSurroundings {
  ami: AmiAccess | undefined | 'locked';
  recordings: RecordingsAccess | undefined;
  recordingLinks: LinkStanding;
}

/** Whether a PBX is set up as Ringflow needs it; see `checkPbxTables` for the pattern. */
export async function checkPbx(
  tables: PbxTables,
  { ami, recordings, recordingLinks }: PbxSurroundings,
  extensionPattern: string,
): Promise<PbxFinding[]> {
  const [ofTables, ofAmi, ofRecordings] = await Promise.all([
    checkPbxTables(tables, extensionPattern),
    checkAmi(ami),
    checkRecordings(recordings, tables),
  ]);
  return [...ofTables, ...ofAmi, ofRecordings, ...(recordings ? [checkLinks(recordingLinks)] : [])];
}

const checkLinks = (standing: LinkStanding): PbxFinding =>
  standing === 'fine' ? fine('recording-links') : found('recording-links', 'warning', standing);
