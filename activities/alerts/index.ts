import { ApplicationFailure } from '@temporalio/common';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import type { AlertMessage, WordedAlert } from '../../proto/alerts/message.ts';
import type { AlertDestination, TaskDestination } from '../../proto/alerts/settings.ts';
import type { AlertDeliveries } from '../store/alert-deliveries.ts';
import type { Ledger } from '../store/ledger.ts';
import { alertSecretOf, type Secrets } from '../store/secrets.ts';
import { sendEmail } from './email.ts';
import { createLook, type LookTools } from './look.ts';
import { sendTelegram } from './telegram.ts';
import { sendWebhook } from './webhook.ts';

export type AlertActivities = ReturnType<typeof createAlertActivities>;

export interface SendAlertRequest {
  accountId: string;
  /** The ledger key of this message at this destination. */
  key: string;
  destination: Exclude<AlertDestination, TaskDestination>;
  worded: WordedAlert;
  /** null: a test. */
  message: AlertMessage | null;
}

interface AlertTools extends LookTools {
  secrets: Secrets;
  ledger: Ledger;
  deliveries: AlertDeliveries;
  telegramApiUrl: string;
}

/** Longer than anything that is sent here takes. */
const leaseMs = 12_000;

/** How alerts come about, and every way that they go but the tasks of amoCRM. */
export function createAlertActivities(tools: AlertTools) {
  const { secrets, ledger, deliveries } = tools;
  /** What a reference names never changes; who is to be told that our MySQL is away was read before. */
  const known = new Map<string, string>();
  const secretOf = async (accountId: string, ref: string): Promise<string | undefined> => {
    const name = alertSecretOf(accountId, ref);
    const secret = known.get(name) ?? (await secrets.read(name).catch(() => undefined));
    if (secret !== undefined) known.set(name, secret);
    return secret;
  };
  const send = async (request: SendAlertRequest): Promise<AlertFailure | null> => {
    const { accountId, key, destination, worded, message } = request;
    const { secretRef } = destination;
    const secret = secretRef === undefined ? undefined : await secretOf(accountId, secretRef);
    if (secretRef !== undefined && secret === undefined) return { code: 'no-secret', values: {} };
    switch (destination.kind) {
      case 'email':
        return sendEmail(destination, secret as string, key, worded);
      case 'telegram':
        return sendTelegram(destination, tools.telegramApiUrl, secret as string, worded);
      case 'webhook':
        return sendWebhook(destination, key, worded, accountId, message, secret);
    }
  };

  return {
    lookForNews: createLook(tools),

    /**
     * Sends a message once, as far as its way lets: whoever was killed while sending can't know whether it arrived, and
     * it is sent again.
     *
     * @returns why it did not get there; null: it did
     */
    async sendAlert(request: SendAlertRequest): Promise<AlertFailure | null> {
      const begin = await ledger.begin(request.key, leaseMs).catch(() => undefined); // that it is away may be the news
      if (begin?.state === 'done') return null;
      if (begin?.state === 'in-flight') {
        throw ApplicationFailure.retryable('An earlier attempt may still be under way.', 'RequestUnderWay');
      }
      const failure = await send(request);
      const close = (attempt: number) => (failure ? ledger.idle(request.key, attempt) : ledger.done(request.key, {}));
      if (begin) await close(begin.attempt).catch(() => undefined); // sent is sent
      return failure;
    },

    /** For the page of alerts. @param failure null: it has got there */
    noteDelivery: (accountId: string, destinationId: string, failure: AlertFailure | null): Promise<void> =>
      deliveries.note(accountId, destinationId, failure),
  };
}
