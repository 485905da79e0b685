import type { AskedCard } from './asked-cards.ts';

/** A card as amoCRM has shown it. */
export interface ShownCard {
  userId: number;
  phone: string;
  /** ISO. */
  at: string;
}

/** A card that was asked for, with what the log tells of its attempts. */
export interface TriedCard extends AskedCard {
  /** How often amoCRM may have shown it and nobody was told. */
  answersLost: number;
}

/** What became of a card that was due. `missing` and `again` are by design, with the reason; `lost` and `doubled` are not. */
export interface CardFate {
  is: 'shown' | 'again' | 'missing' | 'lost' | 'doubled';
  linkedid: string;
  userId: number;
  why: string;
}

/** A request may be under way so long after its activity was given up. */
const afterwardsMs = 5_000;
/** As long as Temporal tries. */
const newsForMs = 30_000;
/** Failures after which amoCRM may have shown the card, by the words that AmocrmError has for them. */
const isUncertain = (failure: string): boolean => /may or may not|no JSON|did not name|has trouble/.test(failure);

/**
 * Which was shown for which: each to the one that had been asked for by then, has none yet, and ends first; of several for one
 * to where an answer was lost.
 *
 * @returns `times`: when each was shown, ISO; `strange`: shown when none was asked for
 */
export function matched(tried: readonly TriedCard[], shown: readonly ShownCard[]) {
  const times = new Map<TriedCard, string[]>(tried.map((one) => [one, []]));
  const strange: ShownCard[] = [];
  const endOf = ({ askedAtMs, closedAtMs = askedAtMs + newsForMs }: TriedCard) => closedAtMs + afterwardsMs;
  const inOrder = tried.toSorted((a, b) => endOf(a) - endOf(b));
  const has = (one: TriedCard) => times.get(one)?.length ?? 0;
  for (const card of shown.toSorted((a, b) => a.at.localeCompare(b.at))) {
    const atMs = Date.parse(card.at) + 1; // in it microseconds are left out
    const isFor = (one: TriedCard) =>
      one.userId === card.userId && card.phone.endsWith(one.phone) && one.askedAtMs <= atMs && atMs <= endOf(one);
    const fitting = inOrder.filter(isFor);
    const taken = fitting.find((one) => has(one) === 0) ?? fitting.find((one) => has(one) <= one.answersLost);
    const whose = taken ?? fitting[0];
    if (whose) times.get(whose)?.push(card.at);
    else strange.push(card);
  }
  return { times, strange };
}

/**
 * A card can't be looked up in amoCRM. A crash never repeats one; a failure that was seen does, and what amoCRM had shown by
 * then is seen twice.
 *
 * @param shown when it was shown, ISO
 */
export function fateOf(tried: TriedCard, shown: readonly string[]): CardFate {
  const { linkedid, userId, outcome, lastFailure, answersLost } = tried;
  const fate = (is: CardFate['is'], why = ''): CardFate => ({ is, linkedid, userId, why });
  if (shown.length === 1) return fate('shown');
  if (shown.length > 1) {
    return fate(shown.length - 1 <= answersLost ? 'again' : 'doubled', `shown ${shown.join(', ')}; ${told(tried)}`);
  }
  const after = lastFailure ? `, after: ${kindOf(lastFailure.message)}` : '';
  if (outcome === 'canceled') return fate('missing', `the call was over before it was shown${after}`);
  if (outcome === 'timed out') return fate('missing', `it was no news any more${after}`);
  if (outcome === 'completed' && lastFailure?.isSilence) return fate('missing', 'a worker died while it showed it');
  return fate('lost', `not shown${after}; ${told(tried)}`);
}

const told = ({ activityId, askedAtMs, closedAtMs, outcome }: AskedCard): string => {
  const [from, until] = [askedAtMs, closedAtMs].map((ms) => (ms === undefined ? '' : new Date(ms).toISOString()));
  return `activity ${activityId} from ${from} on, ${outcome} ${until}`;
};

/** What the workers have logged of attempts after which amoCRM may have shown a card: how many, by linkedid and activity. */
export function answersLostIn(log: string): Map<string, number> {
  const attempts = new Set<string>();
  for (const line of log.split('\n')) {
    if (!line.includes('"activityType":"showCards"') || !line.includes('"Activity failed"')) continue;
    const { linkedid, activityId, attempt, reason = '' } = JSON.parse(line) as Record<string, string>;
    if (isUncertain(reason)) attempts.add(`${linkedid} ${activityId} ${attempt}`);
  }
  const ofCards = Map.groupBy(attempts, (key) => key.slice(0, key.lastIndexOf(' ')));
  return new Map([...ofCards].map(([key, ones]) => [key, ones.length]));
}

/** `amoCRM has trouble (500); trying again.` */
const kindOf = (failure: string): string => (/^[^.;(]+/.exec(failure)?.[0] ?? failure).trim();
