import type { Redis } from 'ioredis';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { ClickChange, ToldClick } from '../../proto/calling/told-click.ts';
import { phoneKey } from '../../proto/phone.ts';
import { readAs } from './read-as.ts';
import { nowByRedis } from './redis.ts';

/** Where it is told how clicks stand. */
export const clicksChannel = 'ringflow:clicks';

/** Whoever opens a page later has no use for it. */
const toldSeconds = 180;
const minuteMs = 60_000;
/** As long as phones usually ring. */
const underWayMs = 60_000;
/** As long as amoCRM's token lives, by which it could be sent again. */
const requestRememberedMs = 30 * minuteMs;
const keptDays = 30;
const toldAtMost = 20;

/** KEYS: number, request. ARGV: request, ms for the number, ms for the request. @returns the one that stands, 1 if it did before */
const soleRequest = `
local known = redis.call('GET', KEYS[2])
if known then return {known, 1} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
local standing = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[2], standing, 'PX', ARGV[3])
return {standing, 0}`;

/** KEYS: number, request. ARGV: the request that is over. */
const endRequest = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
redis.call('DEL', KEYS[2])`;

/**
 * KEYS: clicks of an employee by time. ARGV: request, ms that count, how many may. @returns 0 if there were too many. Redis
 * counts the time: a worker whose clock goes wrong for a moment must not hold clicks back for an hour.
 */
const takeTurn = `
${nowByRedis}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs - tonumber(ARGV[2]))
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 1 end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], nowMs, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** A click on a number in amoCRM. */
export interface NotedClick {
  accountId: string;
  requestId: string;
  userId: number;
}

/** What is to be told of one. */
export type UntoldClick = Omit<ClickChange, 'click'> & { click: Omit<ToldClick, 'atMs'> };

export type Clicks = ReturnType<typeof createClicks>;

/** What is known of clicks: which call came of which, and how they stand. */
export function createClicks(pool: Pool, redis: Redis) {
  const toldName = (accountId: string, userId: number) => `ringflow:clicks:${accountId}:${userId}:told`;
  const soleNames = ({ accountId, userId, requestId, number }: NotedClick & { number: string }) => ({
    number: `ringflow:clicks:${accountId}:${userId}:number:${phoneKey(number)}`,
    request: `ringflow:clicks:${accountId}:${userId}:request:${requestId}`,
  });
  return {
    /** Whether this employee may call once more; the same request counts once. */
    async takeTurn(accountId: string, extension: string, requestId: string, mostPerMinute: number): Promise<boolean> {
      const name = `ringflow:clicks:${accountId}:turns:${extension}`;
      return (await redis.eval(takeTurn, 1, name, requestId, minuteMs, mostPerMinute)) === 1;
    },

    /**
     * A second click on the same number, while the call of the first is being made, is the first one. What a request
     * stands for stays so, whoever sends it again.
     *
     * @returns the request that stands for it: this one, unless another was first; `isRepeated` if this one has come before
     */
    async soleRequest(click: NotedClick & { number: string }): Promise<{ standing: string; isRepeated: boolean }> {
      const { number, request } = soleNames(click);
      const values = [click.requestId, underWayMs, requestRememberedMs];
      const [standing, before] = (await redis.eval(soleRequest, 2, number, request, ...values)) as [string, number];
      return { standing, isRepeated: before === 1 };
    },

    /** That request was over before this one came: the next click on the number is one of its own, and so is this one. */
    async endRequest(click: NotedClick & { number: string }, overRequestId: string): Promise<void> {
      const { number, request } = soleNames(click);
      await redis.eval(endRequest, 2, number, request, overRequestId);
    },

    async note(pbxId: string, linkedid: string, { accountId, requestId, userId }: NotedClick): Promise<void> {
      await pool.query(`DELETE FROM clicks WHERE requested_at < UTC_TIMESTAMP(3) - INTERVAL ${keptDays} DAY LIMIT 100`);
      await pool.query(
        `INSERT IGNORE INTO clicks (pbx_id, linkedid, account_id, request_id, user_id, requested_at)
         VALUES (?, UTC_TIMESTAMP(3))`,
        [[pbxId, linkedid, accountId, requestId, userId]],
      );
    },

    /** Of which click a call came; undefined: of none of ours. */
    async find(pbxId: string, linkedid: string): Promise<NotedClick | undefined> {
      const sql = 'SELECT account_id, request_id, user_id FROM clicks WHERE pbx_id = ? AND linkedid = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [pbxId, linkedid]);
      return row && { accountId: row.account_id, requestId: row.request_id, userId: Number(row.user_id) };
    },

    /** To all who follow, and to whoever opens a page within minutes. */
    async tell({ accountId, userId, click: untimed }: UntoldClick): Promise<void> {
      const name = toldName(accountId, userId);
      const click: ToldClick = { ...untimed, atMs: Date.now() };
      const change: ClickChange = { accountId, userId, click };
      await redis
        .multi()
        .lpush(name, JSON.stringify(click))
        .ltrim(name, 0, toldAtMost - 1)
        .expire(name, toldSeconds)
        .publish(clicksChannel, JSON.stringify(change))
        .exec();
    },

    /** How somebody's clicks of the last minutes stand. */
    async toldTo(accountId: string, userId: number): Promise<ToldClick[]> {
      const texts = await redis.lrange(toldName(accountId, userId), 0, -1);
      const told = texts.flatMap((text) => readAs(ToldClick, text) ?? []);
      return told.filter((click, index) => told.findIndex(({ requestId }) => requestId === click.requestId) === index);
    },
  };
}

export const readClickChange = (text: string): ClickChange | undefined => readAs(ClickChange, text);
