import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type BudgetKey, budgetName, type Pause, placesPerSecond } from '../store/pauses.ts';
import { nowByRedis } from '../store/redis.ts';
import type { AmocrmError } from './errors.ts';

/** Who sends: cards before what a call has to leave in amoCRM, that before what lay waiting after an outage. */
export type Lane = 'cards' | 'live' | 'backfill';

/** One of the requests that may go within a second. */
export interface Place {
  /** When it was granted, ms of this process' own clock that never jumps. */
  grantedAtMs: number;
  /** The request has arrived, since its answer is here: the place is free a second from now. */
  answered(): void;
  /** No request was sent after all. */
  giveBack(): void;
  /** The request leaves only now. @returns this place as if just granted, or undefined if it was or may be lost */
  renew(): Promise<Place | undefined>;
}

/** How long a pause goes on is counted by Redis: the clocks of processes differ. */
export type Verdict = { place: Place } | { waitMs: number } | { pause: Pause; leftMs: number };

const secondMs = 1_000;
/**
 * A request may be so long on its way. Its place is held from the grant until a second after its answer, at most until
 * a second after this: whatever delays requests, those that arrive within one second hold their places at one time.
 */
const longestWayMs = 500;
/**
 * Of a lane whose first has waited for so long somebody gets a place before those that go first; live requests a third of
 * all places after twice as long: then there are more of them than a place now and then carries.
 */
export const hungryAfterMs = 3_000;
/** Whoever waits asks again that often, so an older mark means that nobody waits. */
export const askAgainMs = 100;
const markMs = 3 * askAgainMs;

/**
 * KEYS: places (a sorted set by the ms at which they are free), marks, pause. ARGV: lane, name of the place, which begins
 * with the lane, ms since it is waited for.
 *
 * Live requests leave the last place to cards, backfill leaves half. While cards wait live requests keep to half of all
 * places, and may so get none: once they are hungry some are reserved, and cards fill their requests instead. While anybody
 * else waits backfill has none, but for the one that it gets when it is hungry, of those.
 */
const takePlace = `
local pause = redis.call('GET', KEYS[3])
if pause then return {'pause', redis.call('PTTL', KEYS[3]), pause} end
${nowByRedis}
local lane, waitedMs = ARGV[1], tonumber(ARGV[3])
local all, half, third = ${placesPerSecond}, ${placesPerSecond / 2}, ${placesPerSecond / 3}
local function holds(mark) return tonumber(redis.call('HGET', KEYS[2], mark) or 0) > nowMs end
local function setMark(mark, forMs)
  redis.call('HSET', KEYS[2], mark, nowMs + forMs)
  redis.call('PEXPIRE', KEYS[2], 60000)
end
if lane ~= 'cards' and waitedMs >= ${hungryAfterMs} then setMark(lane .. ' is hungry', ${markMs}) end
if lane == 'live' and waitedMs >= ${2 * hungryAfterMs} then setMark('live starves', ${markMs}) end
local cardsWait, liveWaits = holds('cards'), holds('live')
local backfillIsHungry = holds('backfill is hungry') and not holds('backfill is fed')
local reserved = 0
if holds('live starves') then reserved = third
elseif backfillIsHungry or holds('live is hungry') then reserved = 1 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs)
local places = redis.call('ZRANGE', KEYS[1], 0, -1)
local held, cards = #places, 0
for _, name in ipairs(places) do if string.sub(name, 1, 6) == 'cards:' then cards = cards + 1 end end
local others = held - cards
local function mayGoBelowCards(less)
  local isReserved = held < all and others < reserved - less
  return isReserved or held < (cardsWait and half or all - 1) - less
end
local isFree
if lane == 'cards' then isFree = held < all and cards < all - reserved
elseif lane == 'live' then isFree = mayGoBelowCards(backfillIsHungry and 1 or 0)
elseif backfillIsHungry then isFree = mayGoBelowCards(0)
else isFree = not (cardsWait or liveWaits) and held < half end
if isFree then
  redis.call('ZADD', KEYS[1], nowMs + ${secondMs + longestWayMs}, ARGV[2])
  redis.call('PEXPIRE', KEYS[1], 60000)
  if lane == 'backfill' then setMark('backfill is fed', ${hungryAfterMs}) end
  return {'place'}
end
setMark(lane, ${markMs})
local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {'wait', next[2] and math.ceil(next[2] - nowMs) or ${askAgainMs}}
`;

