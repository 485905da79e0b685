import { type Static, Type } from 'typebox';

/** `admin` changes everything; `head` sees calls and recordings of their own people; `viewer` sees and changes nothing. */
export const Role = Type.Union([Type.Literal('admin'), Type.Literal('head'), Type.Literal('viewer')]);
export type Role = Static<typeof Role>;

/** A name or an address; small letters, since people type it as they like. */
export const Login = Type.String({ minLength: 2, maxLength: 100, pattern: '^[\\p{L}\\d._%+@-]+$' });

/** Long enough that guessing is hopeless at the pace that is allowed. */
export const Password = Type.String({ minLength: 10, maxLength: 200 });

export const UserDescription = Type.Object(
  {
    login: Login,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    role: Role,
    /** Of a head: the extensions of their people. */
    extensions: Type.Array(Type.String({ pattern: '^\\d{1,10}$' }), { maxItems: 1_000 }),
    /** Ids of the accounts that heads and viewers may see; null: all. */
    accounts: Type.Union([Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type UserDescription = Static<typeof UserDescription>;

export const User = Type.Object({
  ...UserDescription.properties,
  id: Type.Integer(),
  /** False until they have chosen a password. */
  hasPassword: Type.Boolean(),
});
export type User = Static<typeof User>;

/** Of an account that is not theirs people learn nothing, not even that it is there. Administrators see all. */
export function maySeeAccount(
  { role, accounts }: Pick<UserDescription, 'role' | 'accounts'>,
  accountId: string,
): boolean {
  return role === 'admin' || accounts === null || accounts.includes(accountId);
}
