import { type Static, Type } from 'typebox';
import { nullable } from '../nullable.ts';
import { Feature } from './feature.ts';
import { StandingReason } from './standing.ts';

/** What each feature switches: the one place where that is said. Whoever is about to do a thing asks `isLicensed`. */
export const gates = {
  cards: ['show-card'],
  registration: ['register-call'],
  'crm-changes': ['create-contact', 'create-lead', 'create-incoming-lead', 'change', 'create-task', 'complete-task'],
  'click-to-call': ['click'],
  routing: ['route'],
  recordings: ['play-recording'],
  backfill: ['backfill'],
  hooks: ['call-hook', 'decision-hook'],
  'several-pbxs': ['further-pbx'],
} as const satisfies Record<Feature, readonly string[]>;

export type LicensedDeed = (typeof gates)[Feature][number];

const features = Object.keys(gates) as Feature[];
const deedsOf = (feature: Feature): readonly LicensedDeed[] => gates[feature];

export function featureOf(deed: LicensedDeed): Feature {
  const feature = features.find((one) => deedsOf(one).includes(deed));
  if (!feature) throw new Error(`No feature switches ${deed}.`);
  return feature;
}

/** @param on features of the licence as it stands */
export const isLicensed = (deed: LicensedDeed, on: readonly Feature[]): boolean => on.includes(featureOf(deed));

/** What rules asked for in a call and the licence did not let be done. */
export const HeldBack = Type.Object({
  deeds: Type.Array(Type.Unsafe<LicensedDeed>(Type.Enum(features.flatMap(deedsOf)))),
  /** `no-seat`: of whoever rang or talked nobody has one; of cards: whoever should have seen one has none. */
  why: Type.Enum(['feature-off', 'no-seat', 'pbx-beyond']),
  /** The one that is off; null: it is not for want of one. */
  feature: nullable(Feature),
  /** Why the licence is less than was paid for; null: it is as it was bought. */
  reason: nullable(StandingReason),
});
export type HeldBack = Static<typeof HeldBack>;
