import type { KnownClients } from '../../activities/store/known-clients.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import type { WidgetCards } from '../../activities/store/widget-cards.ts';
import type { CardsShown } from '../../workflows/call/contract.ts';

/** Shows cards of our widget that nobody knows of any more. */
export type RefillCards = (pbx: Pick<Pbx, 'id' | 'accountId'>, shown: readonly CardsShown[]) => Promise<void>;

/** The client is whom amoCRM has named when the card was shown first: it is written down in MySQL. */
export function createRefillCards(widgetCards: WidgetCards, known: Pick<KnownClients, 'lastKnown'>): RefillCards {
  return async ({ id, accountId }, shown) => {
    for (const { linkedid, phone, users } of shown) {
      if (await widgetCards.read(id, linkedid)) continue;
      await widgetCards.show(id, linkedid, users);
      await widgetCards.name(id, linkedid, (await known.lastKnown(accountId, phone)) ?? null);
    }
  };
}
