import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { CelRow } from '../../proto/cel.ts';
import type { CallOutcome } from '../../proto/journal.ts';
import {
  type CallTiming,
  callsTaskQueue,
  callWorkflowId,
  callWorkflowType,
  celRowsSignal,
  type Wait,
  waitSignal,
} from '../../workflows/call/contract.ts';

/** The actors of one PBX's calls, as Temporal knows them. */
export interface CallActors {
  /** Waits until the call's actor has closed. */
  closed(linkedid: string, again?: number): Promise<CallOutcome>;
  /** Hands rows to the call's actor, as the connector does. */
  deliver(linkedid: string, rows: CelRow[], timing?: Partial<CallTiming>, fresh?: boolean): Promise<void>;
  /** Takes up a closed call once more, as the connector does when rows come late, until that closes too. */
  again(linkedid: string): Promise<void>;
  /** What the Temporal UI shows of the call now. */
  details(linkedid: string): Promise<string>;
  /** Waits until it does. */
  shows(linkedid: string, text: RegExp): Promise<void>;
  /** Why the call was told to wait, each time. */
  waits(linkedid: string): Promise<string[]>;
  /** The call tries at once what it would try later, as a person may ask for in the Temporal UI. */
  hasten(linkedid: string): Promise<void>;
}

/** Waits that are short enough for tests. */
const shortTiming: CallTiming = {
  cdrWaitMs: 100,
  silenceMs: 60_000,
  endMissingMs: 500,
  mergeWindowMs: 2_000,
  compareAfterMs: 500,
};

export function callActorsOf(temporal: Client, pbxId: string): CallActors {
  const handleOf = (linkedid: string, again = 0) => temporal.workflow.getHandle(callWorkflowId(pbxId, linkedid, again));
  const closed = (linkedid: string, again = 0): Promise<CallOutcome> =>
    onceThere(() => handleOf(linkedid, again).result());
  const details = async (linkedid: string) => {
    const metadata = await handleOf(linkedid).query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    return metadata.currentDetails ?? '';
  };
  return {
    closed,
    deliver: (linkedid, rows, timing = {}, fresh = false) =>
      signal(temporal, pbxId, linkedid, 0, { rows, fresh }, { ...shortTiming, ...timing }),
    async again(linkedid) {
      await signal(temporal, pbxId, linkedid, 1, { rows: [], fresh: false }, shortTiming);
      await closed(linkedid, 1);
    },
    details,
    async shows(linkedid, text) {
      while (!text.test(await onceThere(() => details(linkedid)))) await sleep(100);
    },
    async waits(linkedid) {
      const { events } = await handleOf(linkedid).fetchHistory();
      const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes);
      const waits = signals.filter((one) => one?.signalName === waitSignal);
      return waits.map(
        (one) => (JSON.parse(Buffer.from(one?.input?.payloads?.[0]?.data ?? []).toString()) as Wait).reason,
      );
    },
    async hasten(linkedid) {
      const { workflowId } = handleOf(linkedid);
      const { raw } = await handleOf(linkedid).describe();
      const request = { namespace: temporal.options.namespace, execution: { workflowId } };
      for (const { activityId } of raw.pendingActivities ?? []) {
        await temporal.workflowService.resetActivity({ ...request, id: activityId ?? null });
      }
    },
  };
}

async function signal(
  temporal: Client,
  pbxId: string,
  linkedid: string,
  again: number,
  batch: { rows: CelRow[]; fresh: boolean },
  timing: CallTiming,
): Promise<void> {
  await temporal.workflow.signalWithStart(callWorkflowType, {
    workflowId: callWorkflowId(pbxId, linkedid, again),
    taskQueue: callsTaskQueue,
    args: [{ pbxId, linkedid, occasion: again > 0 ? 'again' : 'live', timing }],
    signal: celRowsSignal,
    signalArgs: [batch],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
  });
}

/** The actor is started by the connector, so it may not be there yet. */
export async function onceThere<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if ((error as Error).name !== 'WorkflowNotFoundError') throw error;
      await sleep(100);
    }
  }
}
