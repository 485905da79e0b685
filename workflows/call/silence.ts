import { sleep } from '@temporalio/workflow';

/**
 * How long nothing has been heard. Few timers for many rows: a running one is not set anew with each row, but looks
 * when it fires whether something was heard since.
 */
export class Silence {
  #allowedMs = Number.POSITIVE_INFINITY;
  #beganAtMs = Date.now();
  #firesAtMs = Number.POSITIVE_INFINITY;
  isOver = false;

  /** Something was heard. */
  begin(): void {
    this.isOver = false;
    this.#beganAtMs = Date.now();
  }

  /** @param allowedMs after so much silence `isOver` becomes true */
  allow(allowedMs: number): void {
    this.#allowedMs = allowedMs;
    this.#watch();
  }

  #watch(): void {
    const overAtMs = this.#beganAtMs + this.#allowedMs;
    if (overAtMs >= this.#firesAtMs) return;
    this.#firesAtMs = overAtMs;
    void sleep(Math.max(1, overAtMs - Date.now())).then(() => this.#fire(overAtMs));
  }

  #fire(firedAtMs: number): void {
    if (this.#firesAtMs !== firedAtMs) return; // an earlier one was set since
    this.#firesAtMs = Number.POSITIVE_INFINITY;
    this.isOver = Date.now() >= this.#beganAtMs + this.#allowedMs;
    if (!this.isOver) this.#watch();
  }
}
