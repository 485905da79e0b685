import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import {
  type ClickInput,
  type ClickState,
  clickWorkflowId,
  clickWorkflowType,
  firstAnswerUpdate,
} from '../workflows/click-to-call/contract.ts';

/** The workflow answers within eight seconds. */
const patienceMs = 12_000;
/** Both phones ring as long as they may, and some more. */
const longestMs = 15 * 60_000;

export type ClickActors = ReturnType<typeof createClickActors>;

/** The way to the actors of clicks. */
export function createClickActors(client: Client) {
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
     * @returns how it stands once it is known whether the employee's phone rings, also to whoever asks again
     * @throws if no worker answers in time
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
      const options = { startWorkflowOperation, updateId: 'first-answer', args: [] };
      return client.withDeadline(Date.now() + patienceMs, async () => {
        try {
          return await (client.workflow.executeUpdateWithStart(firstAnswerUpdate, options) as Promise<ClickState>);
        } catch (error) {
          if ((error as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw error;
          return (await client.workflow.getHandle(workflowId).result()) as ClickState;
        }
      });
    },
  };
}
