import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** JSON as one of us has written it into Redis. @returns undefined for what was not, or by another version of us */
export function readAs<S extends TSchema>(schema: S, text: string): Static<S> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(schema, value) ? (value as Static<S>) : undefined;
  } catch {
    return undefined;
  }
}
