import { constants } from 'node:fs';
import { access, type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SourceOf } from '../../../proto/recordings/source.ts';
import { fewAtATime } from './few-at-a-time.ts';
import { asSourceError, type RecordingSource, type SoundFile, SourceError } from './source.ts';

/** A folder of the network that is away keeps whoever looks at it waiting for as long as the system likes. */
const inTime = fewAtATime(2, 5_000);

/** What a path that is not there, or may not be followed, makes the system say. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO']);

/** A folder of this machine. */
export function openFolder({ folder }: Pick<SourceOf<'folder'>, 'folder'>): RecordingSource {
  return {
    reach: () => orLate(() => faultless(folder)),

    async find(paths) {
      for (const path of paths) {
        const found = await orLate(() => look(folder, path));
        if (found) return found;
      }
      return undefined;
    },

    async read({ path }, range) {
      const handle = await orLate(() => openInside(folder, path));
      if (!handle) throw new SourceError('ENOENT');
      return handle.createReadStream(range);
    },

    close: () => undefined,
  };
}

async function orLate<T>(work: () => Promise<T>): Promise<T> {
  const answer = await inTime(async () => ({ done: await work() }), 'late' as const).catch((error) => {
    throw asSourceError(error);
  });
  if (answer === 'late') throw new SourceError('ETIMEDOUT');
  return answer.done;
}

async function faultless(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory()) throw new SourceError('ENOTDIR');
  await access(folder, constants.R_OK | constants.X_OK);
}

async function look(folder: string, path: string): Promise<SoundFile | undefined> {
  const handle = await openInside(folder, path);
  try {
    const seen = await handle?.stat();
    return seen && { path, sizeBytes: seen.size, changedAtMs: seen.mtimeMs };
  } finally {
    await handle?.close();
  }
}

/**
 * Opens first and asks then where that was: what is put in the place of a folder or file meanwhile, be it a symbolic
 * link, leads nowhere. A pipe or a device is opened without waiting, and closed.
 *
 * @returns undefined if there is no such file in the folder
 */
async function openInside(folder: string, path: string): Promise<FileHandle | undefined> {
  const root = await realpath(folder);
  let handle: FileHandle | undefined;
  try {
    const place = join(root, path);
    handle = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
    const real = await realpath(place);
    const [opened, there] = [await handle.stat(), await stat(real)];
    const isInside = real.startsWith(root === sep ? root : root + sep);
    if (isInside && opened.isFile() && opened.ino === there.ino && opened.dev === there.dev) return handle;
  } catch (error) {
    if (!absent.has((error as NodeJS.ErrnoException).code ?? '')) {
      await handle?.close();
      throw error;
    }
  }
  await handle?.close();
  return undefined;
}
