import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';

const leaseMs = 6_000;
export const renewEveryMs = 2_000;

/** KEYS: lease. ARGV: owner, ms. Takes a free lease or prolongs one's own. */
const takeOrRenew = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** Another connector reads this PBX, or Redis forgot that we do. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor() {
    super('The lease of this PBX is lost: another connector may be reading it.');
  }
}

/** The right to read one PBX, held by one connector at a time and given up when it dies. */
export class Lease {
  readonly key: string;
  readonly owner = `process ${process.pid} on ${hostname()} ${randomUUID()}`;
  readonly #redis: Redis;
  #provenAtMs = 0;

  constructor(redis: Redis, pbxId: string) {
    this.#redis = redis;
    this.key = `ringflow:pbx:${pbxId}:lease`;
  }

  /** @returns false while another connector holds it */
  async take(): Promise<boolean> {
    const askedAtMs = Date.now();
    const taken = (await this.#redis.eval(takeOrRenew, 1, this.key, this.owner, leaseMs)) === 1;
    if (taken) this.#provenAtMs = askedAtMs;
    return taken;
  }

  /** Nobody has confirmed it for so long that another may have taken it. */
  get hasRunOut(): boolean {
    return Date.now() - this.#provenAtMs > leaseMs - renewEveryMs / 2;
  }

  /** Who holds it, for people: which process on which machine; undefined if nobody does. */
  async holder(): Promise<string | undefined> {
    const owner = await this.#redis.get(this.key);
    return owner?.replace(/ \S+$/, '');
  }

  /** Prolongs the lease when it is time to. @throws LeaseLost */
  async keep(): Promise<void> {
    if (Date.now() - this.#provenAtMs < renewEveryMs) return;
    if (!(await this.take())) throw new LeaseLost();
  }

  async release(): Promise<void> {
    await this.#redis.eval(release, 1, this.key, this.owner);
  }
}
