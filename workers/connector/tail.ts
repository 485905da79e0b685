import type { Logger } from 'pino';
import type { CelPage, CelTable, RawCel } from '../../activities/asterisk/cel-table.ts';
import { rereadMs } from '../../activities/store/losses.ts';
import { type CelRow, readCelRow } from '../../proto/cel.ts';
import type { PbxDescription } from '../../proto/pbx.ts';
import { pbxTimeToUtcMs } from '../../proto/pbx-time.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { anchorOf, beginAtNewest, followRestart, rereadFrom } from './beginning.ts';
import { type Anchor, advance, type Cursor, idsRestarted, nextReadFrom } from './cursor.ts';
import type { CursorStore } from './cursor-store.ts';
import type { CallRows, Delivery } from './deliver.ts';
import { beganBefore, clockSkewMs, isFresh, zoneErrorMs } from './freshness.ts';
import type { Lease } from './lease.ts';
import type { Pace } from './pace.ts';
import { Patience } from './patience.ts';
import type { ReadingReport } from './report.ts';

/** Who is told how the reading goes. */
export interface TailReport extends Pick<ReadingReport, 'begun'> {
  /**
   * The table was read and what it held was delivered.
   *
   * @param untilMs all rows that were written before are delivered. @param isWhole false: more rows wait
   */
  looked(untilMs: number, isWhole: boolean): void;
  rowsCame(rows: readonly RawCel[]): void;
  /** Rows that were not there at the last look, which saw all: they have just been written, or restored. */
  rowsAppeared(rows: readonly CelRow[], atMs: number): void;
}

export interface TailParts {
  table: CelTable;
  cursors: CursorStore;
  lease: Lease;
  delivery: Delivery;
  report: TailReport;
  pbx: PbxDescription;
  logger: Logger;
  /** Between two looks into the table. */
  pace: Pick<Pace, 'pause'>;
  /** Where the rows are brought to. */
  temporal: TemporalSeen;
}

export interface TemporalSeen {
  /** Of the namespace, as it was when reading began. */
  id: string;
  /** Asked as often as one likes. @throws if it is another one by now */
  demandSame(): Promise<void>;
}

/** Few enough that the cursor moves every few seconds even when Temporal is slow. */
const pageRows = 500;
/** One signal carries at most so many rows: Temporal limits the size of a message. */
const signalRows = 100;
const signalsAtOnce = 20;
const caughtUpForMs = 2_000;

/** Reads the CEL table to its end, again and again, and brings each row to its call. */
export class CelTail {
  readonly #parts: TailParts;
  #cursor: Cursor = { anchor: null, gaps: [] };
  #zoneErrorMs = 0;
  #skewMs = 0;
  readonly #patience = new Patience();
  /** When a read that reached the end of the table last began. */
  #caughtUpAtMs = 0;
  /** Rows up to this one were there when the table was looked into after a while: nobody knows since when. */
  #thereUntilId = 0;

  readonly #sayUnreadable: (message: string) => void;

  constructor(parts: TailParts) {
    this.#parts = parts;
    this.#sayUnreadable = sayOnce((message) => parts.logger.error(message));
  }

