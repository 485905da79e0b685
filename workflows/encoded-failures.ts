import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stacks of failures travel as payloads, so that they are encrypted as all others. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
