/** How others speak with the actor that keeps an account's settings. */

export const accountWorkflowType = 'account';
export const changeSettingsUpdate = 'changeSettings';
/** Lets amoCRM be asked who works there and which pipelines there are; answered by a ReadOutcome. */
export const readCatalogueUpdate = 'readCatalogue';

/** Lets the set-up of a PBX be checked; answered by PbxFinding[]. */
export const checkPbxUpdate = 'checkPbx';

/** In words why amoCRM could not be asked; null: it was. */
export type ReadOutcome = { failure: string | null };

/** Reads rows of a PBX for somebody who looks at a call; answered by ShownRows. */
export const showRowsUpdate = 'showRows';

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
