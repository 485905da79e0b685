/**
 * Where the Temporal UI shows a workflow.
 *
 * @param temporalUi as in `ApiTools`
 * @returns null if nobody has said where the UI is
 */
export const workflowUrl = (temporalUi: string | undefined, workflowId: string): string | null =>
  temporalUi === undefined ? null : `${temporalUi}/workflows/${encodeURIComponent(workflowId)}`;
