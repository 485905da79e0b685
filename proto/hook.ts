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

/** The hook that hears what was decided at the end of a call before it is done, and may change or forbid it. */
export const DecisionHook = Type.Object(
  {
    /** Id of a hook of the settings. */
    hook: Type.String({ minLength: 1, maxLength: 40 }),
    /** If it is silent or its answer makes no sense: do as decided, or do nothing. */
    ifItFails: Type.Union([Type.Literal('go-on'), Type.Literal('leave-out')]),
  },
  { additionalProperties: false },
);
export type DecisionHook = Static<typeof DecisionHook>;
