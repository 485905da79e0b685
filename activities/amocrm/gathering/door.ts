import type { AmocrmAccess } from '../access.ts';
import type { Place } from '../budget.ts';
import { type AmocrmClient, type AmocrmEntrance, createAmocrmClient } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { isStale } from './gather.ts';

/** Whoever guards the request counts on its leaving so soon after it was confirmed; see `slackMs` of exactly-once.ts. */
const leaveWithinMs = 7_000;

/** A client for the request that goes in this place; whatever else it sends, it asks for. */
export type Door = (place: Place) => AmocrmClient;

export function createDoor({ access, limiter, hear }: AmocrmEntrance): Door {
  return (place) => {
    const inHand = [place];
    const withPlace: RequestLimiter = {
      ...limiter,
      async place(signal) {
        const mine = inHand.pop();
        if (mine && !isStale(mine)) return mine;
        const inTime = AbortSignal.timeout(leaveWithinMs);
        return limiter.place(signal ? AbortSignal.any([signal, inTime]) : inTime);
      },
    };
    const orGivesBack: AmocrmAccess = {
      ...access,
      async current() {
        try {
          return await access.current();
        } catch (error) {
          inHand.pop()?.giveBack(); // nothing will be sent
          throw error;
        }
      },
    };
    return createAmocrmClient({ access: orGivesBack, limiter: withPlace, hear });
  };
}