/** KEYS: places. ARGV: name of the place. */
const answeredPlace = `
${nowByRedis}
redis.call('ZADD', KEYS[1], 'XX', 'LT', nowMs + ${secondMs}, ARGV[1])
`;

/** KEYS: places. ARGV: name of the place. */
const renewPlace = `
${nowByRedis}
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0) <= nowMs then return 0 end
redis.call('ZADD', KEYS[1], nowMs + ${secondMs + longestWayMs}, ARGV[1])
return 1
`;

/** Pauses after refusals in a row double, up to this, whatever amoCRM asks for; a strike is forgotten in a minute. */
const longestOwnPauseMs = 60_000;
const longestPauseMs = 3_600_000;

/**
 * KEYS: pause, strikes. ARGV: code, reason, ms asked for.
 * A short pause never cuts a long one: a blocked account must be left alone. Requests that were on their way when the
 * pause began are no further strikes.
 */
const beginPause = `
${nowByRedis}
local leftMs = redis.call('PTTL', KEYS[1])
if leftMs <= 0 then redis.call('INCR', KEYS[2]) end
redis.call('PEXPIRE', KEYS[2], 60000)
local strikes = tonumber(redis.call('GET', KEYS[2]) or 1)
local ownMs = math.min(${longestOwnPauseMs}, 1000 * 2 ^ (strikes - 1))
local pauseMs = math.ceil(math.min(${longestPauseMs}, math.max(ownMs, tonumber(ARGV[3]))))
if leftMs >= pauseMs then return redis.call('GET', KEYS[1]) end
local pause = cjson.encode({ code = ARGV[1], reason = ARGV[2], untilMs = nowMs + pauseMs })
redis.call('SET', KEYS[1], pause, 'PX', pauseMs)
return pause
`;

/** The budget of requests of one integration to one account, shared by all processes through Redis. */
export interface RequestBudget {
  /**
   * A place if one is free for this lane, else when to ask again.
   *
   * @param waitedMs how long it has been waited for
   */
  take(lane: Lane, waitedMs: number): Promise<Verdict>;
  /**
   * Nobody sends for as long as this error says, longer if it keeps coming back.
   *
   * @returns the pause that stands now
   */
  pause(error: AmocrmError): Promise<Pause>;
}

export function createRequestBudget(redis: Redis, key: BudgetKey): RequestBudget {
  const name = budgetName(key);
  const [places, marks, pause, strikes] = [`${name}:places`, `${name}:marks`, `${name}:pause`, `${name}:strikes`];
  const placeOf = (id: string): Place => ({
    grantedAtMs: performance.now(),
    // if Redis doesn't hear of it, it is free a little later
    answered: () => void redis.eval(answeredPlace, 1, places, id).catch(() => undefined),
    giveBack: () => void redis.zrem(places, id).catch(() => undefined),
    renew: async () => {
      const isKept = await redis.eval(renewPlace, 1, places, id).catch(() => 0);
      return isKept === 1 ? placeOf(id) : undefined;
    },
  });
  return {
    async take(lane, waitedMs) {
      const id = `${lane}:${randomUUID()}`;
      const answer = await redis.eval(takePlace, 3, places, marks, pause, lane, id, Math.round(waitedMs));
      const [what, ms = 0, pauseJson = ''] = answer as [string, number?, string?];
      if (what === 'place') return { place: placeOf(id) };
      if (what === 'pause') return { pause: JSON.parse(pauseJson) as Pause, leftMs: Math.max(1, ms) };
      return { waitMs: Math.max(1, ms) };
    },

    async pause({ code, message, retryAfterMs = 0 }) {
      const json = await redis.eval(beginPause, 2, pause, strikes, code, message, retryAfterMs);
      return JSON.parse(String(json)) as Pause;
    },
  };
}
