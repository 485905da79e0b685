import { ApplicationFailure } from '@temporalio/common';
import type { Hook } from '../../proto/hook.ts';

/**
 * Sends something to somebody else's program.
 *
 * @param read what is made of an answer of success, also within the time limit of the hook
 * @throws ApplicationFailure that may be tried again, or not, with a sentence for people
 */
export async function post<T>(
  hook: Hook,
  key: string,
  body: object,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  try {
    const answer = await fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, 'user-agent': 'Ringflow/0.1' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(hook.timeoutMs),
    });
    if (answer.ok) return await read(answer);
    await answer.body?.cancel();
    throw refusal(hook, answer.status);
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error;
    const reason = (error as Error).name === 'TimeoutError' ? `no answer within ${hook.timeoutMs} ms` : 'not reachable';
    throw ApplicationFailure.retryable(`The hook "${hook.name}": ${reason}.`, 'HookSilent');
  }
}

function refusal({ name }: Hook, status: number): ApplicationFailure {
  const message = `The hook "${name}" answered ${status}.`;
  const isPassing = status >= 500 || status === 429 || status === 408;
  return isPassing
    ? ApplicationFailure.retryable(message, 'HookRefused')
    : ApplicationFailure.nonRetryable(message, 'HookRefused');
}
