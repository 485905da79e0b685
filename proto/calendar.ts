import { type Static, Type } from 'typebox';

const timeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' });

/** From one time of the day up to, not including, another; what goes over midnight is two of these. */
const Hours = Type.Object({ from: timeOfDay, to: timeOfDay }, { additionalProperties: false });

/** When an office is open. */
export const Calendar = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** IANA name. */
    timezone: Type.String({ minLength: 1, maxLength: 60 }),
    /** Seven lists of hours, Monday first; an empty one is a closed day. */
    week: Type.Array(Type.Array(Hours, { maxItems: 10 }), { minItems: 7, maxItems: 7 }),
    /** Days that are not like their weekday, by date (`2026-01-01`): holidays, short days, working Saturdays. */
    days: Type.Record(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), Type.Array(Hours, { maxItems: 10 }), {
      additionalProperties: false,
    }),
  },
  { additionalProperties: false },
);
export type Calendar = Static<typeof Calendar>;
