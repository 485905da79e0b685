import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the cache of recordings lies: a disk that can be full. */
export interface SmallDisk {
  folder: string;
  /** What a writer meets there when it is full, for people. */
  how: string;
  /** From now on there is room for the beginning of a file alone. @param pid of who writes there */
  fill(pid: number): void;
  free(pid: number): void;
  remove(): void;
}

const sizeMb = 4;
/** A page of it: less than a recording takes. */
const leftBytes = 4_096;

/** A file system of its own where one may be mounted (bin/faults runs with mounts of its own then), else a limit. */
export function makeSmallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  try {
    if (!process.env.OWN_MOUNTS) throw new Error('not by bin/faults');
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return fileSystem(folder);
  } catch {
    return fileLimit(folder);
  }
}

function fileSystem(folder: string): SmallDisk {
  const filler = join(folder, 'filler');
  return {
    folder,
    how: `no space left on its own file system of ${sizeMb} MB (ENOSPC)`,
    fill() {
      try {
        writeFileSync(filler, Buffer.alloc(sizeMb * 1024 * 1024));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
      truncateSync(filler, statSync(filler).size - leftBytes);
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

/** Without the right to mount: no file may grow any longer. */
function fileLimit(folder: string): SmallDisk {
  const limit = (pid: number, bytes: string) => void execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:`]);
  return {
    folder,
    how: `files of the api end at ${leftBytes} bytes (EFBIG), for nothing may be mounted here`,
    fill: (pid) => limit(pid, String(leftBytes)),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => undefined,
  };
}
