import { ApplicationFailure } from '@temporalio/common';
import type { Call } from '../../proto/call.ts';
import type { EndDecision } from '../../proto/crm-action.ts';
import type { Hook } from '../../proto/hook.ts';
import { askAboutDecision, type DecisionVerdict } from './decision.ts';
import { post } from './post.ts';

export type HookActivities = ReturnType<typeof createHookActivities>;

export interface CallHookRequest {
  accountId: string;
  /** Names this hearing, also if it has to be repeated: the program may leave out what it has heard. */
  key: string;
  /** Id of a hook of the settings. */
  hook: string;
  call: Call;
}

export type DecisionRequest = CallHookRequest & { decision: EndDecision };

/** @param hooksOf the hooks of an account as they are set now */
export function createHookActivities(hooksOf: (accountId: string) => Promise<readonly Hook[]>) {
  const hookOf = async ({ accountId, hook: id }: CallHookRequest): Promise<Hook> => {
    const hook = (await hooksOf(accountId)).find((one) => one.id === id);
    if (!hook) throw ApplicationFailure.nonRetryable(`There is no hook ${id} any more.`, 'HookGone');
    return hook;
  };

  return {
    /** Tells somebody else's program of a call. Its answer does not matter, as long as it is one of success. */
    async callHook(request: CallHookRequest): Promise<void> {
      const { key, call } = request;
      await post(await hookOf(request), key, { call }, async (answer) => answer.body?.cancel());
    },

    /** Hears what somebody else's program says of a decision. */
    async askDecision(request: DecisionRequest): Promise<DecisionVerdict> {
      const { key, call, decision } = request;
      return askAboutDecision(await hookOf(request), key, call, decision);
    },
  };
}
