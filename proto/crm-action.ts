import { type Static, Type } from 'typebox';

/** A notification at the screen of users whose phones ring. */
export const ShowCard = Type.Object({
  kind: Type.Literal('show-card'),
  /** Names the effect within its call; with it the ledger key is made. */
  effect: Type.String(),
  phone: Type.String(),
  userId: Type.Integer(),
  extension: Type.String(),
});
export type ShowCard = Static<typeof ShowCard>;

/** The record of a finished call in the client's history. */
export const RegisterCall = Type.Object({
  kind: Type.Literal('register-call'),
  effect: Type.String(),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  phone: Type.String(),
  durationSeconds: Type.Integer({ minimum: 0 }),
  /** amoCRM's code, contract section 6: 4 talked, 6 no answer, 7 busy, 5 wrong number. */
  callStatus: Type.Integer({ minimum: 1, maximum: 7 }),
  callResult: Type.String(),
  uniq: Type.String(),
  /** Our side: an amoCRM user, else who it was in words (an extension). */
  responsible: Type.Union([Type.Integer(), Type.String()]),
  startedAtSeconds: Type.Integer(),
});
export type RegisterCall = Static<typeof RegisterCall>;

/** A contact for a number amoCRM doesn't know. */
export const CreateContact = Type.Object({
  kind: Type.Literal('create-contact'),
  phone: Type.String(),
  name: Type.String(),
  responsibleUserId: Type.Optional(Type.Integer()),
});
export type CreateContact = Static<typeof CreateContact>;

/** A task to call a client back. */
export const CreateTask = Type.Object({
  kind: Type.Literal('create-task'),
  phone: Type.String(),
  text: Type.String(),
  dueAtSeconds: Type.Integer(),
  responsibleUserId: Type.Optional(Type.Integer()),
});
export type CreateTask = Static<typeof CreateTask>;

/** The client was talked with: the task to call them back is done. */
export const CompleteTask = Type.Object({
  kind: Type.Literal('complete-task'),
  phone: Type.String(),
  resultText: Type.String(),
});
export type CompleteTask = Static<typeof CompleteTask>;

export const Decision = Type.Object({
  cards: Type.Array(ShowCard),
  registration: Type.Optional(Type.Object({ call: RegisterCall, contactIfUnknown: Type.Optional(CreateContact) })),
  /** On the client, once the call stands with them. */
  task: Type.Optional(Type.Union([CreateTask, CompleteTask])),
  /** Why a finished call is not sent to amoCRM, in words for the journal. */
  notRegistered: Type.Optional(Type.String()),
});
export type Decision = Static<typeof Decision>;
