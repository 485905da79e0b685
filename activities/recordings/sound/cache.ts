import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from '../sources/source.ts';

export type SoundCache = ReturnType<typeof createSoundCache>;

const ending = '.mp3';
/** What we have made, whose name tells the call or only a hash of it, and drafts. */
const ownFile = /^([\w-]+\.[\w-]+\.[\da-f]{32}\.mp3|[\da-f]{32}-[\da-f]{32}\.mp3|[\da-f]{16}\.part)$/;

interface CachedFile {
  name: string;
  bytes: number;
  usedAtMs: number;
}

const sum = (files: readonly CachedFile[]): number => files.reduce((total, { bytes }) => total + bytes, 0);

/**
 * A folder of mp3 that were made, of so many bytes; what nobody has listened to for longest goes first.
 *
 * @param folder it is made when it is needed; what others keep there, should it be the PBX's own, is left alone
 */
export function createSoundCache(folder: string, mostBytes: number) {
  const placeOf = (name: string) => join(folder, `${name}${ending}`);

  return {
    /** @param name a PBX, a call and a hash of 32 hex digits, with points between; or two such hashes, with a hyphen */
    async find(name: string): Promise<{ sizeBytes: number } | undefined> {
      try {
        const { size } = await stat(placeOf(name));
        const now = new Date();
        await utimes(placeOf(name), now, now);
        return { sizeBytes: size };
      } catch {
        return undefined;
      }
    },

    async read(name: string, range: ByteRange): Promise<Readable> {
      const handle = await open(placeOf(name));
      return handle.createReadStream(range);
    },

    /** @throws what the system says: no room, no right */
    async put(name: string, mp3: Buffer): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await makeRoom(mostBytes - mp3.length);
      const draft = join(folder, `${randomBytes(8).toString('hex')}.part`);
      try {
        await writeFile(draft, mp3, { mode: 0o600 });
        await rename(draft, placeOf(name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },

    /** Of all that is kept, bytes. */
    size: async (): Promise<number> => sum(await filesThere().catch(() => [])),

    /** Of all that is kept; what is just being written is not. */
    async names(): Promise<string[]> {
      const files = await ownFiles().catch(() => []);
      return files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
    },

    forget: (name: string): Promise<void> => rm(placeOf(name), { force: true }),
  };

  async function ownFiles(): Promise<string[]> {
    return (await readdir(folder)).filter((file) => ownFile.test(file));
  }

  async function filesThere(): Promise<CachedFile[]> {
    const names = await ownFiles();
    return Promise.all(
      names.map(async (name) => {
        const seen = await stat(join(folder, name)).catch(() => undefined);
        return { name, bytes: seen?.size ?? 0, usedAtMs: seen?.mtimeMs ?? 0 };
      }),
    );
  }

  /** What is left of drafts by whoever was killed goes like all else. */
  async function makeRoom(bytes: number): Promise<void> {
    const files = await filesThere();
    let all = sum(files);
    for (const file of files.sort((one, other) => one.usedAtMs - other.usedAtMs)) {
      if (all <= bytes) return;
      await rm(join(folder, file.name), { force: true });
      all -= file.bytes;
    }
  }
}
