/** While something happens: what a row tells must be known soon, also where AMI is away. */
const awakePauseMs = 40;
/** A process that reads many PBXs asks each of them less often: it must not be busy with asking alone. */
const pausePerPbxMs = 5;
const longestAwakePauseMs = 500;
/** While AMI tells of nothing, no call can have a new row. */
const quietPauseMs = 1_000;
/** A row can be read some 4 ms after AMI has told of the same moment, 7 ms at most but on a busy machine. */
const rowComesAfterMs = 6;
/** A busy PBX tells something all the time. */
const leastPauseMs = 20;
/** So long after the last sign of a call more of it may come. */
const awakeForMs = 5_000;
/** A row of which AMI told nothing: it may not be permitted to, or another Asterisk writes into this table too. */
const distrustedForMs = 10 * 60_000;

/**
 * When to look into the CEL table next. Where AMI is there it calls whoever looks; the truth stays the table, which is
 * looked into all the same, only rarely while AMI is silent. Times are ms of a clock that nobody sets.
 */
export class Pace {
  /** AMI would tell. */
  #isListening = false;
  #distrustedUntilMs = -Infinity;
  #signAtMs = -Infinity;
  /** Makes a pause that goes on end in so many ms, if it would not before. */
  #shorten: (ms: number) => void = () => undefined;
  readonly #pbxsRead: () => number;

  /** @param pbxsRead how many PBXs this process reads now */
  constructor(pbxsRead: () => number) {
    this.#pbxsRead = pbxsRead;
  }

  /** @param isListening AMI is there, or is there no more */
  listens(isListening: boolean, nowMs = performance.now()): void {
    this.#isListening = isListening;
    this.#signAtMs = nowMs;
    this.#shorten(this.#awakePauseMs());
  }

  /** AMI tells that something happens, whatever it is. */
  stirs(nowMs = performance.now()): void {
    this.#signAtMs = nowMs;
    this.#shorten(rowComesAfterMs);
  }

  /** Rows that nobody had read before. */
  rowsCame(nowMs = performance.now()): void {
    if (this.#isListening && this.#isQuiet(nowMs)) this.#distrustedUntilMs = nowMs + distrustedForMs;
    this.#signAtMs = nowMs;
  }

  /** How long to wait before the table is looked into again, if AMI tells of nothing meanwhile. */
  pauseMs(nowMs = performance.now()): number {
    const isTrusted = this.#isListening && nowMs >= this.#distrustedUntilMs;
    return isTrusted && this.#isQuiet(nowMs) ? quietPauseMs : this.#awakePauseMs();
  }

  /**
   * Waits so long, or until shortly after AMI has told something, or until `stopping` is aborted.
   *
   * @param mostMs no longer than this: what was seen already may be due
   */
  async pause(stopping: AbortSignal, mostMs = Infinity): Promise<void> {
    if (stopping.aborted) return;
    const beganMs = performance.now();
    let endsMs = beganMs + Math.min(this.pauseMs(beganMs), Math.max(mostMs, leastPauseMs));
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', end);
        this.#shorten = () => undefined;
        resolve();
      };
      let timer = setTimeout(end, endsMs - beganMs);
      stopping.addEventListener('abort', end);
      this.#shorten = (ms) => {
        const nowMs = performance.now();
        const soonerMs = Math.max(nowMs + ms, beganMs + leastPauseMs);
        if (soonerMs >= endsMs) return;
        endsMs = soonerMs;
        clearTimeout(timer);
        timer = setTimeout(end, soonerMs - nowMs);
      };
    });
  }

  #awakePauseMs(): number {
    return Math.min(longestAwakePauseMs, Math.max(awakePauseMs, this.#pbxsRead() * pausePerPbxMs));
  }

  #isQuiet(nowMs: number): boolean {
    return nowMs - this.#signAtMs > awakeForMs;
  }
}
