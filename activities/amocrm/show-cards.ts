import type { ShowCard } from '../../proto/crm-action.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { AmocrmDependencies } from './dependencies.ts';

/** With the key of this effect. */
export type CardToShow = ShowCard & { key: string };

export interface ShowCardsRequest {
  accountId: string;
  /** All for one call, hence one phone. */
  cards: CardToShow[];
}

/** After that a card is no news any more; well below the time that Temporal gives the attempt. */
const cardTimeoutMs = 4_000;

/**
 * A card can't be looked up in amoCRM: a crash never repeats one, a failure that was seen does, since a card seen
 * twice harms less than one never seen.
 */
export async function showCards(
  { gatheringOf, shownCards, noteCard }: AmocrmDependencies,
  { accountId, cards }: ShowCardsRequest,
): Promise<void> {
  const due = await shownCards.mark(cards);
  const phone = due[0]?.phone;
  if (phone === undefined) return; // never a request without users: amoCRM would show it to everybody
  const users = due.map((card) => card.userId);
  const key = due.map((card) => card.key).join();
  try {
    const signal = AbortSignal.timeout(cardTimeoutMs);
    await gatheringOf(accountId).postCards({ phone: writtenPhone(phone), users }, { key, signal });
  } catch (error) {
    await shownCards.unmark(due);
    throw error;
  }
  await noteCard(accountId).catch(() => undefined); // the next one notes it
}
