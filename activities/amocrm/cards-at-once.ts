import { setTimeout as sleep } from 'node:timers/promises';
import { givenUp } from './asked-for.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { AmocrmError, tooLate } from './errors.ts';
import { noteCard, type ShowCardsRequest, showCards, showUnmarked } from './show-cards.ts';

/** What became of cards that were tried at once; users of amoCRM, for whoever reads the history. */
export interface CardsAtOnce {
  shown: number[];
  /** Whoever tried before was cut off: shown, for all that can be known. */
  markedBefore: number[];
  /** Somebody has to go on by `showCards`. */
  hasMore: boolean;
}

/** A place among amoCRM's that does not come so soon is waited for by an activity. */
const placeWithinMs = 150;
/** So long a call's other rows wait: amoCRM answers within it on a good day. */
const holdsUpForMs = 400;
/** So many of a worker's tasks at a time: when amoCRM hangs the others go on. */
const mostHeldUp = 8;

const notNow: CardsAtOnce = { shown: [], markedBefore: [], hasMore: true };

/** Both ways in which a worker shows cards. */
export function createCards(dependencies: AmocrmDependencies) {
  /** By key of a card: what was tried at once and has not come to its end. */
  const underWay = new Map<string, Promise<CardsAtOnce>>();
  let heldUp = 0;

  const begin = (request: ShowCardsRequest): Promise<CardsAtOnce> => {
    const trying = tryAtOnce(dependencies, request);
    for (const { key } of request.cards) {
      const over = () => void underWay.delete(key);
      underWay.set(key, trying);
      trying.then(over, over);
    }
    return trying;
  };

  return {
    /**
     * As a part of the task that has decided it: the card waits for no commit of Temporal's, nor costs it a task. It holds
     * up the call's rows for a moment at most; what goes on then is joined by `showCards`.
     *
     * @throws AmocrmError as amoCRM has answered; then nothing is marked
     */
    async showCardsAtOnce(request: ShowCardsRequest): Promise<CardsAtOnce> {
      if (heldUp >= mostHeldUp) return notNow;
      heldUp++;
      try {
        return await Promise.race([begin(request), sleep(holdsUpForMs, notNow, { ref: false })]);
      } finally {
        heldUp--;
      }
    },

    /** What can't be shown at once. An attempt whose cards are still being tried fails as that does. */
    async showCards(request: ShowCardsRequest): Promise<void> {
      await Promise.all(request.cards.map(({ key }) => underWay.get(key)));
      if (givenUp().aborted) throw tooLate();
      await showCards(dependencies, request);
    },
  };
}

/** What our widget shows is there at once; that its client is named, too, is left to `showCards`. */
async function tryAtOnce(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<CardsAtOnce> {
  const { cards, inWidget } = request;
  const { due, ofWidget, ...way } = await showUnmarked(dependencies, request, placeWithinMs);
  const [isSent] = await Promise.all([way.inAmocrm.then(() => true, falseIfNotSent), way.inWidget]);
  const shown = isSent ? due : ofWidget;
  if (shown.length > 0) await noteCard(dependencies, request);
  const markedBefore = cards.filter((card) => !due.includes(card));
  const mayLackName = ofWidget.length > 0 || (inWidget !== undefined && markedBefore.length > 0);
  return {
    shown: shown.map(({ userId }) => userId),
    markedBefore: markedBefore.map(({ userId }) => userId),
    hasMore: !isSent || mayLackName,
  };
}

function falseIfNotSent(error: unknown): false {
  if (error instanceof AmocrmError && error.hadNoEffect && !error.isHopeless) return false;
  throw error;
}
