import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Recording } from '../../proto/crm-action.ts';
import type { RecordingsAccess } from '../../proto/recordings/source.ts';
import type { CallPlace } from '../store/forgettings.ts';
import { SecretKeyError } from '../store/key-ring.ts';
import type { KnownPbxs } from '../store/pbxs.ts';
import type { SoundCache } from './sound/cache.ts';
import { ConversionError, type ConversionTrouble, type Converter } from './sound/convert.ts';
import { formatOf, type SoundFormat } from './sound/format.ts';
import { createOpenSources } from './sources/index.ts';
import { dayAt, placesOf } from './sources/places.ts';
import { type ByteRange, type RecordingSource, type SoundFile, SourceError } from './sources/source.ts';

/** What a player gets. */
export interface Sound {
  mediaType: string;
  sizeBytes: number;
  /** Of these bytes alone. */
  tag: string;
  /** @throws SourceError, or what the system says, before the first byte comes */
  read(range: ByteRange): Promise<Readable>;
}

/** Why a recording can't be heard. */
export type SoundTrouble =
  /** Nobody has said where the PBX keeps its recordings. */
  | 'no-source'
  /** They can't be read now; `code` says why. */
  | 'source-away'
  | 'not-found'
  /** A header and no sound: nobody has spoken. */
  | 'empty'
  | 'too-big'
  | Exclude<ConversionTrouble, 'late'>;

export class NoSound extends Error {
  override readonly name = 'NoSound';
  readonly trouble: SoundTrouble;
  readonly code: string;

  constructor(trouble: SoundTrouble, code = '') {
    super(`The recording can't be heard: ${trouble} ${code}`.trim());
    this.trouble = trouble;
    this.code = code;
  }
}

export interface Recordings {
  /** Whether it can be heard by what is seen of its file. @throws NoSound */
  look(call: Recording): Promise<void>;
  /**
   * @param waitMs for which a file that is not there yet, or grows, is waited for
   * @throws NoSound
   */
  soundOf(call: Recording, waitMs: number): Promise<Sound>;
  /**
   * Lets go of what was made of recordings of calls that may not be kept any longer.
   *
   * @param mayStay tells which of these calls may
   */
  letGo(mayStay: (calls: readonly CallPlace[]) => Promise<readonly CallPlace[]>): Promise<void>;
  close(): void;
}

export interface RecordingsParts {
  pbxs: Pick<KnownPbxs, 'find' | 'surroundings' | 'recordingsSecret'>;
  cache: SoundCache;
  converter: Converter;
  /** Told what a person has to mend; playing goes on. */
  complain(message: string): void;
}

const lookAgainMs = 500;
/** A file that was changed so shortly ago may grow yet. */
const growsMs = 1_500;
const mostBytes = 2 * 1024 ** 3;
/** Where nothing can be kept on disk: so many, for so long. */
const inMemory = { most: 4, keptMs: 60_000 };

