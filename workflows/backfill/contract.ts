import type { BackfillChoice, BackfillMode } from '../../proto/backfill.ts';
import type { CallTiming } from '../call/contract.ts';

/** How people speak with a backfill. */

export const backfillWorkflowType = 'backfill';
/** Carries a `BackfillCommand`; answered with the state that it leads to. */
export const commandUpdate = 'command';

export interface BackfillInput {
  /** Of its row in the table `backfills`. */
  id: number;
  accountId: string;
  pbxId: string;
  choice: BackfillChoice;
  mode: BackfillMode;
  pace: BackfillPace;
  timing: CallTiming;
  /** What an earlier run of this workflow knew, when its history had grown too long. */
  carried?: CarriedBackfill;
}

export interface CarriedBackfill {
  isPaused: boolean;
  /** Ids of the PBX's rows among which the period lies. */
  range: { fromId: number; toId: number } | null;
  /** Where to go on: an id in the range, of chosen calls the place in their list. */
  next: number;
}

/** As input, so that tests need not last as long as calls do. */
export interface BackfillPace {
  /** So many calls are in hand at a time. */
  mostAtOnce: number;
  callsPerPage: number;
  /** So much of one history is enough. */
  pagesPerRun: number;
  /** So often what became of calls is noted, and whether one waits for a person. */
  lookEveryMs: number;
  /** So long after the PBX's database could not be read it is tried again. */
  retryMs: number;
  /** Once it is cancelled, the calls in hand are waited for so long, then they go on by themselves. */
  letGoAfterMs: number;
}

/** Enough that many records go in one request, few enough that calls of today hardly notice. */
export const usualPace: BackfillPace = {
  ...{ mostAtOnce: 40, callsPerPage: 100, pagesPerRun: 20 },
  ...{ lookEveryMs: 5_000, retryMs: 30_000, letGoAfterMs: 10_000 },
};

/** One period of one PBX, or a choice of its calls. */
export function backfillWorkflowId(pbxId: string, choice: BackfillChoice): string {
  if ('period' in choice) {
    const [from, to] = [choice.period.fromMs, choice.period.toMs].map((ms) => new Date(ms).toISOString());
    return `backfill:${pbxId}:${from}..${to}`;
  }
  const sorted = choice.linkedids.toSorted();
  return `backfill:${pbxId}:${sorted[0]}..${sorted.at(-1)}`;
}
