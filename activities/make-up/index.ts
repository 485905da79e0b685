import type { CallPlace } from '../store/call-search.ts';
import type { HeldBackCall, HeldBackCalls } from '../store/held-back-calls.ts';
import type { KnownPbxs } from '../store/pbxs.ts';

interface MakeUpQuestion {
  accountId: string;
  /** Only calls that began earlier, ms UTC. */
  beforeMs: number;
  /** The last call of the answer before. */
  after?: CallPlace;
}

export interface MakeUpAnswer {
  /** null: there are no more. */
  after: CallPlace | null;
  takenUp: number;
  /** The licence would hold them back once more, or they are at work. */
  leftAlone: number;
}

export interface MakeUpTools {
  heldBackCalls: Pick<HeldBackCalls, 'page'>;
  pbxs: Pick<KnownPbxs, 'list'>;
  /** Lets a new actor look at the call. @returns false if that would be in vain */
  takeUp(call: HeldBackCall): Promise<boolean>;
}

/** So many are taken up at once. */
const atOnce = 10;

export type MakeUpActivities = ReturnType<typeof createMakeUpActivities>;

export function createMakeUpActivities({ heldBackCalls, pbxs, takeUp }: MakeUpTools) {
  return {
    /** Takes up the next few calls that were held back for want of a licence. Doing so again is harmless. */
    async takeUpHeldBack({ accountId, beforeMs, after }: MakeUpQuestion): Promise<MakeUpAnswer> {
      const own = (await pbxs.list()).filter((pbx) => pbx.accountId === accountId);
      const ids = own.map(({ id }) => id);
      const page = await heldBackCalls.page(ids, beforeMs, after, atOnce);
      let takenUp = 0;
      for (const one of page) if (await takeUp(one)) takenUp++;
      const last = page.length < atOnce ? undefined : page.at(-1)?.call;
      return { after: last ? placeOf(last) : null, takenUp, leftAlone: page.length - takenUp };
    },
  };
}

const placeOf = ({ startedAtMs, pbxId, linkedid }: CallPlace): CallPlace => ({ startedAtMs, pbxId, linkedid });
