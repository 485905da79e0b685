import { type Static, Type } from 'typebox';
import type { Registration } from './journal.ts';

/** Bringing calls of the past into amoCRM. */

/**
 * `records`: the calls themselves, with the contacts and incoming leads that they need; `everything`: all that the rules
 * ask for, also tasks that are long overdue.
 */
const BackfillScope = Type.Enum(['records', 'everything']);

/** How calls of a backfill are treated. */
export const BackfillMode = Type.Object({
  scope: BackfillScope,
  /** A call that another product has put into amoCRM, of the same number, time and length, is left as it is. */
  leaveOthers: Type.Boolean(),
});
export type BackfillMode = Static<typeof BackfillMode>;

export const mostChosenCalls = 1_000;
/** What a PBX has kept for longer is brought in several turns. */
const longestPeriodMs = 366 * 86_400_000;

/** Calls that began in this period; `toMs` is not in it. */
export const BackfillPeriod = Type.Object({ fromMs: Type.Integer({ minimum: 0 }), toMs: Type.Integer({ minimum: 0 }) });
export type BackfillPeriod = Static<typeof BackfillPeriod>;

/** Of the past, and none that never ends. */
export const isSensiblePeriod = ({ fromMs, toMs }: BackfillPeriod, nowMs: number): boolean =>
  fromMs < toMs && fromMs < nowMs && toMs - fromMs <= longestPeriodMs;

/** Which calls: those of a period, or these linkedids. */
export const BackfillChoice = Type.Union([
  Type.Object({ period: BackfillPeriod }),
  Type.Object({
    linkedids: Type.Array(Type.String({ minLength: 1, maxLength: 150, pattern: '\\d' }), {
      minItems: 1,
      maxItems: mostChosenCalls,
      uniqueItems: true,
    }),
  }),
]);
export type BackfillChoice = Static<typeof BackfillChoice>;

export interface BackfillOrder {
  pbxId: string;
  choice: BackfillChoice;
  mode: BackfillMode;
}

/** `lost`: its workflow is gone without a word, ended by hand in the Temporal UI. */
export const BackfillState = Type.Enum(['running', 'paused', 'done', 'cancelled', 'failed', 'lost']);
export type BackfillState = Static<typeof BackfillState>;

export const isOpen = (state: BackfillState): boolean => state === 'running' || state === 'paused';

export const BackfillCommand = Type.Enum(['pause', 'resume', 'cancel']);
export type BackfillCommand = Static<typeof BackfillCommand>;

/**
 * What became of a call in a backfill: `in-hand`: its actor is at work; `told`: that one has said in the journal what
 * became of it; `left`: it stood there before; `under-way`: it goes on, or waits for a person or amoCRM, in an actor of its
 * own, which tells what becomes of it in the journal; `joined`: it is a part of another call; `not-told`: nothing can be said of it.
 */
export const BackfillFate = Type.Enum(['in-hand', 'told', 'left', 'under-way', 'joined', 'not-told']);
export type BackfillFate = Static<typeof BackfillFate>;

/** What a person sees of a call in the result. */
export const BackfillOutcome = Type.Enum([
  'inHand',
  'registered',
  /** Stood in the journal before, and was left as it was. */
  'left',
  /** The rules ask for nothing, another product has it, or it is no call with a client. */
  'notSent',
  'unlicensed',
  'needsAttention',
  'underWay',
  'joined',
  'notTold',
]);
export type BackfillOutcome = Static<typeof BackfillOutcome>;

/** How many there are of each, of those that were found so far (`calls`). */
export const BackfillCounts = Type.Object({
  calls: Type.Integer(),
  ...{ inHand: Type.Integer(), registered: Type.Integer(), left: Type.Integer(), notSent: Type.Integer() },
  ...{ unlicensed: Type.Integer(), needsAttention: Type.Integer(), underWay: Type.Integer(), joined: Type.Integer() },
  notTold: Type.Integer(),
});
export type BackfillCounts = Static<typeof BackfillCounts>;

export const noCounts: BackfillCounts = {
  ...{ calls: 0, inHand: 0, registered: 0, left: 0, notSent: 0, unlicensed: 0 },
  ...{ needsAttention: 0, underWay: 0, joined: 0, notTold: 0 },
};

/** Calls that nobody sees in amoCRM though they were to be brought there. */
export const failuresIn = ({ needsAttention, notTold }: BackfillCounts): number => needsAttention + notTold;

const ofTold: Record<Registration['state'], BackfillOutcome> = {
  ...{ pending: 'inHand', registered: 'registered', 'not-sent': 'notSent', unlicensed: 'unlicensed' },
  ...{ observed: 'left', 'needs-attention': 'needsAttention' },
};
const ofOthers: Record<Exclude<BackfillFate, 'told'>, BackfillOutcome> = {
  ...{ 'in-hand': 'inHand', left: 'left', 'under-way': 'underWay', joined: 'joined', 'not-told': 'notTold' },
};

/** @param registration as the call stands in the journal; null: it does not */
export function backfillOutcome(fate: BackfillFate, registration: Registration['state'] | null): BackfillOutcome {
  if (fate === 'told') return registration === null ? 'notTold' : ofTold[registration];
  if (fate === 'under-way' && registration !== null && registration !== 'pending') return ofTold[registration];
  const waits = registration === 'needs-attention' && fate === 'in-hand';
  return waits ? 'needsAttention' : ofOthers[fate];
}

/** All fates, each with the registrations, that look so. */
export function standsBehind(outcome: BackfillOutcome): [BackfillFate, Registration['state'] | null][] {
  const fates: BackfillFate[] = ['told', ...(Object.keys(ofOthers) as BackfillFate[])];
  const registrations = [null, ...(Object.keys(ofTold) as Registration['state'][])];
  return fates
    .flatMap((fate) =>
      registrations.map((registration): [BackfillFate, Registration['state'] | null] => [fate, registration]),
    )
    .filter(([fate, registration]) => backfillOutcome(fate, registration) === outcome);
}
