export const forgetWorkflowType = 'forget';

/** The phone stands in MySQL alone: whoever may look into Temporal must not learn who wanted to be forgotten. */
export interface ForgetInput {
  /** Of its row in the table `forgettings`. */
  id: number;
}

export const forgetWorkflowId = (accountId: string, id: number): string => `forget:${accountId}:${id}`;
