import type { ToldAnew } from '../../activities/actors/index.ts';
import type { Journal } from '../../activities/store/journal.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import { callSummary } from '../../workflows/call/describe.ts';

/**
 * A call that was told without its younger part is looked at by a new actor.
 *
 * @returns false if it does not stand in the journal, has left the younger one out, or was looked at too often
 */
export function tellAnew(
  journal: Pick<Journal, 'read' | 'isLeftOut'>,
  callActors: Pick<CallActors, 'takeUpAgain'>,
): (request: ToldAnew) => Promise<boolean> {
  return async ({ pbxId, older, younger }) => {
    const entry = await journal.read(pbxId, older);
    if (!entry || (await journal.isLeftOut(pbxId, younger, older))) return false;
    const again = { pbxId, linkedid: older, summary: callSummary(entry.call), rows: [], fresh: false };
    return (await callActors.takeUpAgain(again)) !== undefined;
  };
}
