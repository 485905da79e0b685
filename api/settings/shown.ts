import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { AccountSettings } from '../../proto/account-settings.ts';
import type { Role } from '../../proto/user.ts';

/** Number lists come without their numbers, which may be megabytes; they have a route of their own. */
const ListWithoutNumbers = Type.Object({
  id: Type.String(),
  name: Type.String(),
  count: Type.Integer(),
  /** Two lists with the same numbers have the same one. */
  digest: Type.String(),
});

/** Settings as a page shows them. */
export const ShownSettings = Type.Object({
  ...Type.Omit(AccountSettings, ['numberLists']).properties,
  numberLists: Type.Array(ListWithoutNumbers),
});

/** @param role whoever may change nothing sees of addresses, which often hold a key, no more than whose they are */
export function shownTo(role: Role, { numberLists, ...rest }: AccountSettings) {
  return {
    ...(role === 'admin' ? rest : withoutKeys(rest)),
    numberLists: numberLists.map(({ id, name, numbers }) => ({
      ...{ id, name, count: numbers.length },
      digest: digestOf(numbers),
    })),
  };
}

function withoutKeys<S extends Pick<AccountSettings, 'hooks' | 'alerts'>>(settings: S): S {
  const { hooks, alerts } = settings;
  const destinations = alerts?.destinations.map((one) => (one.kind === 'webhook' ? { ...one, url: hostOf(one) } : one));
  return {
    ...settings,
    ...(hooks && { hooks: hooks.map((hook) => ({ ...hook, url: hostOf(hook) })) }),
    ...(alerts && destinations && { alerts: { ...alerts, destinations } }),
  };
}

const hostOf = ({ url }: { url: string }): string => (URL.canParse(url) ? `${new URL(url).origin}/…` : '…');

function digestOf(numbers: readonly string[]): string {
  const text = numbers.toSorted().join(' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
