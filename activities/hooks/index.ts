import { ApplicationFailure } from '@temporalio/common';
import type { Call } from '../../proto/call.ts';
import type { Hook } from '../../proto/hook.ts';

export type HookActivities = ReturnType<typeof createHookActivities>;

export interface CallHookRequest {
  accountId: string;
  /** Names this hearing, also if it has to be repeated: the program may leave out what it has heard. */
  key: string;
  /** Id of a hook of the settings. */
  hook: string;
  call: Call;
}

/** @param hooksOf the hooks of an account as they are set now */
export function createHookActivities(hooksOf: (accountId: string) => Promise<readonly Hook[]>) {
  return {
    /** Tells somebody else's program of a call. Its answer does not matter, as long as it is one of success. */
    async callHook({ accountId, key, hook: id, call }: CallHookRequest): Promise<void> {
      const hook = (await hooksOf(accountId)).find((one) => one.id === id);
      if (!hook) throw ApplicationFailure.nonRetryable(`There is no hook ${id} any more.`, 'HookGone');
      await post(hook, key, { call });
    },
  };
}

async function post(hook: Hook, key: string, body: object): Promise<void> {
  let status: number;
  try {
    const answer = await fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, 'user-agent': 'Ringflow/0.1' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(hook.timeoutMs),
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch (error) {
    const reason = (error as Error).name === 'TimeoutError' ? `no answer within ${hook.timeoutMs} ms` : 'not reachable';
    throw ApplicationFailure.retryable(`The hook "${hook.name}": ${reason}.`, 'HookSilent');
  }
  if (status >= 200 && status < 300) return;
  const message = `The hook "${hook.name}" answered ${status}.`;
  if (status >= 500 || status === 429 || status === 408) throw ApplicationFailure.retryable(message, 'HookRefused');
  throw ApplicationFailure.nonRetryable(message, 'HookRefused');
}
