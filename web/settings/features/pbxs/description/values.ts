import type { PbxDescription } from '../../../../../proto/pbx.ts';

/** What the settings say of a PBX. */
export type Described = Partial<Omit<PbxDescription, 'id' | 'timezone'>>;

const listNames = [
  'extensions',
  'trunkPrefixes',
  'inboundContexts',
  'internalContexts',
  'outboundPrefixes',
  'ownCallerIds',
  'pickupCodes',
  'parkingExtensions',
] as const;
export type ListName = (typeof listNames)[number];

export const didKinds = ['extension', 'group', 'queue', 'ivr', 'other'] as const;

/** As the form shows it; what is empty is found automatically. */
export interface DescriptionValues extends Record<ListName, string[]> {
  country: string;
  extensionPattern: string;
  dids: { number: string; kind: (typeof didKinds)[number]; name: string }[];
  groups: { number: string; members: string[] }[];
  queues: { number: string; members: string[] }[];
  mobiles: { number: string; extension: string }[];
  rewriting: { begins: string; digits: number | string; becomes: string }[];
}

export function valuesOf(described: Described): DescriptionValues {
  const lists = Object.fromEntries(listNames.map((name) => [name, described[name] ?? []]));
  const members = (of: Record<string, string[]> = {}) =>
    Object.entries(of).map(([number, list]) => ({ number, members: list }));
  return {
    ...(lists as Record<ListName, string[]>),
    country: described.country ?? '',
    extensionPattern: described.extensionPattern ?? '',
    dids: Object.entries(described.dids ?? {}).map(([number, target]) => ({ number, ...target })),
    groups: members(described.groups),
    queues: members(described.queues),
    mobiles: Object.entries(described.mobiles ?? {}).map(([number, extension]) => ({ number, extension })),
    rewriting: (described.rewriting ?? []).map(({ begins, digits = '', becomes }) => ({ begins, digits, becomes })),
  };
}

/** @param before what was described: what was not touched in the form stays as it is there, also if it is empty */
export function descriptionOf(values: DescriptionValues, before: Described): Described {
  const [shown, wanted] = [valuesOf(before), written(values)];
  const names = Object.keys(wanted) as (keyof Described)[];
  return Object.fromEntries(
    names.flatMap((name) => {
      if (isSame(values[name], shown[name])) return Object.hasOwn(before, name) ? [[name, before[name]]] : [];
      return isEmpty(wanted[name]) ? [] : [[name, wanted[name]]];
    }),
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function written(values: DescriptionValues): Required<Described> {
  const { dids, groups, queues, mobiles, rewriting, ...rest } = values;
  const members = (rows: DescriptionValues['groups']) =>
    Object.fromEntries(rows.map(({ number, members: list }) => [number.trim(), list]));
  return {
    ...rest,
    country: values.country.toUpperCase(),
    dids: Object.fromEntries(dids.map(({ number, kind, name }) => [number.trim(), { kind, name: name.trim() }])),
    groups: members(groups),
    queues: members(queues),
    mobiles: Object.fromEntries(mobiles.map(({ number, extension }) => [bareNumber(number), extension.trim()])),
    rewriting: rewriting.map(({ begins, digits, becomes }) => ({
      ...{ begins, becomes },
      ...(digits !== '' && { digits: Number(digits) }),
    })),
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : value === '';
}

/** As it is compared: digits, and the `*` of a beginning. */
export const bareNumber = (number: string): string => number.replace(/[^\d*]/g, '');
