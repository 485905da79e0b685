import { setTimeout as sleep } from 'node:timers/promises';
import type { ShowCard } from '../../proto/crm-action.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { Marked } from '../store/shown-cards.ts';
import { givenUp } from './asked-for.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { AmocrmError, tooLate } from './errors.ts';

/** With the key of this effect. */
export type CardToShow = ShowCard & { key: string };

export interface ShowCardsRequest {
  accountId: string;
  /** The call, if whoever has our widget open is to see the card there; left out: all are notified by amoCRM. */
  inWidget?: { pbxId: string; linkedid: string };
  /** All for one call, hence one phone. */
  cards: CardToShow[];
  /** When the row was read by which they are due, ms UTC; absent in what earlier versions ask for. */
  readAtMs?: number;
}

/** For whoever reads the history; users of amoCRM. */
export interface CardsShown {
  /** Whoever was about to show them has died: shown, for all that can be known. */
  takenForShown: number[];
}

/** After that a card is no news any more; well below the time that Temporal gives the attempt. */
const cardTimeoutMs = 4_000;
/** Whoever waits until another try is over looks so often. */
const lookAgainMs = 100;

/**
 * Shows each card where its user sees it: in our widget if they have it open, else as amoCRM's notification; never in both.
 * What another try is about is waited for.
 *
 * A card can't be looked up in amoCRM: a crash never repeats one, a failure that was seen does, since a card seen
 * twice harms less than one never seen.
 *
 * @throws AmocrmError also if another try has failed meanwhile: whether the card is still wanted is asked first
 */
export async function showCards(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<CardsShown> {
  const naming = nameClient(dependencies, request).catch(() => undefined); // what waits need not hold it up
  await untilNobodyTries(dependencies, request.cards);
  const marked = await dependencies.shownCards.mark(request.cards);
  const way = await sendOnTheirWay(dependencies, request, marked, AbortSignal.timeout(cardTimeoutMs));
  await all([way.inWidget.then(() => naming).then(() => nameClient(dependencies, request)), way.inAmocrm]);
  if (marked.tried.length > 0) throw triedByAnother(); // since the last look
  return { takenForShown: marked.abandoned.map(userOf) };
}

/** A try of this process fails as it does; of another one's it is only known that it has come to nothing. */
async function untilNobodyTries(
  { shownCards, triesUnderWay }: AmocrmDependencies,
  cards: readonly CardToShow[],
): Promise<void> {
  await Promise.all(cards.map(({ key }) => triesUnderWay.get(key)));
  for (let hasWaited = false; ; hasWaited = true) {
    const { tried, due } = await shownCards.look(cards);
    if (tried.length === 0 && hasWaited && due.length > 0) throw triedByAnother();
    if (tried.length === 0) return;
    if (givenUp().aborted) throw tooLate();
    await sleep(lookAgainMs);
  }
}

function triedByAnother(): AmocrmError {
  const message = 'Another attempt at this card has failed, or has just begun; trying again.';
  return new AmocrmError('RequestUnderWay', message, { hadNoEffect: true, retryAfterMs: 10 });
}

export const userOf = ({ userId }: CardToShow): number => userId;

/** Cards that a try has marked, on their way to whoever sees them where. */
export interface CardsOnTheirWay {
  ofWidget: CardToShow[];
  inWidget: Promise<void>;
  inAmocrm: Promise<void>;
}

/** @param leavesUntil what can't leave for amoCRM by then is not sent; what has left is waited for */
export async function sendOnTheirWay(
  dependencies: AmocrmDependencies,
  { accountId, inWidget }: ShowCardsRequest,
  marked: Marked<CardToShow>,
  leavesUntil: AbortSignal,
): Promise<CardsOnTheirWay> {
  const { due } = marked;
  const present = inWidget && due.length > 0 ? await presentAtWidget(dependencies, accountId) : new Set<number>();
  const ofWidget = due.filter(({ userId }) => present.has(userId));
  const ofAmocrm = due.filter(({ userId }) => !present.has(userId));
  const show = (cards: CardToShow[], how: () => Promise<void>) =>
    showMarked(dependencies, accountId, cards, marked, how);
  return {
    ofWidget,
    inWidget: show(ofWidget, () => showInWidget(dependencies, inWidget, ofWidget)),
    inAmocrm: show(ofAmocrm, () => notify(dependencies, accountId, ofAmocrm, leavesUntil)),
  };
}

/** If that can't be told everybody is notified by amoCRM. */
const presentAtWidget = ({ widgetPages }: AmocrmDependencies, accountId: string): Promise<Set<number>> =>
  widgetPages.whoIsThere(accountId).catch(() => new Set());

async function showMarked(
  { shownCards, noteCard }: AmocrmDependencies,
  accountId: string,
  cards: readonly CardToShow[],
  { id }: Marked<CardToShow>,
  show: () => Promise<void>,
): Promise<void> {
  if (cards.length === 0) return; // never a request without users: amoCRM would show it to everybody
  try {
    await show();
  } catch (error) {
    await shownCards.unmark(cards, id);
    throw error;
  }
  await shownCards.keep(cards).catch(() => undefined); // that it was tried stands, which is almost as good
  noteCard(accountId).catch(() => undefined); // the next one notes it
}

async function notify(
  { gatheringOf }: AmocrmDependencies,
  accountId: string,
  cards: readonly CardToShow[],
  leavesUntil: AbortSignal,
): Promise<void> {
  const key = cards.map((card) => card.key).join();
  const stays = new AbortController();
  const stay = () => stays.abort();
  if (leavesUntil.aborted) throw tooLate();
  leavesUntil.addEventListener('abort', stay, { once: true });
  const leave = async () => leavesUntil.removeEventListener('abort', stay);
  const signal = AbortSignal.any([stays.signal, AbortSignal.timeout(cardTimeoutMs), givenUp()]);
  const card = { phone: writtenPhone(phoneOf(cards)), users: cards.map(userOf) };
  await gatheringOf(accountId).postCards(card, { key, signal, nextRequest: leave }).finally(leave);
}

async function showInWidget(
  { widgetCards }: AmocrmDependencies,
  call: ShowCardsRequest['inWidget'],
  cards: readonly CardToShow[],
): Promise<void> {
  if (call) await widgetCards.show(call.pbxId, call.linkedid, cards.map(userOf));
}

/** The card is there already, with the number: what amoCRM says comes when it comes, if need be by a later try. */
async function nameClient(
  { book, widgetCards }: AmocrmDependencies,
  { accountId, inWidget: call, cards }: ShowCardsRequest,
): Promise<void> {
  const card = call && (await widgetCards.read(call.pbxId, call.linkedid));
  if (!card || card.client !== undefined) return;
  await widgetCards.name(card.pbxId, card.linkedid, await book.withLeads(accountId, phoneOf(cards)));
}

/** Names the client on the card of our widget if that needs no question to amoCRM. @returns whether they are named */
export async function nameKnownClient(
  { book, widgetCards }: AmocrmDependencies,
  { accountId, inWidget: call, cards }: ShowCardsRequest,
): Promise<boolean> {
  const client = (await book.recall(accountId, phoneOf(cards)))?.client;
  if (!call || !client?.openLeadIds) return false;
  await widgetCards.name(call.pbxId, call.linkedid, { ...client, openLeadIds: client.openLeadIds });
  return true;
}

/** Each comes to its end, whatever becomes of the others. @throws the first failure */
async function all(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

const phoneOf = ([first]: readonly CardToShow[]): string => first?.phone ?? '';
