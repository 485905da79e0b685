import type { Conversation } from '../../../proto/call.ts';
import { callWorkflowId } from '../../../workflows/call/contract.ts';
import type { Installation } from '../../rig/installation.ts';
import { employees } from '../../rig/rules.ts';
import { type AskedCard, askedCards, type History, whyNotAsked } from './asked-cards.ts';
import type { CampaignCall } from './calls.ts';
import { answersLostIn, type CardFate, fateOf, matched } from './card-fates.ts';

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

/** @param quiet calls that came in while everything worked: whatever the reason, none may lack a card or show it again */
export async function cardsLedger(
  house: Installation,
  calls: readonly CampaignCall[],
  quiet: readonly CampaignCall[],
): Promise<CardsLedger> {
  const answersLost = answersLostIn(house.parts.map((part) => part.log()).join('\n'));
  const { asked, notAsked } = await cardsOf(house, calls);
  const tried = asked.map((card) => ({
    ...card,
    answersLost: answersLost.get(`${card.linkedid} ${card.activityId}`) ?? 0,
  }));
  const { cards } = await house.amocrm.state();
  const { shownFor, strange } = matched(tried, cards);
  const fates = tried.map((card) => fateOf(card, shownFor(card)));
  const quietCalls = new Set(quiet.map(({ linkedid }) => linkedid));
  const judged = [...fates, ...notAsked].map((fate) => (quietCalls.has(fate.linkedid) ? strictly(fate) : fate));
  const which = (is: CardFate['is']) => judged.filter((fate) => fate.is === is);
  const inWords = (is: CardFate['is']) => which(is).map((fate) => `${fate.linkedid} to ${fate.userId}: ${fate.why}`);
  return {
    ...{ due: judged.length, shownOnce: which('shown').length, shownTo: countedBy(cards, ({ userId }) => userId) },
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

/** Cards that calls have asked for, and what became of those that were not, though employees took part. */
async function cardsOf(house: Installation, calls: readonly CampaignCall[]) {
  const asked: AskedCard[] = [];
  const notAsked: CardFate[] = [];
  for (const { linkedid } of calls) {
    const call = (await house.journal(linkedid))?.call;
    if (call?.direction !== 'inbound') continue;
    const history = await historyOf(house, linkedid);
    const own = askedCards(linkedid, history);
    asked.push(...own);
    const unasked = partsOf(call.conversations).filter(({ userId }) => !own.some((card) => card.userId === userId));
    notAsked.push(...unasked.map(({ userId, uniqueid }) => fateOfUnasked(linkedid, userId, uniqueid, history)));
  }
  return { asked, notAsked };
}

const historyOf = ({ temporal, pbxId }: Installation, linkedid: string): Promise<History> =>
  temporal.workflow.getHandle(callWorkflowId(pbxId, linkedid, 0)).fetchHistory();

/** Employees who took part, by their first phones. */
function partsOf(conversations: readonly Conversation[]): { userId: number; uniqueid: string }[] {
  const parts = new Map<number, string>();
  for (const { extension, uniqueid } of conversations) {
    const userId = employees[extension];
    if (userId !== undefined && !parts.has(userId)) parts.set(userId, uniqueid);
  }
  return [...parts].map(([userId, uniqueid]) => ({ userId, uniqueid }));
}

function fateOfUnasked(linkedid: string, userId: number, uniqueid: string, history: History): CardFate {
  const why = whyNotAsked(linkedid, uniqueid, history);
  return { linkedid, userId, is: why ? 'missing' : 'lost', why: why ?? 'was due, and the call did not ask for it' };
}

function strictly(fate: CardFate): CardFate {
  if (fate.is === 'missing') return { ...fate, is: 'lost', why: `in quiet: ${fate.why}` };
  return fate.is === 'again' ? { ...fate, is: 'doubled', why: `in quiet: ${fate.why}` } : fate;
}

function countedBy<T>(all: readonly T[], of: (one: T) => string | number): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(all, of)].map(([key, ones]) => [key, ones.length]));
}
