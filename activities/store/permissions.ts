import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { KeyRing } from './key-ring.ts';

/** What passes between a browser, the API and the token actors while an account is connected; short-lived, in Redis. */
export type Permissions = ReturnType<typeof createPermissions>;

export type PassKind = 'link' | 'state';

/** For which account somebody may allow the integration. */
export interface Pass {
  accountId: string;
  /** Where they come from, and are told what comes of it: a page of the settings, or one of its own. */
  from: 'command' | 'page';
}

/** What became of a permission, in words for the person who gave it. */
export type PermissionOutcome = { result: 'connected' | 'pending' | 'refused'; words: string };

const passSeconds = { link: 20 * 60, state: 15 * 60 } as const;
/** A code lives 20 minutes (contract 2.1). */
const codeSeconds = 20 * 60;
const outcomeSeconds = 10 * 60;

export function createPermissions(redis: Redis, ring: KeyRing) {
  // what proves something is known to its holder alone: here stands its hash
  const passKey = (kind: PassKind, key: string) =>
    `ringflow:oauth:${kind}:${createHash('sha256').update(key).digest('base64url')}`;
  const codeKey = (ref: string) => `ringflow:oauth:code:${ref}`;
  const outcomeKey = (ref: string) => `ringflow:oauth:outcome:${ref}`;

  return {
    /** @returns what proves once, for a while, that the account may be connected */
    async issue(kind: PassKind, pass: Pass): Promise<string> {
      const key = randomBytes(24).toString('base64url');
      await redis.set(passKey(kind, key), JSON.stringify(pass), 'EX', passSeconds[kind]);
      return key;
    },

    /** @returns for what it was issued, undefined if that is over or never was */
    async redeem(kind: PassKind, key: string): Promise<Pass | undefined> {
      const json = await redis.getdel(passKey(kind, key));
      return json === null ? undefined : (JSON.parse(json) as Pass);
    },

    /** Keeps a code of amoCRM encrypted. @returns by what it is found. @throws SecretKeyError */
    async keepCode(code: string): Promise<string> {
      const ref = randomBytes(12).toString('base64url');
      const { keyId, ciphertext } = ring.seal(codeKey(ref), code);
      await redis.set(codeKey(ref), `${keyId}.${ciphertext.toString('base64')}`, 'EX', codeSeconds);
      return ref;
    },

    /** @throws SecretKeyError */
    async code(ref: string): Promise<string | undefined> {
      const text = await redis.get(codeKey(ref));
      if (text === null) return undefined;
      const [keyId = '', base64 = ''] = text.split('.');
      return ring.open(codeKey(ref), { keyId, ciphertext: Buffer.from(base64, 'base64') });
    },

    /** Tells whoever waits; the code is forgotten. */
    async settle(ref: string, outcome: PermissionOutcome): Promise<void> {
      await redis.multi().set(outcomeKey(ref), JSON.stringify(outcome), 'EX', outcomeSeconds).del(codeKey(ref)).exec();
    },

    async outcome(ref: string): Promise<PermissionOutcome | undefined> {
      const json = await redis.get(outcomeKey(ref));
      return json === null ? undefined : (JSON.parse(json) as PermissionOutcome);
    },

    /** @returns false if more than that many have come from there within this minute */
    async mayInstall(source: string, mostPerMinute: number): Promise<boolean> {
      const key = `ringflow:oauth:installs:${source}:${Math.floor(Date.now() / 60_000)}`;
      const answers = await redis.multi().incr(key).expire(key, 120).exec();
      return Number(answers?.[0]?.[1]) <= mostPerMinute;
    },
  };
}
