import { isCancellation, log } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { EndDecision } from '../../proto/crm-action.ts';
import type { DecisionHook } from '../../proto/hook.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { decisionHooks } from './activities.ts';
import { effectKey } from './contract.ts';
import { reasonOf } from './failure.ts';

/** What an operator's program makes of a decision; `trouble` and `leftOut` in words. */
export type Word = { decision: EndDecision; trouble?: string } | { leftOut: string };

/** Asks the program that may change or forbid what was decided. */
export async function askDecisionHook(
  { hook, ifItFails }: DecisionHook,
  call: Call,
  decision: EndDecision,
  { accountId, pbx }: CallSettings,
): Promise<Word> {
  const key = effectKey(pbx.id, call.linkedid, 'decision');
  try {
    const summary = 'What the decision hook says';
    const answer = await decisionHooks.askDecision.executeWithOptions({ summary }, [
      { accountId, key, hook, call, decision },
    ]);
    if (answer.outcome === 'veto') return { leftOut: `Left out by the decision hook: ${answer.reason}` };
    return { decision: answer.outcome === 'changed' ? answer.decision : decision };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const reason = reasonOf(error);
    log.warn('The decision hook has not decided', { reason, ifItFails });
    if (ifItFails === 'leave-out') return { leftOut: `Left out: the decision hook has not decided. ${reason}` };
    return { decision, trouble: `Done as decided, without the decision hook. ${reason}` };
  }
}
