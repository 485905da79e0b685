import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Hook } from '../../proto/hook.ts';

/**
 * Sends something to somebody else's program.
 *
 * @param read what is made of an answer of success, also within the time limit of the hook
 * @param signingKey by it the program sees in `ringflow-signature` (HMAC-SHA256 of the body) that it was us
 * @throws ApplicationFailure that may be tried again, or not, with a sentence for people; its detail is the status
 */
export async function post<T>(
  hook: Hook,
  key: string,
  body: object,
  read: (answer: Response) => Promise<T>,
  signingKey?: string,
): Promise<T> {
  const text = JSON.stringify(body);
  try {
    const answer = await fetch(hook.url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'idempotency-key': key, 'user-agent': 'Ringflow/0.1' },
        ...(signingKey !== undefined && { 'ringflow-signature': signatureOf(text, signingKey) }),
      },
      body: text,
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
    ? ApplicationFailure.retryable(message, 'HookRefused', status)
    : ApplicationFailure.nonRetryable(message, 'HookRefused', status);
}

function signatureOf(text: string, key: string): string {
  return `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;
}
