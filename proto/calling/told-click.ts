import { type Static, Type } from 'typebox';

/** How a click stands, as it is told to whoever clicked. */
export const ToldClick = Type.Object({
  requestId: Type.String(),
  /** As it stands in amoCRM. */
  number: Type.String(),
  phase: Type.Enum(['planning', 'employee-rings', 'client-rings', 'talking', 'ended', 'failed']),
  /** Since when, ms since the epoch. */
  atMs: Type.Integer(),
  /** With `ended` and `failed`: a ClickReason. */
  reason: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
});
export type ToldClick = Static<typeof ToldClick>;

/** Who is told of it. */
export const ClickChange = Type.Object({ accountId: Type.String(), userId: Type.Integer(), click: ToldClick });
export type ClickChange = Static<typeof ClickChange>;
