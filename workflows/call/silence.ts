import { condition, sleep } from '@temporalio/workflow';

/**
 * How long nothing has been heard. Few timers for many rows: a running one is not set anew with each row, but looks
 * when it fires whether something was heard since.
 */
export class Silence {
  #allowedMs = Number.POSITIVE_INFINITY;
  #beganAtMs = Date.now();
  #firesAtMs = Number.POSITIVE_INFINITY;
  #isOver = false;

  /** @returns true when there is news, false if there was none for `allowedMs` */
  async isBrokenBy(isNews: () => boolean, allowedMs: number): Promise<boolean> {
    this.#allowedMs = allowedMs;
    this.#watch();
    await condition(() => isNews() || this.#isOver);
    if (!isNews()) return false;
    this.#isOver = false;
    this.#beganAtMs = Date.now();
    return true;
  }

  #watch(): void {
    const overAtMs = this.#beganAtMs + this.#allowedMs;
    if (overAtMs >= this.#firesAtMs) return;
    this.#firesAtMs = overAtMs;
    const nobodyWaits = () => undefined; // the call was cancelled
    void sleep(Math.max(1, overAtMs - Date.now())).then(() => this.#fire(overAtMs), nobodyWaits);
  }

  #fire(firedAtMs: number): void {
    if (this.#firesAtMs !== firedAtMs) return; // an earlier one was set since
    this.#firesAtMs = Number.POSITIVE_INFINITY;
    this.#isOver = Date.now() >= this.#beganAtMs + this.#allowedMs;
    if (!this.#isOver) this.#watch();
  }
}
