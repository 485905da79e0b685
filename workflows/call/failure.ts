import { ApplicationFailure } from '@temporalio/workflow';
import { isKeyOfCall } from '../../proto/crm-action.ts';

/** The innermost message of a failed activity: the sentence that its author wrote for people. */
export function reasonOf(error: unknown): string {
  const cause = innermost(error);
  return cause instanceof Error ? cause.message : String(cause);
}

/** What kind of failure it was, such as `Braked`: a code of AmocrmError. */
export function typeOf(error: unknown): string | undefined {
  const cause = innermost(error);
  return cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined;
}

/** Ledger key of what is uncertain; undefined if that is not the failure. */
export function uncertainKeyOf(error: unknown): string | undefined {
  const cause = innermost(error);
  const isUncertain = cause instanceof ApplicationFailure && cause.type === 'Uncertain';
  return isUncertain ? String(cause.details?.[0]) : undefined;
}

/** What a person may do about what is uncertain, with the signals that help; empty if that is not the failure. */
export function adviceOn(error: unknown): string {
  const key = uncertainKeyOf(error);
  if (key === undefined) return '';
  const mend = ' Mend that and send the signal `retry`; or look yourself and send the signal `uncertain`';
  const standing = 'with "it-stands" or "send-again".';
  return `${mend} ${isKeyOfCall(key) ? standing : 'with "send-again" if it is not there.'}`;
}

function innermost(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause;
}
