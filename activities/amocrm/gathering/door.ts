import type { AmocrmAccess } from '../access.ts';
import { type AmocrmClient, type AmocrmEntrance, createAmocrmClient } from '../client.ts';
import type { RequestLimiter } from '../limiter.ts';
import { type Departure, isStale } from './gather.ts';

/** Whoever guards the request counts on its leaving so soon after it was confirmed; see `slackMs` of exactly-once.ts. */
const leaveWithinMs = 7_000;

/** A client for the request that goes in this place; whatever else it sends, it asks for. */
export type Door = (place: Departure) => AmocrmClient;

export function createDoor({ access, limiter, hear }: AmocrmEntrance): Door {
  return (place) => {
    const inHand = [place];
    const withPlace: RequestLimiter = {
      ...limiter,
      async place(signal) {
        const mine = inHand.pop();
        if (mine && leftMs(mine) > 0 && !isStale(mine)) return mine;
        const inTime = AbortSignal.timeout(mine ? Math.max(0, Math.ceil(leftMs(mine))) : leaveWithinMs);
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
    // a machine that slept may come to it late, and so may what goes once more with a newer token: another attempt may
    // have begun by then; what only asks is never too late
    const mayLeave = ({ method }: Request): boolean => method === 'GET' || leftMs(place) > 0;
    return createAmocrmClient({ access: orGivesBack, limiter: withPlace, hear, mayLeave });
  };
}

/** How long the request may still leave. */
const leftMs = ({ askedAtMs }: Departure): number => askedAtMs + leaveWithinMs - performance.now();
