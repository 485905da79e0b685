import type { Conversation } from '../../../proto/call.ts';
import { callWorkflowId } from '../../../workflows/call/contract.ts';
import type { History } from '../../rig/history-events.ts';
import type { Installation } from '../../rig/installation.ts';
import { employees } from '../../rig/rules.ts';
import { type AskedCard, askedCards, lostTasks, whyNotAsked } from './asked-cards.ts';
import type { CampaignCall } from './calls.ts';
import { answersLostIn, type CardFate, fateOf, matched, type ShownCard, type TriedCard } from './card-fates.ts';

/** What became of cards: one is due for each call and employee whose phone takes part in it, whatever the phase. */
export interface CardsLedger {
  due: number;
  shownOnce: number;
  /** How many were shown to each amoCRM user. */
  shownTo: Record<string, number>;
  /** By design, how many and why: a card is news for seconds. */
  missing: Record<string, number>;
  /** By design: amoCRM had shown them, and its answer was lost. */
  shownAgain: number;
  /** Each of these is a fault of ours: call, employee, and why. */
  lost: string[];
  doubled: string[];
  /** Shown when nobody had asked for it. */
  strange: string[];
}

/** Whose cards are judged. */
export type OfCards = Pick<Installation, 'temporal' | 'pbxId' | 'journal'> & {
  parts: readonly Pick<Installation['parts'][number], 'log'>[];
  amocrm: { state(): Promise<{ cards: ShownCard[] }> };
};

/** Whoever has read all histories can draw up the ledger. */
export interface CardsJudge {
  /** The newest run of a workflow comes first. */
  read(workflowId: string, history: History): Promise<void>;
  /** @returns with linkedids of calls whose cards have a fault, or may */
  ledger(): Promise<{ cards: CardsLedger; faulty: string[] }>;
}

/** @param quiet calls that came in while everything worked: whatever the reason, none may lack a card or show it again */
export function judgeCards(house: OfCards, calls: readonly CampaignCall[], quiet: readonly CampaignCall[]): CardsJudge {
  const unread = new Map(calls.map((call) => [callWorkflowId(house.pbxId, call.linkedid, 0), call]));
  const asked: AskedCard[] = [];
  /** Of calls that tell of no card: who may have been shown one by a worker that died just then. */
  const unasked: { lost: AskedCard[]; fate: CardFate }[] = [];
  const inboundParts = async (linkedid: string): Promise<Part[]> => {
    const call = (await house.journal(linkedid))?.call;
    return call?.direction === 'inbound' ? partsOf(call.conversations) : [];
  };
  return {
    async read(workflowId, history) {
      const call = unread.get(workflowId);
      if (call === undefined || !unread.delete(workflowId)) return;
      const parts = await inboundParts(call.linkedid);
      const own = askedCards(call, history);
      asked.push(...own);
      for (const { userId, uniqueid } of parts.filter((part) => !own.some((card) => card.userId === part.userId))) {
        const lost = lostCards(call, userId, history);
        unasked.push({ lost, fate: fateOfUnasked(call.linkedid, userId, uniqueid, history) });
      }
    },

    async ledger() {
      for (const { linkedid } of unread.values()) {
        for (const { userId } of await inboundParts(linkedid)) {
          unasked.push({ lost: [], fate: { linkedid, userId, is: 'lost', why: 'its call has no history' } });
        }
      }
      const answersLost = answersLostIn(house.parts.map((part) => part.log()).join('\n'));
      const withAnswersLost = (card: AskedCard): TriedCard => ({
        ...card,
        answersLost: sum(card.activityIds.map((id) => answersLost.get(`${card.linkedid} ${id}`) ?? 0)),
      });
      const tried = asked.map(withAnswersLost);
      const mayHaveBeen = unasked.map(({ lost, fate }) => ({ lost: lost.map(withAnswersLost), fate }));
      const { cards } = await house.amocrm.state();
      const { shownFor, strange } = matched([...tried, ...mayHaveBeen.flatMap(({ lost }) => lost)], cards);
      const fates = tried.map((card) => fateOf(card, shownFor(card)));
      const notAsked = mayHaveBeen.map(({ lost, fate }) => {
        const shown = lost.find((card) => shownFor(card).length > 0);
        return shown ? fateOf(shown, shownFor(shown)) : fate;
      });
      const quietCalls = new Set(quiet.map(({ linkedid }) => linkedid));
      const judged = [...fates, ...notAsked].map((fate) => (quietCalls.has(fate.linkedid) ? strictly(fate) : fate));
      const isStrange = ({ phone }: CampaignCall) => strange.some((card) => card.phone.endsWith(phone));
      const bad = judged.filter(({ is }) => is === 'lost' || is === 'doubled');
      return {
        cards: drawnUp(judged, cards, strange),
        faulty: [...bad, ...calls.filter(isStrange)].map(({ linkedid }) => linkedid),
      };
    },
  };
}

