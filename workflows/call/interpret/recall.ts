import { clientInCallerId } from './direction.ts';
import type { Reading } from './reading.ts';

/**
 * Nobody answers whom a client was transferred to: then Asterisk calls the one who transferred. Until they answer, their
 * channel has a linkedid of its own, as if a program had asked for a call.
 */
export function isRecall({ cast, thread, context }: Reading, all: readonly Reading[]): boolean {
  const { caller, clients, originated } = cast;
  if (!originated || !caller || clients.length > 0 || clientInCallerId(thread, context) !== undefined) return false;
  const { firstRowId } = thread.root;
  return all.some((of) => of.thread !== thread && wasTransferredBy(caller.extension, firstRowId, of));
}

/** True if the client waits for the end of a transfer by this employee just then. */
function wasTransferredBy(extension: string, rowId: number, { thread, talks, context }: Reading): boolean {
  const isOver = thread.ended !== null && thread.ended.rowId < rowId;
  const talk = talks.some(({ stretches }) =>
    stretches.some(({ fromRowId, toRowId }) => fromRowId < rowId && (toRowId ?? Number.POSITIVE_INFINITY) > rowId),
  );
  if (isOver || talk) return false;
  const last = thread.turns.findLast((turn) => turn.rowId < rowId);
  const leg = last?.kind === 'attended' ? context.legsOfAll[last.uniqueid] : undefined;
  return leg !== undefined && context.roster.extensionOf(leg.channel) === extension;
}
