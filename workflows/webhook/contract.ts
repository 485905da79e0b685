import type { ClientChange } from '../../proto/client.ts';

/** One delivery of amoCRM is one workflow: what it says is applied once, however often it is delivered. */

export const webhookWorkflowType = 'webhook';

export interface WebhookInput {
  accountId: string;
  changes: ClientChange[];
}

/** @param digest of what was delivered */
export function webhookWorkflowId(accountId: string, digest: string): string {
  return `webhook:${accountId}:${digest}`;
}
