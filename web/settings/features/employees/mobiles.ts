import type { AccountSettings } from '../../../../proto/account-settings.ts';
import type { Mapping } from './mapping.ts';

type Pbxs = AccountSettings['pbxs'];

/** User → their mobile numbers. Blocks of numbers (`79167770*`) belong to no single one and are set on the PBX's page. */
export type Mobiles = Record<string, string[]>;

/** Whose mobile phone is whose, by the extension that it counts as on any PBX. */
export function mobilesOf(pbxs: Pbxs, mapping: Mapping): Mobiles {
  const owners = new Map(Object.entries(mapping).flatMap(([user, list]) => list.map((extension) => [extension, user])));
  const owned = Object.values(pbxs).flatMap(({ mobiles = {} }) =>
    Object.entries(mobiles).flatMap(([number, extension]) => {
      const user = owners.get(extension);
      return user === undefined || number.endsWith('*') ? [] : [{ user, number }];
    }),
  );
  const byUser = Map.groupBy(owned, ({ user }) => user);
  return Object.fromEntries([...byUser].map(([user, rows]) => [user, [...new Set(rows.map(({ number }) => number))]]));
}

/**
 * The PBXs with what was changed: who calls from a mobile phone may come by any of them.
 *
 * @param pbxIds of the account
 * @param mapping by it a new number counts as the first extension of its user
 * @returns undefined if nothing differs
 */
export function withMobiles(
  pbxs: Pbxs,
  pbxIds: readonly string[],
  mapping: Mapping,
  before: Mobiles,
  wanted: Mobiles,
): Pbxs | undefined {
  const users = [...new Set([...Object.keys(before), ...Object.keys(wanted)])];
  const differing = (some: Mobiles, others: Mobiles) =>
    users.flatMap((user) =>
      (some[user] ?? []).filter((number) => !others[user]?.includes(number)).map((number) => ({ user, number })),
    );
  const gone = new Set(differing(before, wanted).map(({ number }) => number));
  const added = differing(wanted, before).flatMap(({ user, number }) => {
    const extension = mapping[user]?.[0];
    return extension === undefined ? [] : [[number, extension]];
  });
  if (gone.size + added.length === 0) return undefined;
  const changed = pbxIds.map((id) => {
    const kept = Object.entries(pbxs[id]?.mobiles ?? {}).filter(([number]) => !gone.has(number));
    return [id, { ...pbxs[id], mobiles: Object.fromEntries([...kept, ...added]) }];
  });
  return { ...pbxs, ...Object.fromEntries(changed) };
}

export interface MobileFaults {
  /** What is no number. */
  unreadableMobiles: string[];
  /** Numbers that more than one user has. */
  sharedMobiles: string[];
  /** Users who have a mobile phone and no extension that it could count as. */
  withoutExtension: string[];
}

export function faultsOfMobiles(mobiles: Mobiles, mapping: Mapping): MobileFaults {
  const all = Object.values(mobiles).flat();
  return {
    unreadableMobiles: [...new Set(all.filter((number) => !/^\d{5,20}$/.test(number)))],
    sharedMobiles: [...new Set(all.filter((number, index) => all.indexOf(number) !== index))],
    withoutExtension: Object.keys(mobiles).filter((user) => mobiles[user]?.length && !mapping[user]?.length),
  };
}

/** As it is compared. */
export const bareMobile = (text: string): string => text.replace(/[\s+().-]/g, '');
