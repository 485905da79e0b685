import type { RefusedWebhooks } from '../store/refused-webhooks.ts';
import { bodyOf, listOf, unlessGone } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { AmocrmError } from './errors.ts';

/** Whether amoCRM tells by itself what changes. */
export interface ChangeFeed {
  isOn(client: AmocrmClient, accountId: string): Promise<boolean>;
}

const events = (['contact', 'company', 'lead'] as const).flatMap(
  (entity) => [`add_${entity}`, `update_${entity}`, `delete_${entity}`, `responsible_${entity}`] as const,
);
const subscribed = [...events, 'status_lead' as const];

/** What a user without the right, or a plan without webhooks, is answered. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AmocrmError && ['Forbidden', 'ValidationFailed', 'Gone'].includes(error.code);

/**
 * Subscribes to the changes of an account, and again if amoCRM has given up on us (contract 8.3, 8.4).
 *
 * @param addressOf where the account's changes are to be sent, with a secret in it; undefined where amoCRM can't reach us
 * @param refused who does not let us subscribe is asked again after a day, or for another address
 */
export function createChangeFeed(
  addressOf: (accountId: string) => Promise<string | undefined>,
  refused: RefusedWebhooks,
): ChangeFeed {
  return {
    async isOn(client, accountId) {
      const destination = await addressOf(accountId);
      if (destination === undefined || (await refused.has(accountId, destination))) return false;
      try {
        return await subscribe(client, destination);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await refused.note(accountId, destination);
        return false;
      }
    },
  };
}

async function subscribe(client: AmocrmClient, destination: string): Promise<boolean> {
  const answer = await unlessGone(() => client.GET('/api/v4/webhooks'));
  const hooks = answer ? listOf(answer, 'webhooks') : [];
  for (const old of hooks.filter((hook) => isOldOwn(hook.destination, destination))) {
    await unsubscribe(client, old.destination);
  }
  const own = hooks.find((hook) => hook.destination === destination);
  if (own && !own.disabled) return true;
  if (own) await unsubscribe(client, destination);
  const made = bodyOf(await client.POST('/api/v4/webhooks', { body: { destination, settings: [...subscribed] } }));
  return made !== undefined && !made.disabled;
}

async function unsubscribe(client: AmocrmClient, destination: string): Promise<void> {
  await unlessGone(() => client.DELETE('/api/v4/webhooks', { body: { destination } }));
}

/** The same address but for the secret at its end: we don't take what comes there any more. */
function isOldOwn(other: string, destination: string): boolean {
  const place = destination.slice(0, destination.lastIndexOf('/') + 1);
  return other !== destination && other.startsWith(place);
}
