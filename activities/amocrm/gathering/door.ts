import type { Place } from '../budget.ts';
import { type AmocrmAccess, type AmocrmClient, createAmocrmClient } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { isStale } from './gather.ts';

/** A client for the request that goes in this place; whatever else it sends, it asks for. */
export type Door = (place: Place) => AmocrmClient;

export function createDoor(access: AmocrmAccess): Door {
  const inHand: Place[] = [];
  const limiter: RequestLimiter = {
    ...access.limiter,
    async place(signal) {
      for (let place = inHand.shift(); place; place = inHand.shift()) if (!isStale(place)) return place;
      return access.limiter.place(signal);
    },
  };
  const client = createAmocrmClient({ ...access, limiter });
  return (place) => {
    inHand.push(place);
    return client;
  };
}
