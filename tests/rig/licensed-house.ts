import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import type { LicenceNow } from '../../activities/store/licence/licence.ts';
import { createSecrets, enteredKeySecret } from '../../activities/store/secrets.ts';
import type { LicensingFailure } from '../../proto/licence/wire.ts';
import { createLicenceActor } from '../../runtime/licence-actors.ts';
import { licenceWorkflowId, type TalkOrder } from '../../workflows/licence/contract.ts';
import { type Installation, install } from './installation.ts';
import type { Licensing } from './licensing.ts';
import { licenceOf } from './permits.ts';
import { runRingflow } from './ringflow.ts';
import { servers } from './servers.ts';

/** An installation that asks a licensing server. */
export interface LicensedHouse extends Installation {
  /** As the licensing server knows it. */
  thumbprint: string;
  /** `bin/ringflow licence …`. @param input such as a key */
  licence(args: string[], input?: string): Promise<{ code: number; output: string; errors: string }>;
  /** Lets the licensing server be asked now. @returns why it did not do what it was asked; null: it did */
  talk(order?: TalkOrder): Promise<LicensingFailure | null | undefined>;
  /** The same with a key that somebody has entered. */
  enterKey(key: string): Promise<LicensingFailure | null | undefined>;
  now(): Promise<LicenceNow>;
  /** Waits until the licence stands so. */
  stands(state: LicenceNow['standing']['state'], reason?: string): Promise<LicenceNow>;
  /** Waits until the licensing server has answered well since then. */
  answered(sinceMs: number): Promise<LicenceNow>;
  /** What the Temporal UI shows of its actor. */
  licenceDetails(): Promise<string>;
}

/** What fails is tried again at once, so that tests need not last as long. */
const hasty = { firstPauseMs: 300, longestPauseMs: 600, shortestRestMs: 300, longestRestMs: 60_000 };

export async function installLicensed(server: Licensing, changes: Record<string, string> = {}): Promise<LicensedHouse> {
  const house = await install(() => ({ ...server.environment, ...changes }));
  const redis = new Redis(servers.redisUrl);
  const keys = String(house.environment.RINGFLOW_SECRET_KEYS);
  const { licence, identity } = await licenceOf(house.store.pool, redis, keys, server.rootKey);
  const { id: thumbprint } = await identity();
  const actor = createLicenceActor(house.temporal, identity, hasty);
  await actor.keep();
  const secrets = createSecrets(house.store.pool, readKeyRing(keys));
  const talk = async (order: TalkOrder = 'check') => (await actor.talk(order))?.failure;
  const until = async (fits: (now: LicenceNow) => boolean) => {
    for (;;) {
      const now = await licence.now();
      if (fits(now)) return now;
      await sleep(50);
    }
  };
  return {
    ...house,
    ...{ thumbprint, talk },
    async enterKey(key) {
      await secrets.write(enteredKeySecret, key);
      return talk();
    },
    licence: (args, input) => runRingflow(house.environment, ['licence', ...args], input),
    now: () => licence.now(),
    stands: (state, reason) =>
      until(({ standing }) => standing.state === state && (reason === undefined || standing.reason === reason)),
    answered: (sinceMs) => until(({ record }) => (record.reachedAtMs ?? 0) > sinceMs),
    async licenceDetails() {
      const handle = house.temporal.workflow.getHandle(licenceWorkflowId(thumbprint));
      const { currentDetails } = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
      return currentDetails ?? '';
    },
    async remove() {
      await house.remove();
      await redis.quit();
    },
  };
}
