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

/** Its last attempt says that amoCRM has shown it. */
const isAnswered = ({ outcome, lastFailure }: TriedCard): boolean => outcome === 'completed' && !lastFailure?.isSilence;

/** Whether this may be what was shown. */
function fits(tried: TriedCard, { userId, phone, at }: ShownCard): boolean {
  const { askedAtMs } = tried;
  const atMs = Date.parse(at) + 1; // in it microseconds are left out
  const isInTime = askedAtMs <= atMs && atMs <= endOf(tried);
  return isInTime && tried.userId === userId && phone.endsWith(tried.phone);
}

function endOf(tried: TriedCard): number {
  const { askedAtMs, closedAtMs = askedAtMs + newsForMs } = tried;
  return isAnswered(tried) ? closedAtMs + 1 : closedAtMs + afterwardsMs;
}

/**
 * Which was shown for which, where a client calls several times at once: as few as can be remain without, none of them one
 * that amoCRM has answered for; one of several for one goes to where an answer was lost.
 *
 * @returns `strange`: shown when none was asked for
 */
export function matched(tried: readonly TriedCard[], shown: readonly ShownCard[]) {
  const own = new Map<TriedCard, ShownCard[]>(tried.map((one) => [one, []]));
  const of = (one: TriedCard) => own.get(one) ?? [];
  const strange: ShownCard[] = [];
  const endingFirst = tried.toSorted((a, b) => endOf(a) - endOf(b));
  for (const card of shown.toSorted((a, b) => a.at.localeCompare(b.at))) {
    const fitting = endingFirst.filter((one) => fits(one, card));
    const without = fitting.find((one) => of(one).length === 0);
    const whose = without ?? fitting.find((one) => of(one).length <= one.answersLost) ?? fitting[0];
    if (whose) of(whose).push(card);
    else strange.push(card);
  }
  for (const lacking of endingFirst.filter((one) => isAnswered(one) && of(one).length === 0)) {
    const isTheirs = (card: ShownCard) => fits(lacking, card);
    const other = endingFirst.find((one) => of(one).some(isTheirs) && (!isAnswered(one) || of(one).length > 1));
    const taken = other && of(other).find(isTheirs);
    if (!other || !taken) continue;
    own.set(
      other,
      of(other).filter((card) => card !== taken),
    );
    of(lacking).push(taken);
  }
  return { shownFor: of, strange };
}

/**
 * A card can't be looked up in amoCRM. A crash never repeats one; a failure that was seen does, and what amoCRM had shown by
 * then is seen twice.
 *
 * @param shown for it
 */
export function fateOf(tried: TriedCard, shown: readonly ShownCard[]): CardFate {
  const { linkedid, userId, outcome, lastFailure, answersLost } = tried;
  const fate = (is: CardFate['is'], why = ''): CardFate => ({ is, linkedid, userId, why });
  if (shown.length === 1) return fate('shown');
  if (shown.length > 1) {
    const times = shown.map(({ at }) => at).join(', ');
    return fate(shown.length - 1 <= answersLost ? 'again' : 'doubled', `shown ${times}; ${told(tried)}`);
  }
  const after = lastFailure ? `, after: ${kindOf(lastFailure.message)}` : '';
  if (outcome === 'canceled') return fate('missing', `the call was over before it was shown${after}`);
  if (outcome === 'timed out') return fate('missing', `it was no news any more${after}`);
  if (outcome === 'completed' && !isAnswered(tried)) return fate('missing', 'a worker died while it showed it');
  return fate('lost', `not shown${after}; ${told(tried)}`);
}

const told = ({ activityIds, askedAtMs, closedAtMs, outcome }: AskedCard): string => {
  const [from, until] = [askedAtMs, closedAtMs].map((ms) => (ms === undefined ? '' : new Date(ms).toISOString()));
  return `activity ${activityIds.join(', ')} from ${from} on, ${outcome} ${until}`;
};

/** What the workers have logged of attempts after which amoCRM may have shown a card: how many, by linkedid and activity. */
export function answersLostIn(log: string): Map<string, number> {
  const attempts = new Set<string>();
  for (const line of log.split('\n')) {
    if (!line.includes('"activityType":"showCards') || !line.includes('"Activity failed"')) continue;
    const { linkedid, activityId, attempt, reason = '' } = JSON.parse(line) as Record<string, string>;
    if (isUncertain(reason)) attempts.add(`${linkedid} ${activityId} ${attempt}`);
  }
  const ofCards = Map.groupBy(attempts, (key) => key.slice(0, key.lastIndexOf(' ')));
  return new Map([...ofCards].map(([key, ones]) => [key, ones.length]));
}

/** `amoCRM has trouble (500); trying again.` */
const kindOf = (failure: string): string => (/^[^.;(]+/.exec(failure)?.[0] ?? failure).trim();
