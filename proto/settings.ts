import { type Static, Type } from 'typebox';
import { PbxDescription } from './pbx.ts';

/** What the decisions of a call depend on; a call keeps the version it began with. */
export const CallSettings = Type.Object({
  accountId: Type.String(),
  pbx: PbxDescription,
  /** Extension → amoCRM user id. */
  employees: Type.Record(Type.String(), Type.Integer()),
  /** Language of the texts that Ringflow writes into amoCRM. */
  language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
});
export type CallSettings = Static<typeof CallSettings>;
