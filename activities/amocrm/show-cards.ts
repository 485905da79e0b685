import type { ShowCard } from '../../proto/crm-action.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { AmocrmError } from './errors.ts';

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

/** What became of cards that were tried at once. Users of amoCRM. */
export interface CardsAtOnce {
  shown: number[];
  /** Marked by whoever tried before and was cut off: shown, for all that can be known. */
  markedBefore: number[];
  /** Somebody has to go on by `showCards`. */
  hasMore: boolean;
}

/** After that a card is no news any more; well below the time that Temporal gives the attempt. */
const cardTimeoutMs = 4_000;

/** Who has a place so soon is shown within the call's own task; rows that come meanwhile wait no longer. */
const placeWithinMs = 150;
/** So many of a worker's tasks at a time wait for amoCRM: when it hangs the others go on. */
const mostAtOnce = 8;

/**
 * Shows each card where its user sees it: in our widget if they have it open, else as amoCRM's notification; never in both.
 *
 * A card can't be looked up in amoCRM: a crash never repeats one, a failure that was seen does, since a card seen
 * twice harms less than one never seen.
 */
export async function showCards(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<void> {
  const { accountId, inWidget } = request;
  const due = await dependencies.shownCards.mark(request.cards);
  const { ofWidget, ofAmocrm } = await whoSeesWhere(dependencies, request, due);
  const atOnce = unmarkIfFailed(dependencies, ofWidget, () => showInWidget(dependencies, inWidget, ofWidget));
  await Promise.all([
    atOnce.then(() => nameClient(dependencies, request)),
    unmarkIfFailed(dependencies, ofAmocrm, () => notify(dependencies, accountId, ofAmocrm)),
  ]);
  if (due.length > 0) await noteCard(dependencies, accountId);
}

/**
 * The same as a part of the task that has decided it: the card needs neither a task of its own nor Temporal's way to it. Only
 * what needs no waiting is tried; what our widget shows is there at once, and its client is named by `showCards`.
 *
 * @throws AmocrmError as amoCRM has answered; then nothing is marked, and `showCards` tries again
 */
export function cardsAtOnce(dependencies: AmocrmDependencies) {
  let underWay = 0;
  return async (request: ShowCardsRequest): Promise<CardsAtOnce> => {
    if (underWay >= mostAtOnce) return { shown: [], markedBefore: [], hasMore: true };
    underWay++;
    try {
      return await showAtOnce(dependencies, request);
    } finally {
      underWay--;
    }
  };
}

async function showAtOnce(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<CardsAtOnce> {
  const { accountId, cards, inWidget } = request;
  const due = await dependencies.shownCards.mark(cards);
  const { ofWidget, ofAmocrm } = await whoSeesWhere(dependencies, request, due);
  const [isShown] = await Promise.all([
    unmarkIfFailed(dependencies, ofAmocrm, () => notify(dependencies, accountId, ofAmocrm, placeWithinMs)).then(
      () => true,
      falseIfNotSent,
    ),
    unmarkIfFailed(dependencies, ofWidget, () => showInWidget(dependencies, inWidget, ofWidget)),
  ]);
  const shown = isShown ? due : ofWidget;
  if (shown.length > 0) await noteCard(dependencies, accountId);
  return {
    shown: shown.map(userOf),
    markedBefore: cards.filter((card) => !due.includes(card)).map(userOf),
    hasMore: !isShown || ofWidget.length > 0,
  };
}

async function whoSeesWhere(
  dependencies: AmocrmDependencies,
  { accountId, inWidget }: ShowCardsRequest,
  due: CardToShow[],
) {
  const present = inWidget && due.length > 0 ? await presentAtWidget(dependencies, accountId) : new Set<number>();
  return {
    ofWidget: due.filter(({ userId }) => present.has(userId)),
    ofAmocrm: due.filter(({ userId }) => !present.has(userId)),
  };
}

function falseIfNotSent(error: unknown): false {
  if (error instanceof AmocrmError && error.hadNoEffect) return false;
  throw error;
}

const userOf = ({ userId }: CardToShow): number => userId;

/** If that fails, the next one notes it. */
const noteCard = ({ noteCard: note }: AmocrmDependencies, accountId: string): Promise<void> =>
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

/** @param withinMs has it left by then it is waited for, else not sent */
async function notify(
  { gatheringOf }: AmocrmDependencies,
  accountId: string,
  cards: readonly CardToShow[],
  withinMs = cardTimeoutMs,
): Promise<void> {
  const key = cards.map((card) => card.key).join();
  const tooLate = new AbortController();
  const untilItLeaves = setTimeout(() => tooLate.abort(), withinMs);
  const signal = AbortSignal.any([tooLate.signal, AbortSignal.timeout(cardTimeoutMs)]);
  const nextRequest = async () => clearTimeout(untilItLeaves);
  const card = { phone: writtenPhone(phoneOf(cards)), users: cards.map(userOf) };
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
