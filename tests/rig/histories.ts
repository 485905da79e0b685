import { type Client, WorkflowNotFoundError } from '@temporalio/client';

/** What a workflow was given and has answered: encrypted where a key for payloads is set. */
const payloads = new Set(['input', 'result', 'details', 'lastHeartbeatDetails', 'header', 'encodedAttributes']);

/** What everybody sees of the workflows who may look into Temporal: all but payloads, with what the details say now. */
export async function visibleInTemporal({ workflow }: Client): Promise<string> {
  const seen: unknown[] = [];
  for await (const { workflowId, runId, memo, searchAttributes } of workflow.list()) {
    const handle = workflow.getHandle(workflowId, runId);
    const { staticSummary, staticDetails, raw } = await handle.describe();
    const now = await handle
      .query<{ currentDetails?: string }>('__temporal_workflow_metadata')
      .catch(() => 'it can be asked no more');
    const pending = (raw.pendingActivities ?? []).map(({ lastFailure }) => lastFailure);
    const { events } = await handle.fetchHistory();
    seen.push({ workflowId, memo, searchAttributes, staticSummary, staticDetails, now, pending, events });
  }
  return JSON.stringify(seen, (name, value) => {
    if (payloads.has(name) && typeof value === 'object') return undefined;
    return name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value;
  });
}

/** All that Temporal keeps of all workflows of a namespace, as text; payloads as they were before they were encoded. */
export async function everythingInTemporal({ workflow }: Client): Promise<string> {
  const histories = [];
  for await (const { workflowId, runId } of workflow.list()) {
    const history = workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push(await history.catch(nothingIfGone)); // it may be deleted while they are listed
  }
  return JSON.stringify(histories, (name, value) =>
    name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
}

/** Number of gRPC's status. */
const notFound = 5;

function nothingIfGone(error: Error): undefined {
  const { code, cause } = error as { code?: number; cause?: { code?: number } };
  if (error instanceof WorkflowNotFoundError || code === notFound || cause?.code === notFound) return undefined;
  throw error;
}
