import type { Wording } from '../../proto/alerts/message.ts';
import type { AlertDestination } from '../../proto/alerts/settings.ts';
import type { AlertMemory } from './decide.ts';

/** How others speak with the actor that tells people what is not right with an account. */

export const alertsWorkflowType = 'alerts';
/** Sends a test; answered by an AlertFailure, or null if it has got there. */
export const testDestinationUpdate = 'testDestination';

export interface AlertsInput {
  accountId: string;
  /** Between two looks, as input so that tests need not last as long. */
  lookEveryMs: number;
  /** What an earlier run of this workflow knew, when its history had grown too long. */
  carried?: AlertMemory;
}

export interface TestOrder {
  destination: AlertDestination;
  wording: Wording;
}

export const defaultLookEveryMs = 60_000;

export function alertsWorkflowId(accountId: string): string {
  return `alerts:${accountId}`;
}
