import { type Static, Type } from 'typebox';

/** What an amoCRM account has that settings name: who works there, and the stages that leads go through. */

export const AmocrmUser = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  /** As the user's own phone number says; often an extension. */
  phone: Type.Union([Type.String(), Type.Null()]),
  /** False: deactivated, nothing is given to them. */
  isActive: Type.Boolean(),
});
export type AmocrmUser = Static<typeof AmocrmUser>;

export const Pipeline = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  isMain: Type.Boolean(),
  stages: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
});
export type Pipeline = Static<typeof Pipeline>;

/**
 * Extension → user, as the users' own phone numbers say; one that two users claim belongs to neither, deactivated users
 * have none.
 */
export function employeesByOwnPhones(users: readonly AmocrmUser[], extensionPattern: string): Record<string, number> {
  const isExtension = new RegExp(extensionPattern);
  const active = users.filter(({ isActive, phone }) => isActive && phone !== null && isExtension.test(phone));
  const owners = Map.groupBy(active, ({ phone }) => String(phone));
  return Object.fromEntries(
    [...owners].flatMap(([extension, [owner, ...more]]) => (owner && more.length === 0 ? [[extension, owner.id]] : [])),
  );
}
