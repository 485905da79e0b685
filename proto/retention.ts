import { type Static, Type } from 'typebox';

/** How long what was told of calls is kept. */
export const Retention = Type.Object(
  {
    /** So many days after its call an entry of the journal is let go; left out: it is kept for good. */
    journalDays: Type.Optional(Type.Integer({ minimum: 30, maximum: 3_650 })),
  },
  { additionalProperties: false },
);
export type Retention = Static<typeof Retention>;
