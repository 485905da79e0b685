import type { MakeUpTools } from '../../activities/make-up/index.ts';
import type { Journal } from '../../activities/store/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import { isStillHeld } from '../../workflows/call/decide/within-licence.ts';
import { callSummary } from '../../workflows/call/describe.ts';

/**
 * A call that was held back for want of a licence is looked at by a new actor, unless the licence would hold it back once
 * more, or its own actor still runs.
 *
 * @param readSettings as a call of the PBX would begin with them now
 */
export function takeUpHeldBack(
  journal: Pick<Journal, 'joinedInto'>,
  callActors: Pick<CallActors, 'retry' | 'takeUpAgain'>,
  readSettings: (pbxId: string) => Promise<CallSettings>,
): MakeUpTools['takeUp'] {
  return async ({ call, heldBack, workflowId }) => {
    const { pbxId, linkedid } = call;
    if (isStillHeld(heldBack, { call, settings: await readSettings(pbxId) })) return false;
    if (await callActors.retry(workflowId)) return false;
    const told = (await journal.joinedInto(pbxId, linkedid)) ?? linkedid;
    const summary = callSummary(call);
    const again = await callActors.takeUpAgain({ pbxId, linkedid: told, summary, rows: [], fresh: false });
    return again !== undefined;
  };
}
