import type { AmocrmAccess } from '../access.ts';
import { type AmocrmClient, type AmocrmEntrance, createAmocrmClient } from '../client.ts';
import { AmocrmError } from '../errors.ts';
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
        const other = await limiter.place(signal ? AbortSignal.any([signal, inTime]) : inTime);
        if (!mine || leftMs(mine) > 0) return other;
        other.giveBack(); // a machine that slept may have come here late: another attempt may have begun
        throw tooLate();
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

/** How long the request may still leave. */
const leftMs = ({ askedAtMs }: Departure): number => askedAtMs + leaveWithinMs - performance.now();

function tooLate(): AmocrmError {
  const message = 'It took too long until the request could leave, so it was not sent; trying again.';
  return new AmocrmError('RateLimited', message, { hadNoEffect: true });
}
