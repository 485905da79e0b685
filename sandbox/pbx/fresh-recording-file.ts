import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import type { Freshness } from './fresh-call.ts';
import type { Recording } from './recording.ts';

/** `-20261123-081153-` in the name of a recording: when the PBX began to record. */
const stampInName = /(?<=-)(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?=-)/;
const dayFolder = /\d{4}\/\d\d\/\d\d(?=\/)/;

/** Gives the name of a recording, and the folder of its day, the time of the fresh call; other text stays. */
export function freshRecordingFile(text: string, recording: Recording, freshness: Freshness): string {
  const stamp = stampInName.exec(text);
  if (!stamp) return text;
  const [, year, month, day, hour, minute, second] = stamp;
  const recordedMs = pbxTimeToUtcMs(`${year}-${month}-${day} ${hour}:${minute}:${second}`, recording.pbx_timezone);
  const sinceStartMs = (recordedMs ?? 0) - Math.floor(Date.parse(recording.started_at) / 1000) * 1000;
  const fresh = utcMsToPbxTime(freshness.startedAtMs + sinceStartMs, freshness.timezone);
  return text
    .replace(stampInName, fresh.replaceAll(/[-:]/g, '').replace(' ', '-'))
    .replace(dayFolder, fresh.slice(0, 10).replaceAll('-', '/'));
}
