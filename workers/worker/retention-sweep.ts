import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import type { RetentionStore } from '../../activities/store/retention.ts';
import type { SettingsStore } from '../../activities/store/settings.ts';
import { sayOnce } from '../../runtime/say-once.ts';

const dayMs = 86_400_000;

/**
 * Lets go of calls that the settings of their account don't keep any longer, again and again until `stopping` is aborted.
 * Several workers may do so at a time.
 */
export async function sweepRetention(
  { pbxs, settings, retention }: { pbxs: Pick<KnownPbxs, 'list'>; settings: SettingsStore; retention: RetentionStore },
  everyMs: number,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const warn = sayOnce((message) => logger.warn(message));
  while (!stopping.aborted) {
    try {
      for (const { id, accountId } of await pbxs.list()) {
        const { journalDays } = (await settings.latest(accountId))?.settings.retention ?? {};
        if (journalDays === undefined) continue;
        const beforeMs = Date.now() - journalDays * dayMs;
        const calls = await retention.letGoBefore(id, beforeMs);
        await retention.letGoClientsBefore(accountId, beforeMs);
        if (calls > 0) logger.info({ pbx: id, calls, journalDays }, 'let go of calls that are not kept any longer');
      }
    } catch (error) {
      warn(`Old calls can't be let go now (${(error as Error).message}): tried again.`);
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
