import type { Client } from '@temporalio/client';

/** All that Temporal keeps of all workflows of a namespace, as text; payloads as they were before they were encoded. */
export async function everythingInTemporal({ workflow }: Client): Promise<string> {
  const histories = [];
  for await (const { workflowId, runId } of workflow.list()) {
    histories.push(await workflow.getHandle(workflowId, runId).fetchHistory());
  }
  return JSON.stringify(histories, (name, value) =>
    name === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
}
