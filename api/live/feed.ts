import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type LiveCalls, liveChannel, readLiveChange } from '../../activities/store/live-calls.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import type { LiveCall, LiveChange, LiveEntry } from '../../proto/live-call.ts';

export interface Follower {
  onChange(change: LiveChange): void;
  /** Changes can't be heard any more: whoever follows begins anew. */
  onLost(): void;
}

export type LiveFeed = ReturnType<typeof createLiveFeed>;

/** Whatever was missed is seen by then. */
const readAgainMs = 10_000;

/**
 * The calls that go on, as this process knows them: one subscription for all who follow, begun with the first of them.
 * What is present and the changes that follow fit together, since both are told from here.
 */
export function createLiveFeed(redis: Redis, live: LiveCalls, pbxs: Pick<KnownPbxs, 'list'>, logger: Logger) {
  const present = new Map<string, LiveEntry>();
  const followers = new Set<Follower>();
  /** What was changed while it was read: then the change is newer. */
  let touched: Set<string> | undefined;
  let subscriber: Redis | undefined;
  let catchingUp: Promise<void> | undefined;
  /** How often changes could not be heard. */
  let losses = 0;
  /** False: changes may have been missed since it was read last. */
  let isHeard = false;

  const apply = (change: LiveChange): void => {
    const key = keyOf(change);
    const known = present.get(key);
    if (change.entry) {
      if (known && known.teller === change.entry.teller && known.atMs > change.entry.atMs) return;
      present.set(key, change.entry);
    } else present.delete(key);
    for (const follower of followers) follower.onChange(change);
  };

  const hear = (text: string): void => {
    const change = readLiveChange(text);
    if (!change) return;
    touched?.add(keyOf(change));
    apply(change);
  };

  /** As long as Redis, which was emptied, is not whole again, what is known stays. */
  const read = async (): Promise<void> => {
    touched = new Set();
    const news = touched;
    const found = new Map<string, LiveEntry>();
    const kept = new Set<string>();
    for (const { id } of await pbxs.list()) {
      const { entries, isWhole } = await live.read(id);
      for (const entry of entries) found.set(keyOf(entry.call), entry);
      if (!isWhole) kept.add(id);
    }
    for (const [key, entry] of found) {
      if (!news.has(key) && JSON.stringify(entry) !== JSON.stringify(present.get(key))) {
        apply({ ...nameOf(entry.call), entry, isInJournal: false });
      }
    }
    for (const [key, { call }] of present) {
      if (found.has(key) || news.has(key) || kept.has(call.pbxId)) continue;
      apply({ ...nameOf(call), entry: null, isInJournal: true });
    }
  };

  /** One for all who wait for it. Only what is read once changes are heard again fits together with them. */
  const catchUp = (listening: Redis): Promise<void> => {
    const lossesBefore = losses;
    const whole = async () => {
      await listening.subscribe(liveChannel);
      await read();
      isHeard = losses === lossesBefore;
    };
    catchingUp ??= whole().finally(() => {
      catchingUp = undefined;
      touched = undefined;
    });
    return catchingUp;
  };

  const lose = (): void => {
    losses++;
    isHeard = false;
    for (const follower of [...followers]) follower.onLost();
  };

  const begin = (): Redis => {
    const listening = redis.duplicate();
    listening.on('error', () => undefined); // told by the connection that it is a double of
    listening.on('close', lose);
    listening.on('message', (_, text: string) => hear(text));
    void keepReading(listening);
    return listening;
  };

  const keepReading = async (listening: Redis): Promise<void> => {
    for (;;) {
      await sleep(readAgainMs, undefined, { ref: false });
      if (subscriber !== listening) return;
      await catchUp(listening).catch((error: Error) => {
        logger.warn(`Which calls go on can't be read (${error.message}): trying again.`);
        lose();
      });
    }
  };

  return {
    /** Resolves when what is present is known and changes are heard. @throws if Redis or MySQL can't be used */
    async ready(): Promise<void> {
      subscriber ??= begin();
      if (!isHeard) await catchUp(subscriber);
      if (!isHeard) throw new Error('Changes of calls are not heard: Redis is away.');
    },

    get calls(): LiveCall[] {
      return [...present.values()].map(({ call }) => call);
    },

    /** @returns ends it */
    follow(follower: Follower): () => void {
      followers.add(follower);
      return () => void followers.delete(follower);
    },

    close(): void {
      lose();
      subscriber?.disconnect();
      subscriber = undefined;
    },
  };
}

type CallName = Pick<LiveCall, 'pbxId' | 'linkedid'>;
const nameOf = ({ pbxId, linkedid }: CallName): CallName => ({ pbxId, linkedid });
const keyOf = ({ pbxId, linkedid }: CallName): string => `${pbxId} ${linkedid}`;
