import { fixedAccess } from '../../activities/amocrm/access.ts';
import type { Place } from '../../activities/amocrm/budget.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import type { RequestLimiter } from '../../activities/amocrm/limiter.ts';
import type { Amocrm } from './amocrm.ts';

const place: Place = {
  grantedAtMs: 0,
  answered: () => undefined,
  giveBack: () => undefined,
  renew: async () => place,
};

/** Lets every request go at once. */
export const noLimit: RequestLimiter = { place: async () => place, pause: async (error) => error };

/** A client whose requests wait for no place in a budget. */
export function hurriedClientOf({ url, token }: Pick<Amocrm, 'url' | 'token'>): AmocrmClient {
  return createAmocrmClient({ access: fixedAccess({ baseUrl: url, token }), limiter: noLimit });
}
