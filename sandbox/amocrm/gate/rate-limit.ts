const blockWindowMs = 60_000;

export type RateVerdict = 'pass' | 'too-fast' | 'blocked';

/** amoCRM's limit on one integration: so many requests in any second, and a block for who doesn't listen. */
export class RateLimit {
  readonly #requestsPerSecond: number;
  readonly #overrunsBeforeBlock: number;
  readonly #now: () => number;
  #passed: number[] = [];
  #refused: number[] = [];
  #isBlocked = false;

  constructor(requestsPerSecond: number, overrunsBeforeBlock: number, now: () => number) {
    this.#requestsPerSecond = requestsPerSecond;
    this.#overrunsBeforeBlock = overrunsBeforeBlock;
    this.#now = now;
  }

  /** Counts one request and tells what becomes of it. */
  take(): RateVerdict {
    if (this.#isBlocked) return 'blocked';
    const now = this.#now();
    this.#passed = this.#passed.filter((at) => at > now - 1000);
    if (this.#passed.length < this.#requestsPerSecond) {
      this.#passed.push(now);
      return 'pass';
    }
    this.#refused = this.#refused.filter((at) => at > now - blockWindowMs);
    this.#refused.push(now);
    this.#isBlocked = this.#refused.length > this.#overrunsBeforeBlock;
    return this.#isBlocked ? 'blocked' : 'too-fast';
  }

  /** What the vendor's support does for a blocked account. */
  reset(): void {
    this.#passed = [];
    this.#refused = [];
    this.#isBlocked = false;
  }
}
