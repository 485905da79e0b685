import type { RecordingsAccess } from '../../../proto/recordings/source.ts';
import { openFolder } from './folder.ts';
import { openHttp } from './http.ts';
import { openSftp } from './sftp.ts';
import { type RecordingSource, SourceError } from './source.ts';

/** @throws SourceError `LOCKED` if its secret can't be opened */
export function openSource({ source, secret }: RecordingsAccess): RecordingSource {
  if (secret === 'locked') throw new SourceError('LOCKED');
  if (source.kind === 'folder') return openFolder(source);
  return source.kind === 'sftp' ? openSftp(source, secret) : openHttp(source, secret);
}

/** Those that are read now, each opened once. */
export function createOpenSources() {
  const opened = new Map<string, { access: string; source: RecordingSource }>();
  const forget = (pbxId: string) => {
    opened.get(pbxId)?.source.close();
    opened.delete(pbxId);
  };
  return {
    /** That of a PBX as it is set now. @throws SourceError */
    of(pbxId: string, access: RecordingsAccess): RecordingSource {
      const [known, written] = [opened.get(pbxId), JSON.stringify(access)];
      if (known?.access === written) return known.source;
      forget(pbxId);
      const source = openSource(access);
      opened.set(pbxId, { access: written, source });
      return source;
    },
    close(): void {
      for (const pbxId of [...opened.keys()]) forget(pbxId);
    },
  };
}
