import { type Static, Type } from 'typebox';

/** Somebody else's program that hears of calls, by HTTP POST. */
export const Hook = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    url: Type.String({ pattern: '^https?://[^\\s/@]+(/[^\\s]*)?$', maxLength: 500 }),
    timeoutMs: Type.Integer({ minimum: 100, maximum: 10_000 }),
  },
  { additionalProperties: false },
);
export type Hook = Static<typeof Hook>;
