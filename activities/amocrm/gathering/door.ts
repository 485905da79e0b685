import type { Place } from '../budget.ts';
import { type AmocrmClient, type AmocrmEntrance, createAmocrmClient } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { isStale } from './gather.ts';

/** Whoever guards the request counts on its leaving so soon after it was confirmed; see `slackMs` of exactly-once.ts. */
const leaveWithinMs = 7_000;

/** A client for the request that goes in this place; whatever else it sends, it asks for. */
export type Door = (place: Place) => AmocrmClient;

export function createDoor(entrance: AmocrmEntrance): Door {
  const inHand: Place[] = [];
  const limiter: RequestLimiter = {
    ...entrance.limiter,
    async place(signal) {
      for (let place = inHand.shift(); place; place = inHand.shift()) if (!isStale(place)) return place;
      const inTime = AbortSignal.timeout(leaveWithinMs);
      return entrance.limiter.place(signal ? AbortSignal.any([signal, inTime]) : inTime);
    },
  };
  const client = createAmocrmClient({ ...entrance, limiter });
  return (place) => {
    inHand.push(place);
    return client;
  };
}
