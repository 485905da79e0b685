import type { Redis } from 'ioredis';
import { type LiveCall, LiveChange, LiveEntry } from '../../proto/live-call.ts';
import { readAs } from './read-as.ts';

/** How long a call that is over is not believed to go on, whoever says so late. */
const overRememberedSeconds = 3_600;

/** Where changes are told to all who follow calls. */
export const liveChannel = 'ringflow:live';

const namesOf = (pbxId: string) => ({
  calls: `ringflow:live:${pbxId}`,
  over: (linkedid: string) => `ringflow:live:${pbxId}:over:${linkedid}`,
  whole: `ringflow:live:${pbxId}:whole`,
  turn: `ringflow:live:${pbxId}:turn`,
});

/**
 * KEYS: calls, mark of its end. ARGV: linkedid, teller, ms, 1 if the teller is the call's own actor, entry, channel, change.
 * The actor of an older call that this one was joined to knows more than its own.
 */
const tell = `
local overAt = redis.call('GET', KEYS[2])
if overAt and tonumber(overAt) >= tonumber(ARGV[3]) then return 0 end
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  known = cjson.decode(known)
  if known.teller == ARGV[2] and known.atMs > tonumber(ARGV[3]) then return 0 end
  if known.teller ~= ARGV[2] and ARGV[4] == '1' then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
redis.call('PUBLISH', ARGV[6], ARGV[7])
return 1`;

/** KEYS: calls, mark of its end. ARGV: linkedid, ms, seconds to keep the mark, channel, change. */
const over = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
local atMs = tonumber(ARGV[2])
if known then atMs = math.max(atMs, cjson.decode(known).atMs) end
redis.call('SET', KEYS[2], string.format('%.0f', atMs), 'EX', ARGV[3])
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[4], ARGV[5])`;

/** KEYS: calls. ARGV: linkedid, teller, channel, change. */
const letGo = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known or cjson.decode(known).teller ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1`;

export type LiveCalls = ReturnType<typeof createLiveCalls>;

/** The calls that go on, of each PBX, in Redis: whatever happens there is filled again from Temporal. */
export function createLiveCalls(redis: Redis) {
  const changeOf = (pbxId: string, linkedid: string, entry: LiveEntry | null, isInJournal: boolean): string =>
    JSON.stringify({ pbxId, linkedid, entry, isInJournal } satisfies LiveChange);

  return {
    /**
     * @param teller id of the workflow that tells it
     * @param atMs when, by Temporal's clock
     * @param isOwn whether that is the actor of the call itself
     */
    async tell(call: LiveCall, { teller, atMs, isOwn }: { teller: string; atMs: number; isOwn: boolean }) {
      const { pbxId, linkedid } = call;
      const names = namesOf(pbxId);
      const entry: LiveEntry = { call, teller, atMs };
      const told = [linkedid, teller, atMs, isOwn ? 1 : 0, JSON.stringify(entry)];
      const change = changeOf(pbxId, linkedid, entry, false);
      await redis.eval(tell, 2, names.calls, names.over(linkedid), ...told, liveChannel, change);
    },

    async over(pbxId: string, linkedid: string, isInJournal: boolean): Promise<void> {
      const names = namesOf(pbxId);
      const change = changeOf(pbxId, linkedid, null, isInJournal);
      const told = [linkedid, Date.now(), overRememberedSeconds, liveChannel, change];
      await redis.eval(over, 2, names.calls, names.over(linkedid), ...told);
    },

    /** What this teller has told of the call goes; what another has told stays. */
    async letGo(pbxId: string, linkedid: string, teller: string): Promise<void> {
      const change = changeOf(pbxId, linkedid, null, false);
      await redis.eval(letGo, 1, namesOf(pbxId).calls, linkedid, teller, liveChannel, change);
    },

    /** @returns `isWhole` false if Redis was emptied, or nobody has filled it yet: then calls may be missing */
    async read(pbxId: string): Promise<{ entries: LiveEntry[]; isWhole: boolean }> {
      const names = namesOf(pbxId);
      const [calls, whole] = (await redis.multi().hgetall(names.calls).exists(names.whole).exec()) ?? [];
      const texts = Object.values((calls?.[1] ?? {}) as Record<string, string>);
      return { entries: texts.flatMap((text) => readAs(LiveEntry, text) ?? []), isWhole: whole?.[1] === 1 };
    },

    /** Whoever gets the turn compares with Temporal. Whenever Redis was emptied it is somebody's at once. */
    async takeTurn(pbxId: string, everyMs: number): Promise<boolean> {
      return (await redis.set(namesOf(pbxId).turn, '1', 'PX', everyMs, 'NX')) === 'OK';
    },

    async noteWhole(pbxId: string): Promise<void> {
      await redis.set(namesOf(pbxId).whole, '1');
    },
  };
}

export const readLiveChange = (text: string): LiveChange | undefined => readAs(LiveChange, text);
