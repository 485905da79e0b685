import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';

/**
 * Whether a number stands in what a workflow was given, has asked for or has answered so far.
 *
 * @throws SecretKeyError if it was encrypted by a key that is not here
 */
export async function historyHolds(
  client: Client,
  workflowId: string,
  runId: string,
  number: string,
): Promise<boolean> {
  const { payloadCodecs } = client.options.loadedDataConverter;
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  let payloads = payloadsIn(history);
  for (const codec of payloadCodecs) payloads = await codec.decode(payloads);
  return payloads.some(({ data }) => Buffer.from(data ?? []).includes(number));
}

function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('data' in value && value.data instanceof Uint8Array) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}
