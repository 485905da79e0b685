import type { MakeUpAnswer } from '../../activities/make-up/index.ts';

/** How others have the calls of an account registered that were held back for want of a licence. */

export const makeUpWorkflowType = 'makeUp';

export interface MakeUpInput {
  accountId: string;
  /** Only calls that began earlier, ms UTC. */
  beforeMs: number;
  /** Between two handfuls, as input so that tests need not last as long: calls that go on come first. */
  pauseMs: number;
  /** What an earlier run of this workflow has done, when its history had grown too long. */
  carried?: MakeUpAnswer;
}

export const defaultMakeUpPauseMs = 10_000;

export const makeUpWorkflowId = (accountId: string): string => `make-up:${accountId}`;