/** The recordings of calls as players get them, wherever PBXs keep them. */
export function createRecordings({ pbxs, cache, converter, complain }: RecordingsParts): Recordings {
  const sources = createOpenSources();
  /** What is being made, and what could not be kept on disk. */
  const made = new Map<string, Promise<Buffer>>();

  async function find(call: Recording): Promise<{ source: RecordingSource; file: SoundFile | undefined }> {
    const access = await recordingsAccessOf(pbxs, call.pbxId);
    const pbx = await pbxs.find(call.pbxId);
    if (!access || !pbx) throw new NoSound('no-source');
    const { source } = access;
    const folder = 'folder' in source ? source.folder : undefined;
    const day = dayAt(call.startedAtMs, pbx.timezone);
    const places = placesOf({ file: call.file, day, folder, pbxFolder: source.pbxFolder });
    const opened = sources.of(call.pbxId, access);
    return { source: opened, file: await opened.find(places) };
  }

  async function findInTime(call: Recording, waitMs: number): Promise<{ source: RecordingSource; file: SoundFile }> {
    for (const until = Date.now() + waitMs; ; await sleep(lookAgainMs)) {
      const { source, file } = await find(call);
      const isLast = Date.now() + lookAgainMs > until;
      if (file && (isLast || Date.now() - file.changedAtMs > growsMs)) return { source, file };
      if (isLast) throw new NoSound('not-found');
    }
  }

  function mp3Of(name: string, sound: () => Promise<Readable>, demuxer: readonly string[]): Promise<Buffer> {
    const known = made.get(name);
    if (known) return known;
    const fresh = make(name, sound, demuxer).catch((error) => {
      made.delete(name);
      throw error;
    });
    made.set(name, fresh);
    return fresh;
  }

  async function make(name: string, sound: () => Promise<Readable>, demuxer: readonly string[]): Promise<Buffer> {
    const mp3 = await converter.toMp3(sound, demuxer);
    try {
      await cache.put(name, mp3);
      made.delete(name);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      complain(`Recordings that were made into mp3 can't be kept (${code}): see RECORDINGS_CACHE.`);
      const keptMs = made.size > inMemory.most ? 0 : inMemory.keptMs;
      setTimeout(() => made.delete(name), keptMs).unref();
    }
    return mp3;
  }

  /** As it is, if a browser can play it. */
  const asItIs = (source: RecordingSource, file: SoundFile, mediaType: string): Sound => ({
    ...{ mediaType, sizeBytes: file.sizeBytes, tag: tagOf(file, mediaType) },
    read: (range) => source.read(file, range),
  });

  async function asMp3(call: Recording, source: RecordingSource, file: SoundFile, format: SoundFormat): Promise<Sound> {
    const mediaType = 'audio/mpeg';
    const name = nameOf(call, tagOf(file, mediaType));
    const kept = made.has(name) ? undefined : await cache.find(name);
    const described = { mediaType, tag: tagOf(file, mediaType) };
    if (kept) return { ...described, ...kept, read: (range) => cache.read(name, range) };
    const whole = { start: 0, end: file.sizeBytes - 1 };
    const mp3 = await mp3Of(name, () => source.read(file, whole), format.demuxer ?? []);
    return {
      ...{ ...described, sizeBytes: mp3.length },
      read: async ({ start, end }) => Readable.from([mp3.subarray(start, end + 1)]),
    };
  }

  async function soundIn(call: Recording, source: RecordingSource, file: SoundFile): Promise<Sound> {
    const format = demandSound(file);
    if (!format.demuxer) return asItIs(source, file, format.mediaType ?? '');
    try {
      return await asMp3(call, source, file, format);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      complain(error.message);
      if (format.mediaType !== undefined && error.trouble !== 'unreadable')
        return asItIs(source, file, format.mediaType);
      throw new NoSound(error.trouble === 'late' ? 'busy' : error.trouble);
    }
  }

  return {
    look: (call) =>
      orNoSound(async () => {
        const { file } = await find(call);
        if (!file) throw new NoSound('not-found');
        demandSound(file);
      }),
    soundOf: (call, waitMs) =>
      orNoSound(async () => {
        const { source, file } = await findInTime(call, waitMs);
        return soundIn(call, source, file);
      }),
    async letGo(mayStay) {
      const kept = (await cache.names()).map((name) => ({ name, place: placeIn(name) }));
      const staying = new Set((await mayStay(kept.flatMap(({ place }) => (place ? [place] : [])))).map(String));
      for (const { name, place } of kept) if (!staying.has(String(place))) await cache.forget(name);
    },
    close: () => sources.close(),
  };
}

/** @throws NoSound */
function demandSound(file: SoundFile): SoundFormat {
  const format = formatOf(file.path);
  if (!format) throw new NoSound('not-found');
  if (file.sizeBytes <= format.headerBytes) throw new NoSound('empty');
  if (file.sizeBytes > mostBytes) throw new NoSound('too-big');
  return format;
}

async function orNoSound<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SourceError ? new NoSound('source-away', error.code) : error;
  }
}

const hashOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** Of a file's name, bytes, without its ending. */
const longestName = 251;

/**
 * Under which what is made of a call's recording is kept; tells whose it is. Where the linkedid is too long for that, the
 * name is of a kind that stays until the next sweep only: nobody could tell whether it may stay longer.
 */
function nameOf({ pbxId, linkedid }: Pick<Recording, 'pbxId' | 'linkedid'>, tag: string): string {
  const telling = `${pbxId}.${Buffer.from(linkedid).toString('base64url')}.${tag}`;
  return telling.length <= longestName ? telling : `${hashOf(pbxId, linkedid)}-${tag}`;
}

/** undefined: its name does not tell, or an earlier version has kept it. */
function placeIn(name: string): CallPlace | undefined {
  const [, pbxId, linkedid] = /^([^.]+)\.([\w-]+)\.[0-9a-f]+$/.exec(name) ?? [];
  return pbxId && linkedid ? [pbxId, Buffer.from(linkedid, 'base64url').toString()] : undefined;
}

const tagOf = ({ path, sizeBytes, changedAtMs }: SoundFile, mediaType: string): string =>
  hashOf(path, sizeBytes, changedAtMs, mediaType);

/** undefined: nobody has said where the PBX keeps them. */
export async function recordingsAccessOf(
  pbxs: Pick<KnownPbxs, 'surroundings' | 'recordingsSecret'>,
  pbxId: string,
): Promise<RecordingsAccess | undefined> {
  const { recordings: source } = await pbxs.surroundings(pbxId);
  if (!source) return undefined;
  const secret = await pbxs.recordingsSecret(pbxId).catch((error): 'locked' => {
    if (error instanceof SecretKeyError) return 'locked';
    throw error;
  });
  return { source, secret };
}
