import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { RawCel } from '../../activities/asterisk/cel-table.ts';
import type { Journal } from '../../activities/store/journal.ts';
import type { CelRow } from '../../proto/cel.ts';
import type { PbxDescription } from '../../proto/pbx.ts';
import { uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import type { PhonesShown } from '../../proto/phone.ts';
import { createCallActors } from '../../runtime/call-actors.ts';
import type { CallTiming } from '../../workflows/call/contract.ts';
import { callSummary } from '../../workflows/call/describe.ts';
import { addRows, conclude, mainCall, noFacts } from '../../workflows/call/interpret/index.ts';

/** Rows of one call that were read together. */
export interface CallRows {
  linkedid: string;
  rows: CelRow[];
  fresh: boolean;
  /** When they were read from the table, ms UTC. */
  readAtMs: number;
}

/** Temporal keeps the ids of closed workflows for a day at least; beyond that the journal is asked. */
const idsKeptMs = 20 * 3_600_000;

export type Delivery = ReturnType<typeof createDelivery>;

/**
 * Brings rows to the actors of their calls. Delivering the same rows again is harmless.
 *
 * @param restoredAtMs when our database last came back from a copy; Temporal may know nothing of calls before that
 */
export function createDelivery(
  client: Client,
  journal: Journal,
  pbx: PbxDescription,
  timing: CallTiming,
  phones: PhonesShown,
  logger: Logger,
  restoredAtMs = 0,
) {
  const actors = createCallActors(client, timing);
  const delivered = (batch: CallRows) => ({ ...batch, pbxId: pbx.id, summary: summaryOf(batch, pbx, phones) });

  /**
   * A closed call takes no rows: those it never saw are kept, and an actor looks at the whole call once more. One that was
   * never told goes on with another actor.
   */
  const reconcile = async (batch: CallRows, databaseNowMs: number): Promise<void> => {
    const joinedInto = await journal.joinedInto(pbx.id, batch.linkedid);
    if (joinedInto !== undefined) return deliver({ ...batch, linkedid: joinedInto }, databaseNowMs);
    const entry = await journal.read(pbx.id, batch.linkedid);
    const seen = new Set(entry?.celRowIds);
    const late = batch.rows.filter((row) => !seen.has(row.id));
    if (late.length === 0) return; // delivered again after a restart
    if (entry) await journal.keepLateRows(pbx.id, late);
    const again = await actors.takeUpAgain(delivered(entry ? { ...batch, rows: late, fresh: false } : batch));
    const { linkedid } = batch;
    if (again === undefined) {
      if (!entry) await journal.keepLateRows(pbx.id, late);
      logger.error({ linkedid }, 'this call was looked at again too often; its late rows are kept in late_rows');
    } else if (entry)
      logger.info({ linkedid, rows: late.length }, 'rows came after the call was closed; looking again');
  };

  /** Rows that Temporal will never take must not stop all others: they are kept and told. */
  const deliverOrKeep = async (batch: CallRows, databaseNowMs: number): Promise<void> => {
    try {
      await deliver(batch, databaseNowMs);
    } catch (error) {
      if (!isRefusedForGood(error)) throw error;
      if (batch.rows.length > 1) {
        const middle = Math.ceil(batch.rows.length / 2);
        await deliverOrKeep({ ...batch, rows: batch.rows.slice(0, middle) }, databaseNowMs);
        await deliverOrKeep({ ...batch, rows: batch.rows.slice(middle) }, databaseNowMs);
        return;
      }
      await journal.keepLateRows(pbx.id, batch.rows);
      const reason = (error as Error).cause;
      logger.error(
        {
          linkedid: batch.linkedid,
          celRowId: batch.rows[0]?.id,
          reason: reason instanceof Error ? reason.message : '',
        },
        'Temporal refuses this row; it is kept in late_rows, its call goes on without it',
      );
    }
  };

  const deliver = async (batch: CallRows, databaseNowMs: number): Promise<void> => {
    const startedAtMs = uniqueidToUtcMs(batch.linkedid) ?? databaseNowMs;
    const isLongAgo = databaseNowMs - startedAtMs > idsKeptMs || startedAtMs < restoredAtMs;
    if (isLongAgo && (await journal.knows(pbx.id, batch.linkedid))) return reconcile(batch, databaseNowMs);
    if (!(await actors.bring(delivered(batch)))) return reconcile(batch, databaseNowMs);
    const { linkedid, rows } = batch;
    if (isBeginning(batch))
      logger.info({ linkedid, rows: rows.length }, 'a call begins: its rows are brought to its actor');
    else logger.debug({ linkedid, rows: rows.length }, 'rows are brought to the actor of their call');
  };

  return {
    /** Resolves once Temporal or, for rows that can't get there, MySQL has the rows. */
    deliver: deliverOrKeep,

    keepUnreadable: (raws: readonly RawCel[]): Promise<void> => journal.keepUnreadableRows(pbx.id, raws),
  };
}

/** Numbers of gRPC's statuses. */
const invalidArgument = 3;
const resourceExhausted = 8;

/** Too large, or too many signals for one workflow; other invalid arguments are ours to mend, and the rows wait. */
function isRefusedForGood(error: unknown): boolean {
  const { code, message = '' } = (error as { cause?: { code?: number; message?: string } }).cause ?? {};
  if (code === invalidArgument) return /exceed/i.test(message);
  return code === resourceExhausted && message.includes('larger than max');
}

/** The summary is fixed when the call starts, so it can say only what the first rows tell. */
function summaryOf(batch: CallRows, pbx: PbxDescription, phones: PhonesShown): string {
  if (!isBeginning(batch)) return callSummary(undefined, phones);
  const { linkedid, rows } = batch;
  const facts = noFacts(linkedid);
  addRows(facts, rows);
  return callSummary(mainCall(conclude(facts, pbx)), phones);
}

const isBeginning = ({ linkedid, rows }: CallRows): boolean =>
  rows.some((row) => row.uniqueid === linkedid && row.eventType === 'CHAN_START');
