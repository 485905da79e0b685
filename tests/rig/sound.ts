import { execFileSync } from 'node:child_process';

/** How ffmpeg writes the files that Asterisk does. */
const kinds = {
  wav: ['-ar', '8000', '-f', 'wav'],
  gsm: ['-ar', '8000', '-c:a', 'libgsm', '-f', 'gsm'],
  WAV: ['-ar', '8000', '-c:a', 'libgsm_ms', '-f', 'wav'],
  sln16: ['-ar', '16000', '-f', 's16le'],
  ulaw: ['-ar', '8000', '-f', 'mulaw'],
  mp3: ['-ar', '16000', '-b:a', '32k', '-f', 'mp3'],
  ogg: ['-c:a', 'libopus', '-f', 'ogg'],
};

/** A tone of so many seconds. */
export function tone(kind: keyof typeof kinds, seconds: number): Buffer {
  const source = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}:sample_rate=8000`];
  return ffmpeg([...source, '-ac', '1', ...kinds[kind], 'pipe:1']);
}

/** How long a file of sound is. */
export function secondsOf(sound: Buffer): number {
  const samples = ffmpeg(['-i', 'pipe:0', '-f', 's16le', '-ar', '8000', '-ac', '1', 'pipe:1'], sound);
  return samples.length / 16_000;
}

function ffmpeg(options: string[], input?: Buffer): Buffer {
  return execFileSync('ffmpeg', ['-loglevel', 'error', ...options], { input, maxBuffer: 256 * 1024 * 1024 });
}
