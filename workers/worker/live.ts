import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { InjectedSinks } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { LiveCalls } from '../../activities/store/live-calls.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import type { LiveSinks } from '../../workflows/call/live.ts';
import { createLiveSweep } from './live-sweep.ts';
import type { RefillCards } from './refill-cards.ts';

/** So soon an emptied Redis is noticed. */
const lookEveryMs = 2_000;

/** Brings what call actors tell of their calls into Redis, and sees to it that it is right. */
export function createLiveFollowing(live: LiveCalls, temporal: Client, refillCards: RefillCards, logger: Logger) {
  /** PBXs of whose calls something could not be told. */
  const behind = new Set<string>();
  const say = sayOnce((message) => logger.warn(message));
  /** Actors don't wait for Redis; a connection's commands keep their order. */
  const attempt = (pbxId: string, telling: Promise<unknown>): void => {
    telling.catch((error: Error) => {
      behind.add(pbxId);
      say(`How calls stand now could not be told (${error.message}): it is told once Redis is back.`);
    });
  };

  const sinks: InjectedSinks<LiveSinks> = {
    live: {
      tell: {
        fn({ workflowId }, call, atMs) {
          const isOwn = workflowId === callWorkflowId(call.pbxId, call.linkedid);
          attempt(call.pbxId, live.tell(call, { teller: workflowId, atMs, isOwn }));
        },
      },
      over: { fn: (_, pbxId, linkedid) => attempt(pbxId, live.over(pbxId, linkedid, false)) },
      letGo: { fn: ({ workflowId }, pbxId, linkedid) => attempt(pbxId, live.letGo(pbxId, linkedid, workflowId)) },
      cards: { fn: (_, pbxId, accountId, shown) => attempt(pbxId, refillCards({ id: pbxId, accountId }, shown)) },
    },
  };

  return {
    sinks,

    /** Until the process stops. */
    async sweep(pbxs: KnownPbxs, stopping: AbortSignal): Promise<void> {
      const sweepPbx = createLiveSweep(live, temporal);
      const trouble = sayOnce((message) => logger.warn(message));
      while (!stopping.aborted) {
        try {
          for (const pbx of await pbxs.list()) await sweepPbx(pbx, behind);
        } catch (error) {
          trouble(`Which calls go on can't be compared with Temporal (${(error as Error).message}): trying again.`);
        }
        await sleep(lookEveryMs, undefined, { signal: stopping }).catch(() => undefined);
      }
    },
  };
}