  /**
   * Runs until `stopping` is aborted.
   *
   * @param onReading called once the first page has been delivered
   * @throws what the databases, Redis or Temporal throw, and LeaseLost; nothing is lost by running anew
   */
  async run(stopping: AbortSignal, onReading: () => void): Promise<void> {
    const { table, cursors, lease, pbx, report, pace, temporal } = this.#parts;
    const stored = await cursors.load();
    const cursor = stored ? await this.#takeUp(stored) : await beginAtNewest(table, Date.now());
    this.#cursor = { ...cursor, temporalId: temporal.id };
    await cursors.save(this.#cursor, lease);
    report.begun(pbxTimeToUtcMs(this.#cursor.anchor?.eventTime ?? '', pbx.timezone) ?? null);
    this.#sayWhereReadingBegins(stored !== undefined);
    let isFirstStep = true;
    while (!stopping.aborted) {
      await lease.keep();
      await temporal.demandSame();
      const wasFull = await this.#step();
      if (isFirstStep) onReading();
      isFirstStep = false;
      if (!wasFull) await pace.pause(stopping, this.#patience.leftMs(performance.now()));
    }
    await cursors.close(this.#cursor);
  }

  async #takeUp(stored: Cursor): Promise<Cursor> {
    const { table, pbx, logger } = this.#parts;
    const fromMs = this.#rereadFromMs(stored);
    if (fromMs === undefined) return stored;
    const why =
      stored.rereadFromMs === undefined ? "Temporal's database was lost" : 'the database came back from a copy';
    logger.warn({ from: new Date(fromMs) }, `${why}: rows since before that are read again`);
    return rereadFrom(table, stored, fromMs, pbx.timezone);
  }

  /** Undefined: what was read is with Temporal. */
  #rereadFromMs({ rereadFromMs, temporalId, anchor }: Cursor): number | undefined {
    const { temporal, pbx } = this.#parts;
    if (rereadFromMs !== undefined) return rereadFromMs;
    if (temporalId === undefined || temporalId === temporal.id || anchor === null) return undefined;
    const lastReadMs = pbxTimeToUtcMs(anchor.eventTime, pbx.timezone) ?? Date.now();
    return lastReadMs - rereadMs;
  }

  /** @returns whether more rows wait */
  async #step(): Promise<boolean> {
    const { table, report } = this.#parts;
    const askedAtMs = Date.now();
    const page = await table.read(nextReadFrom(this.#cursor), this.#cursor.gaps, pageRows);
    const isFull = page.rows.length >= pageRows;
    const reachesAnchor = !isFull || (page.rows.at(-1)?.id ?? 0) >= nextReadFrom(this.#cursor);
    if (reachesAnchor && (await this.#followIfRestarted(page))) return true;
    const unread = page.rows.filter((row) => row.id !== this.#cursor.anchor?.id);
    if (!this.#isCaughtUp()) this.#thereUntilId = Math.max(this.#thereUntilId, ...unread.map(({ id }) => id));
    const due = this.#due(unread, isFull);
    if (due.length > 0) await this.#take(due, page.databaseNowMs, askedAtMs);
    if (!isFull) this.#caughtUpAtMs = askedAtMs;
    const wholeUntilMs = askedAtMs - this.#patience.waitingForMs(performance.now());
    report.looked(isFull ? this.#writtenAtMs(page.rows.at(-1), askedAtMs) : wholeUntilMs, !isFull);
    return isFull;
  }

  /** @param isFull a backlog: nothing of it waits for more */
  #due(unread: RawCel[], isFull: boolean): RawCel[] {
    if (!isFull) return this.#patience.due(unread, performance.now());
    this.#patience.clear();
    return unread;
  }

  /** By the clock of the PBX. @param otherwiseMs of a row that does not say */
  #writtenAtMs(row: RawCel | undefined, otherwiseMs: number): number {
    const eventAtMs = pbxTimeToUtcMs(row?.eventtime ?? '', this.#parts.pbx.timezone);
    return eventAtMs === undefined ? otherwiseMs : Math.min(eventAtMs - this.#zoneErrorMs, otherwiseMs);
  }

  /** Delivers the rows; only then the cursor moves. What waits before them is read again like a row that came late. */
  async #take(unread: RawCel[], databaseNowMs: number, readAtMs: number): Promise<void> {
    const { cursors, lease, report } = this.#parts;
    report.rowsCame(unread);
    const rows = await this.#parse(unread);
    const hasAppeared = ({ id }: CelRow) => id > this.#thereUntilId;
    const appeared = rows.filter(hasAppeared);
    if (appeared.length > 0) report.rowsAppeared(appeared, readAtMs);
    const young = this.#withoutBackup(rows);
    this.#noteZone(young);
    this.#noteSkew(young.filter(hasAppeared), databaseNowMs);
    await this.#deliver(young, databaseNowMs, readAtMs);
    this.#cursor = advance(this.#cursor, unread.map(anchorOf), Date.now());
    await cursors.save(this.#cursor, lease);
  }

  async #followIfRestarted(page: CelPage): Promise<boolean> {
    const { table, cursors, lease, logger } = this.#parts;
    const { anchor } = this.#cursor;
    if (anchor === null) return false;
    const row = page.rows.find(({ id }) => id === anchor.id);
    if (!idsRestarted(anchor, row && anchorOf(row), row ? undefined : await this.#edges())) return false;
    this.#cursor = await followRestart(table, this.#cursor);
    [this.#caughtUpAtMs, this.#thereUntilId] = [0, 0];
    await cursors.save(this.#cursor, lease);
    const fromId = nextReadFrom(this.#cursor);
    logger.warn({ lastId: anchor.id, fromId }, 'the ids of the CEL table restarted (emptied or restored): following');
    return true;
  }

  #withoutBackup(rows: CelRow[]): CelRow[] {
    const young = rows.filter((row) => !beganBefore(row, this.#cursor.beganAtMs));
    const passedOver = rows.length - young.length;
    if (passedOver > 0) {
      this.#parts.logger.info(
        { rows: passedOver },
        'passed over rows of calls that are older than the reading of this PBX',
      );
    }
    return young;
  }

  async #edges(): Promise<{ first: Anchor; newest: Anchor } | undefined> {
    const { table } = this.#parts;
    const [first, newest] = [await table.firstFrom(0), await table.newest()];
    return first && newest && { first: anchorOf(first), newest: anchorOf(newest) };
  }

  /** A row that can't be read is kept and told: nobody knows whose it is. */
  async #parse(raws: readonly RawCel[]): Promise<CelRow[]> {
    const { pbx, delivery } = this.#parts;
    const readings = raws.map((raw) => ({ raw, reading: readCelRow(raw, pbx.timezone) }));
    const unreadable = readings.filter(({ reading }) => 'refused' in reading);
    if (unreadable.length > 0) await delivery.keepUnreadable(unreadable.map(({ raw }) => raw));
    for (const { reading } of unreadable) {
      if ('refused' in reading) {
        this.#sayUnreadable(`${reading.refused}. Such rows are kept in late_rows, their calls are told without them`);
      }
    }
    return readings.flatMap(({ reading }) => ('row' in reading ? [reading.row] : []));
  }

  async #deliver(rows: readonly CelRow[], databaseNowMs: number, readAtMs: number): Promise<void> {
    const errorMs = this.#zoneErrorMs - this.#skewMs;
    const batches = byCall(rows, readAtMs, (group) => isFresh(group, databaseNowMs, errorMs));
    for (let i = 0; i < batches.length; i += signalsAtOnce) {
      await this.#parts.lease.keep();
      const together = batches.slice(i, i + signalsAtOnce);
      await Promise.all(together.map((batch) => this.#deliverInParts(batch, databaseNowMs)));
    }
  }

  async #deliverInParts(batch: CallRows, databaseNowMs: number): Promise<void> {
    for (let i = 0; i < batch.rows.length; i += signalRows) {
      await this.#parts.delivery.deliver({ ...batch, rows: batch.rows.slice(i, i + signalRows) }, databaseNowMs);
    }
  }

  #noteZone(rows: readonly CelRow[]): void {
    const errorMs = zoneErrorMs(rows);
    if (errorMs === undefined || errorMs === this.#zoneErrorMs) return;
    this.#zoneErrorMs = errorMs;
    const { pbx, logger } = this.#parts;
    if (errorMs === 0) logger.info('the times of the PBX fit its time zone again');
    else {
      const hours = errorMs / 3_600_000;
      logger.warn(
        `the time zone ${pbx.timezone} is wrong: the times of the PBX are off by ${hours} h; set its real one (PBX_TIMEZONE, or bin/ringflow pbx)`,
      );
    }
  }

  /** Rows that appear while the table is read to its end have just been written, whatever their clock says. */
  #noteSkew(rows: readonly CelRow[], databaseNowMs: number): void {
    const skewMs = clockSkewMs(rows, databaseNowMs, this.#zoneErrorMs);
    if (skewMs === undefined || Math.abs(skewMs - this.#skewMs) < 1000) return;
    this.#skewMs = skewMs;
    const seconds = Math.round(skewMs / 1000);
    if (seconds === 0) this.#parts.logger.info('the clocks of the PBX and of its database agree again');
    else this.#parts.logger.warn(`the clocks of the PBX and of its database are ${seconds} s apart: set them (NTP)`);
  }

  #isCaughtUp(): boolean {
    return Date.now() - this.#caughtUpAtMs <= caughtUpForMs;
  }

  #sayWhereReadingBegins(goesOn: boolean): void {
    const { table, logger } = this.#parts;
    for (const [column, loss] of table.lost) logger.warn(`the CEL table has no column ${column}; without it: ${loss}`);
    const { anchor } = this.#cursor;
    if (anchor === null)
      logger.info('the CEL table is empty: waiting for its first row; if none comes, check cel.conf');
    else
      logger.info(
        { afterId: anchor.id },
        goesOn ? 'reading goes on where it stopped' : 'reading begins at the newest row',
      );
  }
}

function byCall(rows: readonly CelRow[], readAtMs: number, isGroupFresh: (rows: CelRow[]) => boolean): CallRows[] {
  const groups = Map.groupBy(rows, (row) => row.linkedid);
  return [...groups].map(([linkedid, group]) => ({ linkedid, rows: group, fresh: isGroupFresh(group), readAtMs }));
}
