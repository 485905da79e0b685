import { utcMsToPbxTime } from '../../../proto/pbx-time.ts';
import { usualPbxFolder } from '../../../proto/recordings/source.ts';
import { isKnownSound } from '../sound/format.ts';

const mostLetters = 500;

interface Named {
  /** As CDR or the arguments of MixMonitor name it: a file, a path within the folder, or a whole path. */
  file: string;
  /** On which it began, by the PBX's clock: `2026-11-25`. */
  day: string | undefined;
  /** How we and how the PBX name the folder of recordings. */
  folder: string | undefined;
  pbxFolder: string | null;
}

/** By the PBX's clock. */
export const dayAt = (utcMs: number, timezone: string): string => utcMsToPbxTime(utcMs, timezone).slice(0, 10);

/**
 * Where a recording may be, as paths within the folder, the likeliest first. FreePBX keeps them by day
 * (`2026/11/25/out-….wav`) and names the file alone in CDR; MixMonitor takes a path from Asterisk's own folder on, or a
 * whole one (Asterisk: `application show MixMonitor`). What leads elsewhere, or is no sound, is nowhere.
 */
export function placesOf({ file, day, folder, pbxFolder }: Named): string[] {
  if (file.length > mostLetters || /\p{Cc}/u.test(file)) return [];
  const segments = segmentsOf(file);
  const name = segments?.at(-1);
  if (!segments || name === undefined || !isKnownSound(name)) return [];
  const byDay = (dayInName(name) ?? day)?.split('-');
  const inFolder = file.startsWith('/')
    ? within(segments, [pbxFolder ?? usualPbxFolder, ...(folder ? [folder] : [])])
    : segments;
  const places = [
    ...(byDay && !file.startsWith('/') ? [[...byDay, ...segments]] : []),
    ...(inFolder ? [inFolder] : []),
    ...(byDay ? [[...byDay, name]] : []),
    [name],
  ];
  const named = places.flatMap((place) => alsoNamed(place.join('/')));
  return [...new Set(named)];
}

/** undefined if it climbs, or names nothing. */
function segmentsOf(path: string): string[] | undefined {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 || segments.includes('..') ? undefined : segments;
}

/** What of a whole path lies below one of these folders. */
function within(segments: readonly string[], folders: readonly string[]): string[] | undefined {
  for (const folder of folders) {
    const above = segmentsOf(folder) ?? [];
    const isBelow = segments.length > above.length && above.every((segment, index) => segments[index] === segment);
    if (isBelow) return segments.slice(above.length);
  }
  return undefined;
}

/** FreePBX names the moment at which the recording began, which may be another day than the call's. */
function dayInName(name: string): string | undefined {
  const [, year, month, day] = /-(20\d\d)(\d\d)(\d\d)-\d{6}-/.exec(name) ?? [];
  return year && `${year}-${month}-${day}`;
}

/** Asterisk writes wav49 into files that end with WAV; PBXs make mp3 of their files afterwards to save room. */
function alsoNamed(path: string): string[] {
  const stem = path.slice(0, path.lastIndexOf('.'));
  const ending = path.slice(stem.length + 1);
  return [...(ending === 'wav49' ? [`${stem}.WAV`] : []), path, ...(ending === 'mp3' ? [] : [`${stem}.mp3`])];
}
