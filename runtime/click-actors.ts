import {
  type Client,
  isGrpcDeadlineError,
  WithStartWorkflowOperation,
  type Workflow,
  WorkflowNotFoundError,
  type WorkflowUpdateHandle,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import {
  type ClickInput,
  type ClickState,
  clickWorkflowId,
  clickWorkflowType,
  firstAnswerUpdate,
} from '../workflows/click-to-call/contract.ts';

interface Waits {
  /** Within that time a worker has begun, or none is there. */
  beginsWithinMs: number;
  /** Whoever clicked hears by then how it stands, and of the rest as it comes. */
  patienceMs: number;
}

const usualWaits: Waits = { beginsWithinMs: 12_000, patienceMs: 8_000 };
/** Both phones ring as long as they may, and some more. */
const longestMs = 15 * 60_000;

export type ClickActors = ReturnType<typeof createClickActors>;

/** The way to the actors of clicks. */
export function createClickActors(client: Client, { beginsWithinMs, patienceMs } = usualWaits) {
  const firstAnswerOf = async (answer: WorkflowUpdateHandle<ClickState>, untilMs: number): Promise<ClickState> => {
    try {
      return await client.withDeadline(untilMs, () => answer.result());
    } catch (error) {
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error))
        return { phase: 'planning' };
      throw error;
    }
  };

  return {
    /** Whether its phones may still ring. One that is just about to be started is. */
    async isUnderWay(input: ClickInput): Promise<boolean> {
      try {
        const { status } = await client.workflow.getHandle(clickWorkflowId(input)).describe();
        return status.name === 'RUNNING';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return true;
        throw error;
      }
    },

    /**
     * Begins a call unless this request has begun one already.
     *
     * @returns how it stands once it is known whether the employee's phone rings, or after some seconds; also to whoever asks again
     * @throws if no worker begins in time
     */
    async begin(input: ClickInput): Promise<ClickState> {
      const workflowId = clickWorkflowId(input);
      const startWorkflowOperation = new WithStartWorkflowOperation(clickWorkflowType, {
        workflowId,
        taskQueue: callsTaskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: `amoCRM user ${input.userId} calls by a click`,
        workflowExecutionTimeout: longestMs,
        args: [input],
      });
      const options = { startWorkflowOperation, updateId: 'first-answer', waitForStage: 'ACCEPTED' as const };
      const begunAtMs = Date.now();
      try {
        const answer = await client.withDeadline(begunAtMs + beginsWithinMs, () =>
          client.workflow.startUpdateWithStart<Workflow, ClickState, []>(firstAnswerUpdate, options),
        );
        return await firstAnswerOf(answer, Math.max(begunAtMs + patienceMs, Date.now() + 1_000));
      } catch (error) {
        if ((error as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw error;
        return (await client.workflow.getHandle(workflowId).result()) as ClickState;
      }
    },
  };
}
