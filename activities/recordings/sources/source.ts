import type { Readable } from 'node:stream';

/** A file of sound as it lies where the PBX's recordings are. */
export interface SoundFile {
  /** Within the source. */
  path: string;
  sizeBytes: number;
  changedAtMs: number;
}

/** Bytes of a file; both ends belong to it. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Where the recordings of a PBX are. Nothing outside of its folder is ever read. */
export interface RecordingSource {
  /** Whether the folder is there. @throws SourceError */
  reach(): Promise<void>;
  /**
   * The first of these that is there.
   *
   * @param paths within the folder, of `placesOf`
   * @throws SourceError
   */
  find(paths: readonly string[]): Promise<SoundFile | undefined>;
  /** @throws SourceError, before the first byte comes */
  read(file: SoundFile, range: ByteRange): Promise<Readable>;
  close(): void;
}

/**
 * Where the recordings should be nobody answers, or not as they should. `code` is that of the system, or `REFUSED` (who
 * we are), `MOVED` (sent elsewhere, where no password follows), `HOST_KEY` (another server than was named; `value` is
 * its key), `HTTP` (`value` is the status), `LOCKED` (our own key is missing).
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: string;
  readonly value: string;

  constructor(code: string, value = '') {
    super(`The recordings can't be read: ${code} ${value}`.trim());
    this.code = code;
    this.value = value;
  }
}

/** What the system says, in our terms. */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const told = typeof code === 'string' ? code : cause?.code;
  return new SourceError(typeof told === 'string' ? told : 'EIO');
}
