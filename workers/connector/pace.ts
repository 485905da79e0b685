/** While something happens: what a row tells must be known soon. */
const awakePauseMs = 40;
/** Right after a silence has ended: AMI and row of one moment come within 7 ms, either of them first. */
const wakingPausesMs = [5, 10, 20];
/** While AMI tells of nothing, no call can have a new row. */
const quietPauseMs = 500;
/** So long after the last sign of a call more of it may come. */
const awakeForMs = 5_000;
/** A row of which AMI told nothing: it may not be permitted to, or another Asterisk writes into this table too. */
const distrustedForMs = 10 * 60_000;

/**
 * When to look into the CEL table next. Where AMI is there it wakes whoever looks; the truth stays the table, which is
 * looked into all the same, only rarely while AMI is silent. Times are ms of a clock that nobody sets.
 */
export class Pace {
  /** AMI would tell. */
  #isListening = false;
  #distrustedUntilMs = -Infinity;
  #signAtMs = -Infinity;
  /** How many pauses there were since a silence ended. */
  #pauses = 0;
  #wake: () => void = () => undefined;

  /** @param isListening AMI is there, or is there no more */
  listens(isListening: boolean, nowMs = performance.now()): void {
    this.#isListening = isListening;
    this.#sign(nowMs);
  }

  /** AMI tells that something happens, whatever it is. */
  stirs(nowMs = performance.now()): void {
    this.#sign(nowMs);
  }

  /** Rows that nobody had read before. */
  rowsCame(nowMs = performance.now()): void {
    if (this.#isListening && this.#isQuiet(nowMs)) this.#distrustedUntilMs = nowMs + distrustedForMs;
    this.#sign(nowMs);
  }

  /** How long to wait before the table is looked into again. */
  pauseMs(nowMs = performance.now()): number {
    const isTrusted = this.#isListening && nowMs >= this.#distrustedUntilMs;
    if (isTrusted && this.#isQuiet(nowMs)) return quietPauseMs;
    return wakingPausesMs[this.#pauses++] ?? awakePauseMs;
  }

  /** Waits so long; less if AMI tells something after a silence, or `stopping` is aborted. */
  async pause(stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return;
    const ms = this.pauseMs();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#wake(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', this.#wake);
        this.#wake = () => undefined;
        resolve();
      };
      stopping.addEventListener('abort', this.#wake);
    });
  }

  #isQuiet(nowMs: number): boolean {
    return nowMs - this.#signAtMs > awakeForMs;
  }

  #sign(nowMs: number): void {
    const wasQuiet = this.#isQuiet(nowMs);
    this.#signAtMs = nowMs;
    if (!wasQuiet) return;
    this.#pauses = 0;
    this.#wake();
  }
}
