import { type Static, Type } from 'typebox';
import { nullable } from '../nullable.ts';
import { Feature } from './feature.ts';
import { StandingReason } from './standing.ts';

/** What the licence lets a call do; a call keeps what it began with. */
export const LicenceOfCall = Type.Object({
  features: Type.Array(Feature),
  /** amoCRM users with a seat; null: everybody has one. */
  seatHolders: nullable(Type.Array(Type.Integer())),
  /** Why it is less than was paid for, or than there is; null: nothing is wrong. */
  reason: nullable(StandingReason),
  /** Its PBX is one more than the licence has. */
  isPbxBeyond: Type.Boolean(),
  /** Phones that belong to nobody in amoCRM need no seat. Absent in what an earlier version said: they do. */
  isUnmappedFree: Type.Optional(Type.Boolean()),
  /** It is told once more, and stands in amoCRM already. */
  isRegistered: Type.Optional(Type.Boolean()),
});
export type LicenceOfCall = Static<typeof LicenceOfCall>;
