/** How others speak with the actor that keeps an account's settings. */

export const accountWorkflowType = 'account';
export const changeSettingsUpdate = 'changeSettings';

export interface AccountInput {
  accountId: string;
}

/** What was changed is found by this: number lists would be too big for a history. */
export interface ChangeOrder {
  changeId: string;
  /** For who looks at the history: who changes which sections. */
  author: string;
  sections: string[];
}

export function accountWorkflowId(accountId: string): string {
  return `account:${accountId}`;
}
