import { randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { IdentityReader } from '../activities/store/licence/identity.ts';
import type { LicensingTalk } from '../proto/licence/wire.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import {
  defaultLicenceTiming,
  type LicenceInput,
  type LicenceTiming,
  licenceWorkflowId,
  licenceWorkflowType,
  lookSignal,
  type TalkOrder,
  talkUpdate,
} from '../workflows/licence/contract.ts';

/** Nobody waits longer at a screen. */
const patienceMs = 45_000;

export type LicenceActor = ReturnType<typeof createLicenceActor>;

/** The way to the actor that keeps the licence; if it does not run it is started. */
export function createLicenceActor(
  client: Client,
  identity: IdentityReader,
  timing: LicenceTiming = defaultLicenceTiming,
) {
  const start = async () => {
    const { id: installation } = await identity();
    return {
      workflowId: licenceWorkflowId(installation),
      taskQueue: callsTaskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING' as const,
      staticSummary: 'Licence of this installation',
      args: [{ installation, timing } satisfies LicenceInput] as [LicenceInput],
    };
  };
  return {
    /** Starts it unless it runs. @throws SecretKeyError */
    async keep(): Promise<void> {
      await client.workflow.start(licenceWorkflowType, await start());
    },

    /** Something has changed without it. */
    async look(): Promise<void> {
      await client.workflow.signalWithStart(licenceWorkflowType, { ...(await start()), signal: lookSignal });
    },

    /** Lets the licensing server be asked now. @returns null if there was nobody to ask. @throws if no worker answers in time */
    async talk(order: TalkOrder): Promise<LicensingTalk | null> {
      const startWorkflowOperation = new WithStartWorkflowOperation(licenceWorkflowType, await start());
      return client.withDeadline(Date.now() + patienceMs, () =>
        client.workflow.executeUpdateWithStart(talkUpdate, {
          ...{ startWorkflowOperation, updateId: randomUUID(), args: [order] },
        }),
      ) as Promise<LicensingTalk | null>;
    },
  };
}
