import type { CallPlace } from '../../activities/store/forgettings.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import type { ApiTools } from '../tools.ts';

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * Lets go, hour by hour, what may not be kept any longer by the settings of each account: names of files, who has
 * listened, and sound that this process has converted, also of calls that were forgotten or that nobody knows any more.
 * Files of PBXs are never touched.
 *
 * @returns ends it
 */
export function sweepRecordings(tools: ApiTools): () => void {
  const trouble = sayOnce((message) => tools.logger.warn(message));
  const sweep = () =>
    sweepOnce(tools).catch((error: Error) =>
      trouble(`Old recordings can't be let go now (${error.message}): tried again.`),
    );
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  void sweep();
  return () => clearInterval(timer);
}

async function sweepOnce({ pbxs, settingsStore, recordingLinks, recordings }: ApiTools): Promise<void> {
  const since = new Map<string, number>();
  for (const { id, accountId } of await pbxs.list()) {
    const { keepDays } = (await settingsStore.latest(accountId))?.settings.recordings ?? {};
    since.set(id, keepDays === undefined ? 0 : Date.now() - keepDays * dayMs);
    if (keepDays !== undefined) await recordingLinks.forgetBefore(id, Date.now() - keepDays * dayMs);
  }
  await recordings.letGo(async (calls) => {
    const ofEach = [...Map.groupBy(calls, ([pbxId]) => pbxId)].map(async ([pbxId, own]) => {
      const sinceMs = since.get(pbxId);
      const linkedids = own.map(([, linkedid]) => linkedid);
      const known = sinceMs === undefined ? [] : await recordingLinks.knownSince(pbxId, linkedids, sinceMs);
      return known.map((linkedid): CallPlace => [pbxId, linkedid]);
    });
    return (await Promise.all(ofEach)).flat();
  });
}
