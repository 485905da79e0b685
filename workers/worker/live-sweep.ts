import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { LiveCalls } from '../../activities/store/live-calls.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { isRunning } from '../../runtime/standing.ts';
import { callWorkflowType, tellAgainSignal } from '../../workflows/call/contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/** So often calls are compared with Temporal, if nothing was noticed before. */
const everyMs = 20_000;
const atOnce = 8;
const withinMs = 5_000;
/** States in which a call goes on. */
const goingStates = ['ringing', 'talking'];

/**
 * Compares what Redis says of a PBX's calls with the actors that run: what nobody tells goes, what is missing is asked
 * for. Actors are asked only where something does not fit, since one that sleeps has to be woken up for it; and once,
 * while Redis is whole: it hears of it for sure, and what it had to say was said.
 *
 * @returns a sweep; `behind` names PBXs of whose calls this process could not tell something
 */
export function createLiveSweep(live: LiveCalls, temporal: Client) {
  /** By PBX, the actors that were asked and did not fit at the last look. */
  const asked = new Map<string, ReadonlySet<string>>();

  /** By id, the actors that run, and whether their calls go on; as the index says, which may lag by a moment. */
  const runningActors = async (pbxId: string): Promise<Map<string, boolean>> => {
    const query = `WorkflowType = '${callWorkflowType}' AND ${searchAttributes.pbx.name} = '${pbxId}' AND ExecutionStatus = 'Running'`;
    const running = new Map<string, boolean>();
    for await (const { workflowId, typedSearchAttributes } of temporal.workflow.list({ query })) {
      running.set(workflowId, goingStates.includes(typedSearchAttributes.get(searchAttributes.state) ?? ''));
    }
    return running;
  };

  /** One that can't be asked is asked with the next sweep. @param known linkedids that this one is said to tell */
  const isAsked = async (teller: string, known: string[]): Promise<boolean> => {
    try {
      await temporal.withDeadline(Date.now() + withinMs, () =>
        temporal.workflow.getHandle(teller).signal(tellAgainSignal, known),
      );
      return true;
    } catch (error) {
      return error instanceof WorkflowNotFoundError; // it has closed meanwhile
    }
  };

  const sweep = async (pbxId: string, mayBeMissing: boolean): Promise<void> => {
    const running = await runningActors(pbxId);
    const { entries, isWhole } = await live.read(pbxId);
    const byTeller = Map.groupBy(entries, ({ teller }) => teller);
    for (const [teller, told] of byTeller) {
      if (running.has(teller) || (await isRunning(temporal, teller))) continue;
      for (const { call } of told) await live.letGo(pbxId, call.linkedid, teller);
    }
    const areAllDue = mayBeMissing || !isWhole;
    const isDoubtful = (id: string, goesOn: boolean) => goesOn !== byTeller.has(id) || (areAllDue && goesOn);
    const doubtful = [...running].flatMap(([id, goesOn]) => (isDoubtful(id, goesOn) ? [id] : []));
    const before = areAllDue ? undefined : asked.get(pbxId);
    const heard = new Set(doubtful.filter((id) => before?.has(id)));
    const due = doubtful.filter((id) => !heard.has(id));
    for (let from = 0; from < due.length; from += atOnce) {
      const some = due.slice(from, from + atOnce);
      const ask = async (id: string) => {
        const known = (byTeller.get(id) ?? []).map(({ call }) => call.linkedid);
        if (await isAsked(id, known)) heard.add(id);
      };
      await Promise.all(some.map(ask));
    }
    asked.set(pbxId, heard);
    await live.noteWhole(pbxId);
  };

  return async ({ id: pbxId }: Pick<Pbx, 'id'>, behind: Set<string>): Promise<void> => {
    const isBehind = behind.has(pbxId);
    if (!(await live.takeTurn(pbxId, everyMs)) && !isBehind) return;
    behind.delete(pbxId); // what can't be told from now on counts anew
    try {
      await sweep(pbxId, isBehind);
    } catch (error) {
      if (isBehind) behind.add(pbxId);
      throw error;
    }
  };
}
