import { fixedAccess } from '../../activities/amocrm/access.ts';
import type { Place } from '../../activities/amocrm/budget.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import type { AmocrmError } from '../../activities/amocrm/errors.ts';
import type { Amocrm } from './amocrm.ts';

/** A client whose requests wait for no place in a budget. */
export function hurriedClientOf({ url, token }: Pick<Amocrm, 'url' | 'token'>): AmocrmClient {
  const place: Place = {
    grantedAtMs: 0,
    answered: () => undefined,
    giveBack: () => undefined,
    renew: async () => place,
  };
  const limiter = { place: async () => place, pause: async (error: AmocrmError) => error };
  return createAmocrmClient({ access: fixedAccess({ baseUrl: url, token }), limiter });
}
