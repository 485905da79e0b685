import type { LiveChannel } from '../../activities/asterisk/ami/channels.ts';
import type { RawCel } from '../../activities/asterisk/cel-table.ts';

/** A row comes within half a second of its event, also on a PBX that is overloaded. */
const patienceMs = 20_000;
/** By so much the event and the row of one moment may change places. */
const shuffledMs = 2_000;
/** Ids of channels that are remembered. */
const mostIds = 10_000;

/**
 * Asterisk writes CEL for each of these from its first moment (CHAN_START, also for the halves of Local channels and for
 * what AMI originates). It writes none for the voices of conferences and the like (cel.c: announcers and recorders), which
 * AMI shows all the same.
 */
const writesCel = /^(PJSIP|SIP|IAX2|DAHDI|SCCP|OOH323|H323|MGCP|Skinny|Local)\//;

/**
 * Compares two witnesses of one PBX: AMI shows channels, and each of them must have rows in CEL. A channel without a row
 * long after its beginning, while the table is read to its end and holds nothing later of this Asterisk, means that
 * Asterisk can't write CEL: what happens meanwhile is lost for good.
 */
export class CelWitness {
  /** Channels without a row, by uniqueid, and since when, ms UTC. */
  readonly #awaited = new Map<string, number>();
  /** Uniqueids and linkedids that AMI has shown: rows of others may be those of another Asterisk. */
  readonly #shown = new Set<string>();
  /** Uniqueids of which rows were read: a row may come before its channel is shown. */
  readonly #written = new Set<string>();
  #isListening = false;
  /** Rows of what began before may have been passed over. */
  #isReading = false;
  #missingSinceMs: number | null;
  readonly #tell: (missingSinceMs: number | null) => void;

  /**
   * @param missingSinceMs what was known before
   * @param tell since when calls have no rows; null: rows come
   */
  constructor(missingSinceMs: number | null, tell: (missingSinceMs: number | null) => void) {
    this.#missingSinceMs = missingSinceMs;
    this.#tell = tell;
    tell(missingSinceMs);
  }

  /** AMI is there. @param channels that there are; when they began nobody knows */
  listens(channels: readonly LiveChannel[]): void {
    this.#isListening = true;
    for (const channel of channels) this.#show(channel);
  }

  /** What is not seen can't be awaited. */
  listensNoMore(): void {
    this.#isListening = false;
    this.#awaited.clear();
  }

  channelBegan(channel: LiveChannel, atMs: number): void {
    this.#show(channel);
    const isAwaited = this.#isReading && writesCel.test(channel.name) && !this.#written.has(channel.uniqueid);
    if (isAwaited && this.#awaited.size < mostIds) this.#awaited.set(channel.uniqueid, atMs);
  }

  rowsRead(rows: readonly RawCel[], atMs: number): void {
    for (const { uniqueid } of rows) {
      remember(this.#written, uniqueid);
      this.#awaited.delete(uniqueid);
    }
    if (this.#isListening && !rows.some((row) => this.#shown.has(row.uniqueid) || this.#shown.has(row.linkedid)))
      return;
    for (const [uniqueid, sinceMs] of this.#awaited) {
      if (sinceMs < atMs - shuffledMs) this.#awaited.delete(uniqueid); // lost, and rows come again
    }
    this.#become(null);
  }

  /** @param atMs all rows that were there then have been read */
  readWhole(atMs: number): void {
    this.#isReading = true;
    const [oldestMs] = this.#awaited.values(); // in the order in which they began
    if (this.#missingSinceMs === null && oldestMs !== undefined && oldestMs <= atMs - patienceMs)
      this.#become(oldestMs);
  }

  #show({ uniqueid, linkedid }: LiveChannel): void {
    remember(this.#shown, uniqueid);
    remember(this.#shown, linkedid);
  }

  #become(missingSinceMs: number | null): void {
    if (missingSinceMs === this.#missingSinceMs) return;
    this.#missingSinceMs = missingSinceMs;
    this.#tell(missingSinceMs);
  }
}

function remember(ids: Set<string>, id: string | null | undefined): void {
  if (!id) return;
  ids.delete(id);
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > mostIds && oldest !== undefined) ids.delete(oldest);
}
