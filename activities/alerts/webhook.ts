import type { ApplicationFailure } from '@temporalio/common';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import type { AlertMessage, WordedAlert } from '../../proto/alerts/message.ts';
import type { WebhookDestination } from '../../proto/alerts/settings.ts';
import { post } from '../hooks/post.ts';

const timeoutMs = 8_000;

/** @param message null: a test */
export async function sendWebhook(
  { id, name, url }: WebhookDestination,
  key: string,
  { subject, text }: WordedAlert,
  accountId: string,
  message: AlertMessage | null,
  signingKey: string | undefined,
): Promise<AlertFailure | null> {
  const found = message ?? { news: [], still: [], over: [] };
  const body = { alert: { account: accountId, isTest: message === null, subject, text, ...found } };
  try {
    await post({ id, name, url, timeoutMs }, key, body, async (answer) => answer.body?.cancel(), signingKey);
    return null;
  } catch (error) {
    const { type, details } = error as ApplicationFailure;
    return type === 'HookRefused'
      ? { code: 'webhook-refused', values: { status: String(details?.[0] ?? '') } }
      : { code: 'webhook-unreachable', values: {} };
  }
}
