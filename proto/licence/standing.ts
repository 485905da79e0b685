import { type Static, Type } from 'typebox';
import { nullable } from '../nullable.ts';
import { Feature, restrictedMode } from './feature.ts';
import { type PermitClaims, RestrictionReason } from './permit.ts';

export const StandingReason = Type.Union([
  RestrictionReason,
  /** The licensing server was not reached for too long. */
  Type.Literal('server-away'),
  /** What is kept can't be read or signed: RINGFLOW_SECRET_KEYS is missing, or is another. */
  Type.Literal('no-secret-keys'),
  /** Nobody vouches for a permit: LICENSING_ROOT_KEY is missing. */
  Type.Literal('no-root-key'),
  /** The permit that is kept is not genuine by that key, or is an older one than was seen. */
  Type.Literal('permit-unreadable'),
]);
export type StandingReason = Static<typeof StandingReason>;
/** Why no permit can be believed here: something of this machine's own is wrong. */
export type Doubt = Extract<StandingReason, 'no-secret-keys' | 'no-root-key' | 'permit-unreadable'>;

/** How an installation stands with its licence, at one moment. */
export const Standing = Type.Object({
  state: Type.Enum(['trial', 'active', 'grace', 'restricted']),
  /** Of grace and restriction. */
  reason: nullable(StandingReason),
  /** When it changes if nothing is done: the end of trial, term or grace; null: it does not. ms UTC. */
  untilMs: nullable(Type.Integer()),
  seats: Type.Integer(),
  features: Type.Array(Feature),
});
export type Standing = Static<typeof Standing>;

/**
 * @param permit the last genuine one; undefined: there was none yet
 * @param nowMs not before any moment that was ever seen: a clock that was set back unlocks nothing
 * @param doubt why there is none that can be believed; undefined: there is no such trouble
 */
export function standingOf(permit: PermitClaims | undefined, nowMs: number, doubt?: Doubt): Standing {
  if (!permit) return restricted(doubt ?? 'no-licence');
  const [paidUntilMs, endMs] = [permit.paidUntil === null ? null : permit.paidUntil * 1000, permit.exp * 1000];
  const isTermOver = paidUntilMs !== null && nowMs >= paidUntilMs;
  const termOver = permit.reason ?? (permit.kind === 'trial' ? 'trial-over' : 'term-over');
  if (permit.kind === 'restricted') return restricted(permit.reason ?? 'no-licence');
  if (nowMs >= endMs) return restricted(isTermOver ? termOver : 'server-away');
  const { seats, features } = permit;
  if (isTermOver) return { state: 'grace', reason: termOver, untilMs: endMs, seats, features };
  const isStale = nowMs >= permit.freshUntil * 1000;
  if (isStale) return { state: 'grace', reason: 'server-away', untilMs: endMs, seats, features };
  const state = permit.kind === 'trial' ? 'trial' : 'active';
  return { state, reason: null, untilMs: paidUntilMs, seats, features };
}

function restricted(reason: StandingReason): Standing {
  const { seats, features } = restrictedMode;
  return { state: 'restricted', reason, untilMs: null, seats, features: [...features] };
}
