import { setTimeout as sleep } from 'node:timers/promises';
import type { AmocrmDependencies } from './dependencies.ts';
import { AmocrmError } from './errors.ts';
import { type CardToShow, nameKnownClient, type ShowCardsRequest, sendOnTheirWay, userOf } from './show-cards.ts';

/** What became of cards that were tried at once; users of amoCRM, for whoever reads the history. */
export interface CardsAtOnce {
  shown: number[];
  /** By a try whose task was lost. */
  shownBefore: number[];
  /** Somebody has to go on by `showCards`. */
  hasMore: boolean;
}

/** False: somebody has to go on, or all were shown before. */
export const areShownAtOnce = ({ shown, hasMore }: CardsAtOnce): boolean => !hasMore && shown.length > 0;

/** A place among amoCRM's that does not come so soon is waited for by an activity. */
const leavesWithinMs = 150;
/** So long a call's other rows wait: amoCRM answers within it on a good day. */
const holdsUpForMs = 400;
/** So many of a worker's tasks at a time: when amoCRM hangs the others go on. */
const mostHeldUp = 8;

const notNow: CardsAtOnce = { shown: [], shownBefore: [], hasMore: true };

/**
 * Shows cards as a part of the task that has decided them: they wait for no commit of Temporal's, nor cost it a task. That holds
 * up the call's rows for a moment at most. What has left for amoCRM by then goes on, and whoever goes on with the rest,
 * in whichever process, learns by its mark how it came out.
 *
 * @throws AmocrmError as amoCRM has answered
 */
export function createCardsAtOnce(dependencies: AmocrmDependencies) {
  let heldUp = 0;
  return async (request: ShowCardsRequest): Promise<CardsAtOnce> => {
    if (heldUp >= mostHeldUp) return notNow;
    heldUp++;
    try {
      return await Promise.race([begin(dependencies, request), sleep(holdsUpForMs, notNow, { ref: false })]);
    } finally {
      heldUp--;
    }
  };
}

/** It goes on also if nobody waits for it any more. */
function begin(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<CardsAtOnce> {
  const { triesUnderWay } = dependencies;
  const trying = tryAtOnce(dependencies, request);
  const isFirst = ({ key }: CardToShow) => !triesUnderWay.has(key); // a task that is done anew finds marks only
  for (const { key } of request.cards.filter(isFirst)) {
    const over = () => void triesUnderWay.delete(key);
    triesUnderWay.set(key, trying);
    trying.then(over, over);
  }
  return trying;
}

async function tryAtOnce(dependencies: AmocrmDependencies, request: ShowCardsRequest): Promise<CardsAtOnce> {
  const leavesUntil = AbortSignal.timeout(leavesWithinMs);
  const marked = await dependencies.shownCards.mark(request.cards);
  const { ofWidget, inWidget, inAmocrm } = await sendOnTheirWay(dependencies, request, marked, leavesUntil);
  const [isSent, isNamed] = await Promise.all([
    inAmocrm.then(() => true, falseIfNotSent),
    inWidget.then(() => ofWidget.length === 0 || nameKnownClient(dependencies, request)),
  ]);
  const shown = isSent ? marked.due : ofWidget;
  const shownBefore = request.inWidget ? [] : marked.shown; // in our widget they may lack their client
  return {
    shown: shown.map(userOf),
    shownBefore: shownBefore.map(userOf),
    hasMore: !isSent || !isNamed || shown.length + shownBefore.length < request.cards.length,
  };
}

function falseIfNotSent(error: unknown): false {
  if (error instanceof AmocrmError && error.hadNoEffect && !error.isHopeless) return false;
  throw error;
}
