import type { BackfillState } from '../../proto/backfill.ts';
import { uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import type { BackfillPlace, Backfills, CallFate } from './backfills.ts';
import type { CallStanding, Journal } from './journal.ts';
import type { OthersNotes } from './others-notes.ts';

export type BackfillActivities = ReturnType<typeof createBackfillActivities>;

export interface TakeRequest {
  id: number;
  pbxId: string;
  /** Each with the id of its own actor. */
  calls: (BackfillPlace & { workflowId: string })[];
  /** Calls that were only observed are brought too, since what another product has put there is looked for. */
  bringsObserved?: boolean;
  /** What was told of them holds no more. */
  isAgain?: boolean;
}

export interface Taken {
  /** Those that are to be brought. */
  inHand: string[];
  /** Calls that others of them were joined to. */
  tellers: string[];
}

/** An actor of a call that began longer ago has closed, or the journal knows of it. */
const mayGoOnMs = 4 * 86_400_000;

/** So many calls are looked at again at once. */
const mostAgain = 100;

/**
 * A backfill's own store.
 *
 * @param isRunning whether a workflow of this id works now
 */
export function createBackfillActivities(
  { backfills, journal, othersNotes }: { backfills: Backfills; journal: Journal; othersNotes: OthersNotes },
  isRunning: (workflowId: string) => Promise<boolean>,
) {
  const fateOf = async (
    linkedid: string,
    ownWorkflowId: string,
    standing: CallStanding | undefined,
    bringsObserved: boolean,
  ) => {
    if (standing === undefined) {
      const isLongAgo = Date.now() - (uniqueidToUtcMs(linkedid) ?? 0) > mayGoOnMs;
      return !isLongAgo && (await isRunning(ownWorkflowId)) ? ('under-way' as const) : undefined;
    }
    if ('joinedInto' in standing) return 'joined' as const;
    const { registration, workflowId } = standing;
    if (registration === 'registered' || (registration === 'observed' && !bringsObserved)) return 'left' as const;
    const isOpen = registration === 'pending' || registration === 'needs-attention';
    return isOpen && (await isRunning(workflowId)) ? ('under-way' as const) : undefined;
  };

  return {
    /** Notes what is there already, and what nobody has told of. Once more is harmless. */
    async takeInHand({ id, pbxId, calls, bringsObserved = false, isAgain = false }: TakeRequest): Promise<Taken> {
      await backfills.take(
        id,
        calls.map(({ linkedid, ...call }) => ({ linkedid, startedAtMs: beganAtMs({ linkedid, ...call }) })),
      );
      const linkedids = calls.map(({ linkedid }) => linkedid);
      if (isAgain) await backfills.takeAgain(id, linkedids);
      const standings = await journal.standings(pbxId, linkedids);
      const fates: CallFate[] = [];
      const inHand = await backfills.inHand(id, linkedids);
      for (const { linkedid, workflowId } of calls.filter((call) => inHand.includes(call.linkedid))) {
        const standing = standings.get(linkedid);
        const fate = await fateOf(linkedid, workflowId, standing, bringsObserved);
        const detail = standing && 'joinedInto' in standing ? standing.joinedInto : '';
        if (fate) fates.push({ linkedid, fate, detail });
      }
      await backfills.note(id, fates);
      // as they stand there: an earlier attempt may have noted them and died
      const tellers = await backfills.strangersJoined(id, linkedids);
      return { inHand: await backfills.inHand(id, linkedids), tellers };
    },

    /** Calls whose record of another product turned out to be another call's. @returns linkedids */
    displacedCalls: (id: number, pbxId: string): Promise<string[]> => othersNotes.displaced(id, pbxId, mostAgain),

    noteFates: (id: number, fates: CallFate[]): Promise<void> => backfills.note(id, fates),
    dropCalls: (id: number, linkedids: string[]): Promise<void> => backfills.drop(id, linkedids),
    noteProgress: (id: number, share: number): Promise<void> => backfills.progressed(id, share),
    enterBackfill: (id: number, state: BackfillState, reason: string): Promise<void> =>
      backfills.enter(id, state, reason),

    /** Those of these calls that wait for a person by the word of these actors, and not of earlier ones. */
    async waitingForPerson(pbxId: string, calls: { linkedid: string; workflowId: string }[]): Promise<string[]> {
      const standings = await journal.standings(
        pbxId,
        calls.map(({ linkedid }) => linkedid),
      );
      const waits = ({ linkedid, workflowId }: (typeof calls)[number]) => {
        const told = standings.get(linkedid);
        return (
          told && 'registration' in told && told.registration === 'needs-attention' && told.workflowId === workflowId
        );
      };
      return calls.filter(waits).map(({ linkedid }) => linkedid);
    },
  };
}

/** Of a call that another one was found to belong to only its id tells. */
const beganAtMs = ({ linkedid, startedAtMs }: BackfillPlace): number =>
  startedAtMs > 0 ? startedAtMs : (uniqueidToUtcMs(linkedid) ?? 0);
