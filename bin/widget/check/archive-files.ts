import { unzipSync } from 'fflate';
import { UnreadableArchive } from './fault.ts';

export type ArchiveFiles = ReadonlyMap<string, Uint8Array>;

const mostFiles = 500;
const mostBytesOfFile = 5_000_000;
const mostBytes = 20_000_000;

/**
 * What lies in a zip, by path; folders are left out.
 *
 * @throws UnreadableArchive before anything is unpacked that is too big, or that would lie outside of the archive
 */
export function filesOf(zip: Uint8Array): ArchiveFiles {
  const names = new Set<string>();
  let bytes = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (names.has(name)) throw new UnreadableArchive(`the file ${name} is in it twice; pack it anew.`);
    if (isOutside(name)) throw new UnreadableArchive(`the path ${name} leads out of the archive; pack it anew.`);
    names.add(name);
    bytes += originalSize;
    if (names.size > mostFiles) throw new UnreadableArchive(`it has more than ${mostFiles} files; a widget needs few.`);
    if (originalSize > mostBytesOfFile || bytes > mostBytes) {
      throw new UnreadableArchive(`unpacked it is more than ${mostBytes / 1e6} MB; a widget is small.`);
    }
    return !name.endsWith('/');
  };
  try {
    return new Map(Object.entries(unzipSync(zip, { filter })));
  } catch (error) {
    if (error instanceof UnreadableArchive) throw error;
    throw new UnreadableArchive('is no zip archive, or a broken one; pack it anew.');
  }
}

function isOutside(name: string): boolean {
  return name === '' || /^[/\\]|^[a-z]:|\\|\0/i.test(name) || name.split('/').includes('..');
}
