import type { Person } from '../employees/people.ts';
import type { Doing, LiveCall } from './following.ts';

/** What an employee does now; `call` is absent while they are free. */
export interface Place {
  extension: string;
  name: string | null;
  doing: Doing | 'free';
  sinceMs: number | null;
  call?: LiveCall;
}

/** Of several calls the one that takes most of a person. */
const order: Doing[] = ['talks', 'holds', 'dials', 'rings'];

/** Every employee; phones that ring or talk though nobody is known to have them come last. */
export function boardOf(people: readonly Person[], calls: readonly LiveCall[], showsOthers: boolean): Place[] {
  const parts = calls.flatMap((call) => call.parts.map((part) => ({ ...part, call })));
  const busy = new Map<string, (typeof parts)[number]>();
  for (const part of parts.toSorted((a, b) => order.indexOf(a.doing) - order.indexOf(b.doing))) {
    if (!busy.has(part.extension)) busy.set(part.extension, part);
  }
  const known = new Set(people.map(({ extension }) => extension));
  const others = showsOthers ? [...busy.keys()].filter((extension) => !known.has(extension)).toSorted() : [];
  return [...people, ...others.map((extension) => ({ extension, name: null }))].map(({ extension, name }) => {
    const part = busy.get(extension);
    return part
      ? { extension, name, doing: part.doing, sinceMs: part.sinceMs, call: part.call }
      : { extension, name, doing: 'free', sinceMs: null };
  });
}
