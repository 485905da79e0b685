import {
  type CallingCase,
  type Click,
  type ClickRefusal,
  type PlannedCall,
  planCall,
} from '../../proto/calling/plan.ts';
import { usualCalling } from '../../proto/calling/settings.ts';
import type { Clicks, NotedClick, UntoldClick } from './clicks.ts';
import type { Readings } from './readings.ts';

/** Clocks that differ by less are as good as one: it is not known more exactly. */
const inStepMs = 2_000;

export type ClickActivities = ReturnType<typeof createClickActivities>;

/**
 * What a click, and the actor of the call that came of it, ask of our own store.
 *
 * @param caseOf what a decision about a click in this account depends on, as it is now
 * @param readings what connectors say of their PBXs
 */
export function createClickActivities(
  clicks: Clicks,
  caseOf: (accountId: string, userId: number) => Promise<CallingCase>,
  readings: Pick<Readings, 'of'>,
) {
  const clockOf = async (pbxId: string): Promise<Pick<PlannedCall, 'clockAheadMs'>> => {
    const [reading] = await readings.of([pbxId]);
    const { amiClockAheadMs: clockAheadMs = 0 } = reading ?? {};
    return Math.abs(clockAheadMs) < inStepMs ? {} : { clockAheadMs };
  };
  return {
    /** What is to be dialled, or why nothing is. */
    async planClick(
      click: Click & NotedClick,
    ): Promise<{ plan: PlannedCall } | { refusal: ClickRefusal | 'too-many-calls' }> {
      const about = await caseOf(click.accountId, click.userId);
      const plan = planCall(click, about);
      if (typeof plan === 'string') return { refusal: plan };
      const most = about.calling?.mostPerMinute ?? usualCalling.mostPerMinute;
      const isInTurn = await clicks.takeTurn(click.accountId, plan.extension, click.requestId, most);
      return isInTurn ? { plan: { ...plan, ...(await clockOf(plan.pbxId)) } } : { refusal: 'too-many-calls' };
    },

    noteClick: ({ click, pbxId, linkedid }: { click: NotedClick; pbxId: string; linkedid: string }): Promise<void> =>
      clicks.note(pbxId, linkedid, click),

    /** @returns null: no click of ours */
    clickOf: async (pbxId: string, linkedid: string): Promise<NotedClick | null> =>
      (await clicks.find(pbxId, linkedid)) ?? null,

    tellClick: (change: UntoldClick): Promise<void> => clicks.tell(change),
  };
}
