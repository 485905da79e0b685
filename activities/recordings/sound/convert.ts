import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fewAtATime } from '../sources/few-at-a-time.ts';
import { asSourceError } from '../sources/source.ts';

/** Why no mp3 was made: no program, no time, no turn, too much of it, or nothing that could be read as sound. */
export type ConversionTrouble = 'no-program' | 'late' | 'busy' | 'too-long' | 'unreadable';

export class ConversionError extends Error {
  override readonly name = 'ConversionError';
  readonly trouble: ConversionTrouble;

  /** @param said the program's own words */
  constructor(trouble: ConversionTrouble, said = '') {
    super(`The recording can't be made into mp3: ${trouble}. ${said}`.trim());
    this.trouble = trouble;
  }
}

export interface ConverterOptions {
  /** ffmpeg. */
  program?: string;
  timeLimitMs?: number;
  /** So many at a time; others wait. */
  mostAtOnce?: number;
  /** How long one waits at most, its own work included. */
  patienceMs?: number;
}

export type Converter = ReturnType<typeof createConverter>;

/** 3 hours: what is longer is not kept in memory. */
const mostBytes = 48 * 1024 * 1024;
const mostSaid = 2_000;

/** One bit rate throughout, so that players find each second without an index; 16 kHz, since few play 8 kHz. */
const output = [
  ...['-map', '0:a:0', '-vn', '-ac', '1', '-ar', '16000', '-b:a', '32k', '-threads', '1'],
  ...['-map_metadata', '-1', '-id3v2_version', '0', '-write_xing', '0', '-f', 'mp3', 'pipe:1'],
];

/** Makes mp3 of what Asterisk records. Sound goes in and out through pipes: no name of a file reaches the program. */
export function createConverter({
  program = 'ffmpeg',
  timeLimitMs = 120_000,
  mostAtOnce = 2,
  patienceMs = 180_000,
}: ConverterOptions = {}) {
  const inTurn = fewAtATime(mostAtOnce, patienceMs);

  return {
    /**
     * @param demuxer how the sound is to be read
     * @throws ConversionError, or SourceError if the sound stops coming
     */
    async toMp3(sound: () => Promise<Readable>, demuxer: readonly string[]): Promise<Buffer> {
      const made = await inTurn(async () => convert(await sound(), demuxer), 'late' as const);
      if (made === 'late') throw new ConversionError('busy');
      return made;
    },
  };

  async function convert(sound: Readable, demuxer: readonly string[]): Promise<Buffer> {
    const input = ['-protocol_whitelist', 'pipe', ...demuxer, '-i', 'pipe:0'];
    const child = spawn(program, ['-hide_banner', '-loglevel', 'error', ...input, ...output], {
      env: { PATH: process.env.PATH },
      stdio: 'pipe',
    });
    let trouble: ConversionTrouble | undefined;
    const giveUp = (why: ConversionTrouble) => {
      trouble ??= why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(giveUp, timeLimitMs, 'late');
    child.once('spawn', () => yieldToOthers(child.pid));
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', () => reject(new ConversionError('no-program'))).once('close', resolve);
    });
    let lost: Error | undefined;
    const fed = pipeline(sound, child.stdin).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || trouble) return;
      const isCut = error.code !== 'ERR_STREAM_PREMATURE_CLOSE'; // else either side may have ended
      if (isCut) lost = asSourceError(error);
      giveUp('unreadable'); // half of a recording must not pass for the whole
    });
    const [mp3, said]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk) => {
      if (mp3.push(chunk) && sum(mp3) > mostBytes) giveUp('too-long');
    });
    child.stderr.on('data', (chunk) => sum(said) < mostSaid && said.push(chunk));
    try {
      const [code] = await Promise.all([ended, fed]);
      if (lost) throw lost;
      if (trouble) throw new ConversionError(trouble);
      if (code !== 0 || mp3.length === 0) throw new ConversionError('unreadable', Buffer.concat(said).toString());
      return Buffer.concat(mp3);
    } finally {
      clearTimeout(timer);
      sound.destroy();
    }
  }
}

const sum = (chunks: readonly Buffer[]): number => chunks.reduce((bytes, { length }) => bytes + length, 0);

/** Calls go before. */
function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, 10);
  } catch {
    // it has ended already
  }
}
