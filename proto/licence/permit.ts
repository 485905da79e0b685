import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { nullable } from '../nullable.ts';
import { Feature } from './feature.ts';

/**
 * What the licensing server signs (JWS, EdDSA over Ed25519; RFC 7515, 8037). A permit is signed by a signing key, which
 * stands in a key set, which is signed by the root key, whose public half an installation is configured with. So signing
 * keys change without a gap, and whoever sits between can unlock nothing.
 */

export const permitIssuer = 'ringflow-licensing';
/** `typ` of each kind of token: none is taken for another. */
export const tokenTypes = { permit: 'ringflow-permit', keySet: 'ringflow-keys', request: 'ringflow-request' } as const;

const seconds = Type.Integer({ minimum: 0, maximum: 4_102_444_800 }); // until the year 2100

/** Why an installation is kept to what is free. */
export const RestrictionReason = Type.Enum([
  /** No licence key, and no trial (any more). */
  'no-licence',
  'trial-over',
  'term-over',
  'revoked',
  /** The key is used by another installation now. */
  'moved',
  /** The installation has given its key back itself. */
  'released',
]);
export type RestrictionReason = Static<typeof RestrictionReason>;

export const PermitClaims = Type.Object({
  iss: Type.Literal(permitIssuer),
  /** Id of the installation: RFC 7638 thumbprint of its public key. */
  sub: Type.String({ minLength: 43, maxLength: 43 }),
  iat: seconds,
  /** After it the permit unlocks nothing: the end of grace, on a working morning. */
  exp: seconds,
  /** Grows with each permit of an installation: a lower one than the last that was seen is a replay. */
  serial: Type.Integer({ minimum: 1 }),
  kind: Type.Enum(['trial', 'paid', 'free', 'restricted']),
  /** Why; of `restricted`, and of what will be so after its `paidUntil` and grace: `moved`. */
  reason: nullable(RestrictionReason),
  /** As the plan is called. */
  plan: Type.String({ maxLength: 100 }),
  /** To whom it was sold. */
  customer: Type.String({ maxLength: 200 }),
  /** The last signs of the licence key; null without a key. */
  keyHint: nullable(Type.String({ maxLength: 10 })),
  seats: Type.Integer({ minimum: 0, maximum: 100_000 }),
  features: Type.Array(Feature, { maxItems: 100 }),
  /** When what was paid for ends, an invoice's delay included; of a file at the latest its own end; null: it does not. */
  paidUntil: nullable(seconds),
  /** An invoice is pending, and the term was extended for it. */
  isInvoicePending: Type.Boolean(),
  /** When the server wants to be asked again. */
  nextCheck: seconds,
  /** From then on it is told that the server was not reached. */
  freshUntil: seconds,
  /** Fetched as a file: the server is not asked. */
  isOffline: Type.Boolean(),
  /** Two machines use the identity of this one: one is a copy of the other. */
  isTwin: Type.Optional(Type.Boolean()),
  /** Of a file: what time it was for the installation when it asked, by its clock that never goes back. */
  askedAt: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type PermitClaims = Static<typeof PermitClaims>;

/** @returns undefined if it is no permit, whoever has signed it; features that this version does not know are left out */
export function readPermitClaims(value: unknown): PermitClaims | undefined {
  const { features } = (value ?? {}) as { features?: unknown };
  const known = Array.isArray(features) ? features.filter((one) => Value.Check(Feature, one)) : features;
  const claims = { ...(value as object), features: known };
  return Value.Check(PermitClaims, claims) ? claims : undefined;
}

/** The signing keys, as the root key vouches for them. */
export const KeySetClaims = Type.Object({
  iss: Type.Literal(permitIssuer),
  iat: seconds,
  /** Grows with each set: a lower one than the last that was seen is a replay. */
  serial: Type.Integer({ minimum: 1 }),
  keys: Type.Array(
    Type.Object({
      kid: Type.String({ minLength: 1, maxLength: 100 }),
      /** The public key, RFC 8037. */
      x: Type.String({ minLength: 43, maxLength: 43 }),
    }),
    { minItems: 1, maxItems: 20 },
  ),
});
export type KeySetClaims = Static<typeof KeySetClaims>;

/** What an installation gets, from the server or as a file. */
export const SignedPermit = Type.Object(
  {
    /** JWS with PermitClaims, by a key of `keys`. */
    permit: Type.String({ maxLength: 20_000 }),
    /** JWS with KeySetClaims, by the root key. */
    keys: Type.String({ maxLength: 20_000 }),
  },
  { additionalProperties: false },
);
export type SignedPermit = Static<typeof SignedPermit>;
