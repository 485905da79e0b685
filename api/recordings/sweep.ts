import { sayOnce } from '../../runtime/say-once.ts';
import type { ApiTools } from '../tools.ts';

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * Lets go, hour by hour, what may not be kept any longer by the settings of each account: names of files, who has
 * listened, and sound that was converted. Files of PBXs are never touched.
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

async function sweepOnce({ pbxs, settingsStore, recordingLinks, recordings, forgettings }: ApiTools): Promise<void> {
  for (const { id, calls } of await forgettings.withSound()) {
    for (const [pbxId, linkedid] of calls) await recordings.forget({ pbxId, linkedid });
    await forgettings.noteSoundGone(id);
  }
  for (const { id, accountId } of await pbxs.list()) {
    const { keepDays } = (await settingsStore.latest(accountId))?.settings.recordings ?? {};
    if (keepDays === undefined) continue;
    const linkedids = await recordingLinks.forgetBefore(id, Date.now() - keepDays * dayMs);
    for (const linkedid of linkedids) await recordings.forget({ pbxId: id, linkedid });
  }
}
