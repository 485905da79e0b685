import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };
const entityId = Type.Integer({ minimum: 1 });

/** What leads of calls to a number of ours are made with, where a rule names nothing of its own. */
export const OurNumber = Type.Object(
  {
    /** What it stands for: "Advertising". */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    /** A stage belongs to its pipeline. */
    pipelineId: Type.Optional(entityId),
    statusId: Type.Optional(entityId),
    /** `external_id` of one of the account's sources of leads. */
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 36 })),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 })),
    /** amoCRM user: whom `by-number` means. */
    responsibleUserId: Type.Optional(entityId),
    /** Id of the calendar that says when somebody answers it. */
    calendar: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  strict,
);
export type OurNumber = Static<typeof OurNumber>;

/** By DID, digits with the country code, or by the name of a trunk, for calls to whose DID nothing is said. */
export const OurNumbers = Type.Record(Type.String({ pattern: '^.{1,80}$' }), OurNumber, {
  ...strict,
  maxProperties: 500,
});
export type OurNumbers = Static<typeof OurNumbers>;
