import { type Static, Type } from 'typebox';
import { Doing } from './live-call.ts';
import { nullable } from './nullable.ts';

/** What the API tells the widget inside amoCRM. */

/** Of people who work in amoCRM, as far as Ringflow has words for them. */
export const WidgetLanguage = Type.Enum(['ru', 'en']);

/** Of the account in which the widget stands, and of whoever asks. */
const about = {
  accountId: Type.String(),
  /** null: no phone is known to be theirs. */
  extension: nullable(Type.String()),
  settingsUrl: Type.String(),
};

export const WidgetState = Type.Object({ isConnected: Type.Boolean(), ...about });
export type WidgetState = Static<typeof WidgetState>;

/** Opens one stream of events, once. */
export const WidgetTicket = Type.Object({ ticket: Type.String(), expiresInMs: Type.Integer(), ...about });
export type WidgetTicket = Static<typeof WidgetTicket>;

/** The first event of a stream: by it the page shows signs of life; without them it is held to be closed. */
export const WidgetPage = Type.Object({ pageId: Type.String(), signEveryMs: Type.Integer() });
export type WidgetPage = Static<typeof WidgetPage>;

/** A call as somebody sees it whose phone takes part. */
export const WidgetCall = Type.Object({
  /** `pbx:linkedid` */
  id: Type.String(),
  direction: nullable(Type.Enum(['inbound', 'outbound', 'internal'])),
  /** As it is written into amoCRM; null if hidden, or not known yet. */
  number: nullable(Type.String()),
  did: nullable(Type.String()),
  /** What their own phone does. */
  doing: Doing,
  /** ms since the epoch, by the server's clock. */
  sinceMs: Type.Integer(),
  /** null: nobody in amoCRM has this number; left out: not known yet. */
  client: Type.Optional(
    nullable(
      Type.Object({
        entityType: Type.Enum(['contacts', 'companies']),
        entityId: Type.Integer(),
        name: Type.String(),
        responsibleUserId: nullable(Type.Integer()),
        openLeadIds: Type.Array(Type.Integer()),
      }),
    ),
  ),
});
export type WidgetCall = Static<typeof WidgetCall>;
export type WidgetClient = NonNullable<WidgetCall['client']>;

/** Why a card closes. */
export const WidgetGone = Type.Object({
  id: Type.String(),
  why: Type.Enum(['answered-elsewhere', 'handed-on', 'over']),
});
export type WidgetGone = Static<typeof WidgetGone>;

/** How a click stands. */
export const WidgetClick = Type.Object({
  requestId: Type.String(),
  number: Type.String(),
  state: Type.Enum(['planning', 'employee-rings', 'client-rings', 'talking', 'ended', 'failed']),
  /** How long it has been so, when this is sent; clocks of two machines differ. */
  agoMs: Type.Integer({ minimum: 0 }),
  /** Of what is over, in the language of the ticket. */
  message: Type.Optional(Type.String()),
  whatToDo: Type.Optional(Type.String()),
});
export type WidgetClick = Static<typeof WidgetClick>;

/** Whether a click can lead to a call now. */
export const WidgetLine = Type.Object({
  extension: nullable(Type.String()),
  state: Type.Enum(['up', 'down', 'unknown']),
  /** In words, if it is down. */
  reason: Type.Optional(Type.String()),
});
export type WidgetLine = Static<typeof WidgetLine>;
