import { type Client, WorkflowNotFoundError } from '@temporalio/client';

/** Of the latest workflow of this id; Temporal forgets a closed one after the days that its namespace says. */
export async function standingOf(client: Client, workflowId: string): Promise<'running' | 'closed' | 'unknown'> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' ? 'running' : 'closed';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
}

/** Whether a workflow of this id works now. */
export async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  return (await standingOf(client, workflowId)) === 'running';
}
