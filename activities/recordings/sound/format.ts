/** A kind of sound file, known by its ending: what is inside is never asked, for what lies there may be anything. */
export interface SoundFormat {
  /** How ffmpeg is told to read it; undefined: it is played as it is. */
  demuxer?: readonly string[];
  /** undefined: no browser plays it as it is. */
  mediaType?: string;
  /** What a file without any sound has. */
  headerBytes: number;
}

const raw = (kind: string, hertz: number): SoundFormat => ({
  demuxer: ['-f', kind, '-ar', String(hertz), '-ac', '1'],
  headerBytes: 0,
});

/** Asterisk's own (`core show file formats`), and what PBXs make of them. Asterisk's `WAV` is wav49: GSM in a RIFF. */
const formats: Record<string, SoundFormat> = {
  wav: { demuxer: ['-f', 'wav'], mediaType: 'audio/wav', headerBytes: 44 },
  wav16: { demuxer: ['-f', 'wav'], mediaType: 'audio/wav', headerBytes: 44 },
  WAV: { demuxer: ['-f', 'wav'], headerBytes: 60 },
  wav49: { demuxer: ['-f', 'wav'], headerBytes: 60 },
  gsm: { demuxer: ['-f', 'gsm'], headerBytes: 0 },
  g722: { demuxer: ['-f', 'g722'], headerBytes: 0 },
  sln: raw('s16le', 8_000),
  raw: raw('s16le', 8_000),
  ...Object.fromEntries(
    [12, 16, 24, 32, 44, 48, 96, 192].map((k) => [`sln${k}`, raw('s16le', k === 44 ? 44_100 : k * 1_000)]),
  ),
  ...Object.fromEntries(['ulaw', 'ul', 'pcm', 'mu'].map((ending) => [ending, raw('mulaw', 8_000)])),
  ...Object.fromEntries(['alaw', 'al'].map((ending) => [ending, raw('alaw', 8_000)])),
  mp3: { mediaType: 'audio/mpeg', headerBytes: 0 },
  ogg: { mediaType: 'audio/ogg', headerBytes: 0 },
  opus: { mediaType: 'audio/ogg', headerBytes: 0 },
};

/** undefined: it is no sound that we know. @param path or name of the file */
export function formatOf(path: string): SoundFormat | undefined {
  const ending = /\.(\w{1,8})$/.exec(path)?.[1] ?? '';
  return Object.hasOwn(formats, ending) ? formats[ending] : undefined;
}

export const isKnownSound = (path: string): boolean => formatOf(path) !== undefined;
