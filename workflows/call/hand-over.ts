import { allHandlersFinished, condition, setCurrentDetails } from '@temporalio/workflow';
import { reads } from './activities.ts';
import { callWorkflowId, celRowsSignal } from './contract.ts';
import type { Family } from './family.ts';
import type { Inbox } from './inbox.ts';
import { type CallFacts, channelsGoneElsewhere } from './interpret/index.ts';
import { reach } from './reach.ts';

/** Where the row that ends this call is missing, the end of the other ends it. */
const lookAgainMs = 15 * 60_000;

/**
 * The part of a call that another actor tells: it gets what still comes here.
 *
 * @returns the linkedid of that actor, or undefined if it has closed before this call was over
 */
export async function handOver(
  pbxId: string,
  facts: CallFacts,
  inbox: Inbox,
  family: Family,
): Promise<string | undefined> {
  for (;;) {
    while (!family.isGathered) await family.gather(reads);
    const { teller, isJoined } = family;
    if (!isJoined) return undefined;
    setCurrentDetails(`Asterisk joined this call into another: \`${callWorkflowId(pbxId, teller)}\``);
    if (!(await handOn(pbxId, teller, facts, inbox))) {
      await family.leave(teller);
      continue;
    }
    await condition(allHandlersFinished);
    const isNews = () => inbox.hasRows || family.hasNews || !family.isJoined;
    if (isNews()) continue;
    if (facts.endedAtMs !== null) return teller;
    if (!(await inbox.isFilled(isNews, lookAgainMs)) && !(await family.isTold())) return teller;
  }
}

/** @returns false if the teller has closed before it had all of this call */
async function handOn(pbxId: string, teller: string, facts: CallFacts, inbox: Inbox): Promise<boolean> {
  for (const batch of inbox.takeEach()) {
    if (await reach(pbxId, teller, celRowsSignal, batch)) continue;
    return channelsGoneElsewhere(facts).length > 0; // truly joined: what comes after is the teller's own
  }
  return true;
}
