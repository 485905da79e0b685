import type { ClickState } from '../../../workflows/click-to-call/contract.ts';
import type { Installation } from '../../rig/installation.ts';
import type { CampaignAmi } from './ami-of-pbx.ts';
import type { Clicker } from './clicks.ts';

/** What became of clicks. */
export interface ClicksLedger {
  clicks: number;
  /** How often the PBX was asked to call. */
  calls: number;
  /** To how many of them its connection was cut in place of an answer. */
  unanswered: number;
  /** How often whoever clicked was answered what, sent again or not. */
  answers: Record<string, number>;
  /** How many came out how, by what their workflows returned; `never begun`: nobody was there to begin it. */
  outcomes: Record<string, number>;
  /** Each of these is a fault of ours: phones for which the PBX was asked more than once, or nobody had clicked. */
  calledTwice: string[];
  /** Clicks that have no outcome. */
  unresolved: string[];
}

export async function clicksLedger(
  { temporal }: Pick<Installation, 'temporal'>,
  { clicks, answers }: Pick<Clicker, 'clicks' | 'answers'>,
  { asked, unanswered }: Pick<CampaignAmi, 'asked' | 'unanswered'>,
): Promise<ClicksLedger> {
  const states = new Map<string, ClickState | string>();
  for await (const { workflowId, status } of temporal.workflow.list({ query: "WorkflowType = 'clickToCall'" })) {
    const isClosed = status.name === 'COMPLETED';
    const state = isClosed ? await temporal.workflow.getHandle(workflowId).result() : status.name;
    states.set(workflowId.split(':').at(-1) ?? '', state as ClickState | string);
  }
  const ledger: ClicksLedger = {
    ...{ clicks: clicks.length, calls: asked.length, unanswered: unanswered.length },
    ...{ answers: Object.fromEntries(answers), outcomes: {}, calledTwice: [], unresolved: [] },
  };
  for (const { requestId, phone, isTaken } of clicks) {
    const state = states.get(requestId);
    const outcome = outcomeOf(state, isTaken || asked.includes(phone));
    if (outcome) ledger.outcomes[outcome] = (ledger.outcomes[outcome] ?? 0) + 1;
    else
      ledger.unresolved.push(
        `${requestId}: ${JSON.stringify(state ?? 'no workflow, yet it was taken, or the PBX was asked')}`,
      );
  }
  const strangers = asked.filter((phone) => !clicks.some((one) => one.phone === phone));
  ledger.calledTwice = [...asked.filter((phone, index) => asked.indexOf(phone) !== index), ...strangers];
  return ledger;
}

function outcomeOf(state: ClickState | string | undefined, mustBeThere: boolean): string | undefined {
  if (state === undefined) return mustBeThere ? undefined : 'never begun';
  return typeof state === 'string' ? undefined : state.reason;
}
