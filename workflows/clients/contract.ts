/** How others speak with the actor that keeps what is known of an account's clients. */

export const clientsWorkflowType = 'clients';

export interface ClientsInput {
  accountId: string;
  /** At most so long between two looks, as input so that tests need not wait for minutes. */
  longestPauseMs: number;
}

export const defaultLongestPauseMs = 60 * 60_000;

export function clientsWorkflowId(accountId: string): string {
  return `clients:${accountId}`;
}
