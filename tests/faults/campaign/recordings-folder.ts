import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FreshRow } from '../../../sandbox/pbx/fresh-call.ts';
import { tone } from '../../rig/sound.ts';

export const soundSeconds = 3;

/** Where the PBX keeps its recordings; all sound alike. */
export interface RecordingsFolder {
  folder: string;
  /** Writes what these rows name. */
  record(rows: readonly FreshRow[]): void;
}

export function makeRecordingsFolder(folder: string): RecordingsFolder {
  mkdirSync(folder, { recursive: true });
  const sound = tone('wav', soundSeconds);
  return {
    folder,
    record(rows) {
      const files = new Set(rows.map(({ row }) => row.recordingfile).filter((file) => typeof file === 'string'));
      for (const file of files) if (file !== '') writeFileSync(join(folder, basename(file)), sound);
    },
  };
}
