import { useQuery } from '@tanstack/react-query';
import type { AmocrmUser, Pipeline } from '../../../../proto/catalogue.ts';
import { catalogueQuery } from '../employees/catalogue.ts';
import type { PresentSettings } from '../settings/settings.ts';

export interface Named {
  id: string;
  name: string;
}

/** What rules may name: of amoCRM as far as it has told, and of the settings. */
export interface Names {
  users: readonly AmocrmUser[];
  /** null: amoCRM has not told them yet; then they are given by number. */
  pipelines: readonly Pipeline[] | null;
  lists: readonly Named[];
  calendars: readonly Named[];
  hooks: readonly Named[];
  /** What is known of the PBXs, to choose from; others may be typed. */
  dids: readonly string[];
  queues: readonly string[];
  extensions: readonly string[];
}

export function namesOf(
  { settings }: PresentSettings,
  catalogue: { users: AmocrmUser[]; pipelines: Pipeline[] | null } | undefined,
): Names {
  const pbxs = Object.values(settings.pbxs);
  const all = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].toSorted();
  return {
    users: catalogue?.users ?? [],
    pipelines: catalogue?.pipelines ?? null,
    ...{ lists: settings.numberLists, calendars: settings.calendars, hooks: settings.hooks ?? [] },
    dids: all(pbxs.map(({ dids }) => Object.keys(dids ?? {}))),
    queues: all(pbxs.map(({ queues }) => Object.keys(queues ?? {}))),
    extensions: all([
      ...pbxs.map(({ extensions }) => extensions ?? []),
      Object.keys(settings.employees ?? {}),
      (catalogue?.users ?? []).flatMap(({ phone }) => (phone !== null && /^\d{2,6}$/.test(phone) ? [phone] : [])),
    ]),
  };
}

/** While amoCRM's names are not there, rules are shown with numbers. */
export function useNames(accountId: string, present: PresentSettings): Names {
  const { data } = useQuery(catalogueQuery(accountId));
  return namesOf(present, data);
}

/** What is not known (any more) is told by its number; 0: nothing is chosen yet. */
const numbered = (id: number): string => (id === 0 ? '…' : `№ ${id}`);

export const userName = ({ users }: Names, id: number): string =>
  users.find((user) => user.id === id)?.name ?? numbered(id);

export const namedOf = (all: readonly Named[], id: string): string => all.find((one) => one.id === id)?.name ?? id;

/** `Sales` or `Sales: New`. */
export function stageName({ pipelines }: Names, pipelineId: number, statusId?: number): string {
  const pipeline = pipelines?.find(({ id }) => id === pipelineId);
  const name = pipeline?.name ?? numbered(pipelineId);
  if (statusId === undefined) return name;
  return `${name}: ${pipeline?.stages.find(({ id }) => id === statusId)?.name ?? numbered(statusId)}`;
}
