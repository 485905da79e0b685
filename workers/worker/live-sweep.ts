import type { Client } from '@temporalio/client';
import type { LiveCalls } from '../../activities/store/live-calls.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import type { LiveCall, LiveEntry } from '../../proto/live-call.ts';
import { isRunning } from '../../runtime/is-running.ts';
import {
  type CardsShown,
  callWorkflowId,
  callWorkflowType,
  cardsQuery,
  liveQuery,
} from '../../workflows/call/contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/** So often calls are compared with Temporal, if nothing was noticed before. */
const everyMs = 20_000;
const atOnce = 8;
const answerWithinMs = 5_000;
/** States in which a call goes on. */
const goingStates = ['ringing', 'talking'];

interface Running {
  /** As the index says, which may lag by a moment. */
  goesOn: boolean;
  startedAtMs: number;
}

/** Shows cards of our widget that nobody knows of any more. */
export type RefillCards = (pbx: Pick<Pbx, 'id' | 'accountId'>, shown: readonly CardsShown[]) => Promise<void>;

/**
 * Compares what Redis says of a PBX's calls with the actors that run: what nobody tells goes, what is missing is asked
 * for. Actors are asked only where something does not fit, since one that sleeps has to be woken up for it.
 *
 * @returns a sweep; `behind` names PBXs of whose calls this process could not tell something
 */
export function createLiveSweep(live: LiveCalls, temporal: Client, refillCards: RefillCards) {
  /** By id, the actors that run. */
  const runningActors = async (pbxId: string): Promise<Map<string, Running>> => {
    const query = `WorkflowType = '${callWorkflowType}' AND ${searchAttributes.pbx.name} = '${pbxId}' AND ExecutionStatus = 'Running'`;
    const running = new Map<string, Running>();
    for await (const { workflowId, startTime, typedSearchAttributes } of temporal.workflow.list({ query })) {
      const goesOn = goingStates.includes(typedSearchAttributes.get(searchAttributes.state) ?? '');
      running.set(workflowId, { goesOn, startedAtMs: startTime.getTime() });
    }
    return running;
  };

  /** Takes over what the actor itself says; one that can't answer yet is asked with the next sweep. */
  const ask = async (
    pbx: Pick<Pbx, 'id' | 'accountId'>,
    teller: string,
    startedAtMs: number,
    entries: readonly LiveEntry[],
  ): Promise<void> => {
    const handle = temporal.workflow.getHandle(teller);
    const answerOf = <Answer>(query: string): Promise<Answer | undefined> =>
      temporal.withDeadline(Date.now() + answerWithinMs, () => handle.query<Answer>(query)).catch(() => undefined);
    const calls = await answerOf<LiveCall[]>(liveQuery);
    if (!calls) return;
    for (const call of calls) {
      const isOwn = teller === callWorkflowId(call.pbxId, call.linkedid);
      const known = entries.find((entry) => entry.call.linkedid === call.linkedid);
      await live.tell(call, { teller, atMs: known?.atMs ?? startedAtMs, isOwn });
    }
    const told = new Set(calls.map(({ linkedid }) => linkedid));
    const gone = entries.filter(({ call }) => !told.has(call.linkedid));
    for (const { call } of gone) await live.letGo(pbx.id, call.linkedid, teller);
    await refillCards(pbx, (await answerOf<CardsShown[]>(cardsQuery)) ?? []);
  };

  return async (pbx: Pick<Pbx, 'id' | 'accountId'>, behind: Set<string>): Promise<void> => {
    const { id: pbxId } = pbx;
    const isBehind = behind.delete(pbxId);
    if (!(await live.takeTurn(pbxId, everyMs)) && !isBehind) return;
    try {
      const running = await runningActors(pbxId);
      const { entries, isWhole } = await live.read(pbxId);
      const byTeller = Map.groupBy(entries, ({ teller }) => teller);
      for (const [teller, told] of byTeller) {
        if (running.has(teller) || (await isRunning(temporal, teller))) continue;
        for (const { call } of told) await live.letGo(pbxId, call.linkedid, teller);
      }
      const isDoubtful = (id: string, goesOn: boolean) =>
        goesOn !== byTeller.has(id) || ((isBehind || !isWhole) && goesOn);
      const doubtful = [...running].filter(([id, { goesOn }]) => isDoubtful(id, goesOn));
      for (let from = 0; from < doubtful.length; from += atOnce) {
        const some = doubtful.slice(from, from + atOnce);
        await Promise.all(some.map(([id, { startedAtMs }]) => ask(pbx, id, startedAtMs, byTeller.get(id) ?? [])));
      }
      await live.noteWhole(pbxId);
    } catch (error) {
      if (isBehind) behind.add(pbxId);
      throw error;
    }
  };
}
