import type { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { AmocrmError } from '../../activities/amocrm/errors.ts';
import { amocrmTaskQueue, callWorkflowType, type Wait, waitSignal } from '../../workflows/call/contract.ts';

/** What is over sooner nobody would have read. */
const momentMs = 3_000;

/**
 * Tells a call why one of its activities has to be tried again, if that takes longer than a moment: a workflow hears of
 * no failed attempts. The same words are told once; the heartbeat carries them to the next attempt.
 */
export const tellWaits: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof AmocrmError && !error.isHopeless) await tell(context, error);
        throw error;
      }
    },
  },
});

async function tell({ info, client, heartbeat }: Context, { message, retryAfterMs = 0 }: AmocrmError): Promise<void> {
  const { workflowExecution, workflowType, taskQueue, scheduledTimestampMs } = info;
  const isOfCall = workflowType === callWorkflowType && taskQueue === amocrmTaskQueue; // calls of the past have time
  const lastsMs = Date.now() - scheduledTimestampMs + retryAfterMs;
  if (!isOfCall || !workflowExecution || lastsMs < momentMs || info.heartbeatDetails === message) return;
  const { workflowId, runId } = workflowExecution;
  const wait: Wait = { activity: info.activityType, reason: message };
  try {
    await client.workflow.getHandle(workflowId, runId).signal(waitSignal, wait);
    heartbeat(message);
  } catch {
    // the call is over, or Temporal can't be reached: its pending activities tell it too
  }
}