function drawnUp(judged: readonly CardFate[], shown: readonly ShownCard[], strange: readonly ShownCard[]): CardsLedger {
  const which = (is: CardFate['is']) => judged.filter((fate) => fate.is === is);
  const inWords = (is: CardFate['is']) => which(is).map((fate) => `${fate.linkedid} to ${fate.userId}: ${fate.why}`);
  return {
    ...{ due: judged.length, shownOnce: which('shown').length, shownTo: countedBy(shown, ({ userId }) => userId) },
    ...{ missing: countedBy(which('missing'), ({ why }) => why), shownAgain: which('again').length },
    ...{ lost: inWords('lost'), doubled: inWords('doubled') },
    strange: strange.map(({ phone, userId, at }) => `${phone} to ${userId} at ${at}`),
  };
}

/** What must not be, in words. */
export const faultsOfCards = ({ lost, doubled, strange }: CardsLedger): string[] => [
  ...lost.map((one) => `card lost: ${one}`),
  ...doubled.map((one) => `card shown twice: ${one}`),
  ...strange.map((one) => `card that nobody asked for: ${one}`),
];

interface Part {
  userId: number;
  uniqueid: string;
}

/** Employees who took part, by their first phones. */
function partsOf(conversations: readonly Conversation[]): Part[] {
  const parts = new Map<number, string>();
  for (const { extension, uniqueid } of conversations) {
    const userId = employees[extension];
    if (userId !== undefined && !parts.has(userId)) parts.set(userId, uniqueid);
  }
  return [...parts].map(([userId, uniqueid]) => ({ userId, uniqueid }));
}

/** As if whoever worked at it when a worker died had shown the card. */
function lostCards({ linkedid, phone }: CampaignCall, userId: number, history: History): AskedCard[] {
  const lastFailure = { isSilence: true, message: 'the worker died before it could tell' };
  return lostTasks(history).map(({ fromMs, untilMs }) => ({
    ...{ linkedid, phone, userId, activityIds: [], outcome: 'completed', lastFailure },
    ...{ askedAtMs: fromMs, closedAtMs: untilMs },
  }));
}

function fateOfUnasked(linkedid: string, userId: number, uniqueid: string, history: History): CardFate {
  const why = whyNotAsked(linkedid, uniqueid, history);
  return { linkedid, userId, is: why ? 'missing' : 'lost', why: why ?? 'was due, and the call did not ask for it' };
}

function strictly(fate: CardFate): CardFate {
  if (fate.is === 'missing') return { ...fate, is: 'lost', why: `in quiet: ${fate.why}` };
  return fate.is === 'again' ? { ...fate, is: 'doubled', why: `in quiet: ${fate.why}` } : fate;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function countedBy<T>(all: readonly T[], of: (one: T) => string | number): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(all, of)].map(([key, ones]) => [key, ones.length]));
}
