import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { faultsInWords } from './faults-in-words.ts';
import { AttachTo } from './rule.ts';

/** What a decision hook may answer; whatever else it says counts as no answer. */

const strict = { additionalProperties: false };
const orNone = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const name = Type.Optional(Type.String({ minLength: 1, maxLength: 255 }));
const id = Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }));
const tags = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 });
const Tags = Type.Optional(Type.Object({ tags }, strict));

/** Of each only what is to be otherwise; null: none of it. What was not decided needs its required fields. */
const DecisionChange = Type.Object(
  {
    registration: Type.Optional(
      Type.Object(
        {
          responsible: id,
          callResult: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
          attachTo: Type.Optional(AttachTo),
        },
        strict,
      ),
    ),
    contact: orNone(Type.Object({ name, responsibleUserId: id }, strict)),
    lead: orNone(
      Type.Object({ name, pipelineId: id, statusId: id, responsibleUserId: id, tags: Type.Optional(tags) }, strict),
    ),
    task: orNone(
      Type.Object(
        {
          text: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
          dueAtSeconds: Type.Optional(Type.Integer({ minimum: 1_000_000_000, maximum: 4_102_444_800 })),
          responsibleUserId: id,
        },
        strict,
      ),
    ),
    /** In place of those that were decided. */
    changes: Type.Optional(Type.Object({ client: Tags, lead: Tags }, strict)),
  },
  strict,
);
export type DecisionChange = Static<typeof DecisionChange>;

/** Empty: as decided. */
const DecisionAnswer = Type.Object(
  {
    /** Nothing is done, and why not. */
    veto: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    decision: Type.Optional(DecisionChange),
  },
  strict,
);
type DecisionAnswer = Static<typeof DecisionAnswer>;

const mostFaults = 3;
/** A path holds what the answer says. */
const longestFault = 200;

/** @returns the answer, or what is wrong with it and where */
export function readDecisionAnswer(value: unknown): { answer: DecisionAnswer } | { faults: string[] } {
  const faults = faultsInWords(Value.Errors(DecisionAnswer, value));
  if (faults.length > 0) return { faults: faults.slice(0, mostFaults).map((fault) => fault.slice(0, longestFault)) };
  const answer = value as DecisionAnswer;
  const isBoth = answer.veto !== undefined && answer.decision !== undefined;
  return isBoth ? { faults: ['/: either a veto or a decision'] } : { answer };
}
