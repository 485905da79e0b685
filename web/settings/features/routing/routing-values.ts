import type { Instead, PbxRouting, Routing } from '../../../../proto/routing/settings.ts';

/** What is said of a PBX of which nothing was said yet. */
export const routingOf = (routing: Routing, pbxId: string): PbxRouting =>
  (Object.hasOwn(routing, pbxId) ? routing[pbxId] : undefined) ?? { enabled: false };

/** The section with one PBX changed; a field that became undefined is left out. */
export function withRouting(
  routing: Routing,
  pbxId: string,
  changes: { [Name in keyof PbxRouting]?: PbxRouting[Name] | undefined },
): Routing {
  const fields = Object.entries({ ...routingOf(routing, pbxId), ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...routing, [pbxId]: Object.fromEntries(fields) as PbxRouting };
}

export const isExtension = (text: string): boolean => /^\d{1,10}$/.test(text);

/** Whether every extension that has to be named is named. */
export function isComplete({ hours, whenBusy, whenAbsent, deputies = {} }: PbxRouting): boolean {
  const places: (Instead | 'ring' | undefined)[] = [hours?.outside, whenBusy, whenAbsent];
  const named = places.flatMap((place) => (typeof place === 'object' ? [place.extension] : []));
  return [...named, ...Object.values(deputies)].every(isExtension);
}
