import type { AmocrmUser } from '../../../../proto/catalogue.ts';

/** User → their extensions, as the form shows it. */
export type Mapping = Record<string, string[]>;

export function mappingOf(employees: Record<string, number>): Mapping {
  const byUser = Map.groupBy(Object.entries(employees), ([, user]) => String(user));
  return Object.fromEntries([...byUser].map(([user, pairs]) => [user, pairs.map(([extension]) => extension)]));
}

export function employeesOf(mapping: Mapping): Record<string, number> {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([user, extensions]) => extensions.map((extension) => [extension, Number(user)])),
  );
}

export interface MappingFaults {
  /** Extensions that more than one user has. */
  shared: string[];
  /** What is no extension at all. */
  unreadable: string[];
  /** Users who have extensions and can't get anything: deactivated, or not known to amoCRM. */
  idle: string[];
}

export function faultsOf(mapping: Mapping, users: readonly AmocrmUser[]): MappingFaults {
  const all = Object.values(mapping).flat();
  const active = new Set(users.filter(({ isActive }) => isActive).map(({ id }) => String(id)));
  const withExtensions = Object.keys(mapping).filter((user) => mapping[user]?.length);
  return {
    shared: [...new Set(all.filter((extension, index) => all.indexOf(extension) !== index))],
    unreadable: [...new Set(all.filter((extension) => !/^\d{1,10}$/.test(extension)))],
    idle: withExtensions.filter((user) => !active.has(user)),
  };
}
