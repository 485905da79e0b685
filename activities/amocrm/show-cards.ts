import type { ShowCard } from '../../proto/crm-action.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { givenUp } from './asked-for.ts';
import type { AmocrmDependencies } from './dependencies.ts';

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

/** After that a card is no news any more; well below the time that Temporal gives the attempt. */
const cardTimeoutMs = 4_000;

/**
 * Shows each card where its user sees it: in our widget if they have it open, else as amoCRM's notification; never in both.
 *
 * A card can't be looked up in amoCRM: a crash never repeats one, a failure that was seen does, since a card seen
 * twice harms less than one never seen.
 */
export async function showCards(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<void> {
  const shown = await showUnmarked(dependencies, request);
  await Promise.all([shown.inWidget.then(() => nameClient(dependencies, request)), shown.inAmocrm]);
  if (shown.due.length > 0) await noteCard(dependencies, request);
}

/** Cards that nobody had marked before, on their way to whoever sees them where. */
export interface CardsOnTheirWay {
  due: CardToShow[];
  ofWidget: CardToShow[];
  inWidget: Promise<void>;
  inAmocrm: Promise<void>;
}

/** @param leavesWithinMs what can't leave for amoCRM by then is not sent; what has left is waited for */
export async function showUnmarked(
  dependencies: AmocrmDependencies,
  request: ShowCardsRequest,
  leavesWithinMs = cardTimeoutMs,
): Promise<CardsOnTheirWay> {
  const { accountId, inWidget } = request;
  const due = await dependencies.shownCards.mark(request.cards);
  const present = inWidget && due.length > 0 ? await presentAtWidget(dependencies, accountId) : new Set<number>();
  const ofWidget = due.filter(({ userId }) => present.has(userId));
  const ofAmocrm = due.filter(({ userId }) => !present.has(userId));
  return {
    ...{ due, ofWidget },
    inWidget: unmarkIfFailed(dependencies, ofWidget, () => showInWidget(dependencies, inWidget, ofWidget)),
    inAmocrm: unmarkIfFailed(dependencies, ofAmocrm, () => notify(dependencies, accountId, ofAmocrm, leavesWithinMs)),
  };
}

/** If that fails, the next one notes it. */
export const noteCard = ({ noteCard: note }: AmocrmDependencies, { accountId }: ShowCardsRequest): Promise<void> =>
  note(accountId).catch(() => undefined);

/** If that can't be told everybody is notified by amoCRM. */
const presentAtWidget = ({ widgetPages }: AmocrmDependencies, accountId: string): Promise<Set<number>> =>
  widgetPages.whoIsThere(accountId).catch(() => new Set());

async function unmarkIfFailed(
  { shownCards }: AmocrmDependencies,
  cards: readonly CardToShow[],
  show: () => Promise<void>,
): Promise<void> {
  if (cards.length === 0) return; // never a request without users: amoCRM would show it to everybody
  try {
    await show();
  } catch (error) {
    await shownCards.unmark(cards);
    throw error;
  }
}

async function notify(
  { gatheringOf }: AmocrmDependencies,
  accountId: string,
  cards: readonly CardToShow[],
  leavesWithinMs: number,
): Promise<void> {
  const key = cards.map((card) => card.key).join();
  const tooLate = new AbortController();
  const untilItLeaves = setTimeout(() => tooLate.abort(), leavesWithinMs);
  const signal = AbortSignal.any([tooLate.signal, AbortSignal.timeout(cardTimeoutMs), givenUp()]);
  const nextRequest = async () => clearTimeout(untilItLeaves);
  const card = { phone: writtenPhone(phoneOf(cards)), users: cards.map(({ userId }) => userId) };
  await gatheringOf(accountId)
    .postCards(card, { key, signal, nextRequest })
    .finally(() => clearTimeout(untilItLeaves));
}

async function showInWidget(
  { widgetCards }: AmocrmDependencies,
  call: ShowCardsRequest['inWidget'],
  cards: readonly CardToShow[],
): Promise<void> {
  const users = cards.map(({ userId }) => userId);
  if (call) await widgetCards.show(call.pbxId, call.linkedid, users);
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

const phoneOf = ([first]: readonly CardToShow[]): string => first?.phone ?? '';
