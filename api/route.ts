import { type TProperties, type TSchema, Type } from 'typebox';
import type { Access } from './access/access.ts';

/** How every error is told; `faults` name what is wrong with what was sent, each with its place. */
const ErrorAnswer = Type.Object({
  code: Type.String(),
  message: Type.String(),
  whatToDo: Type.String(),
  faults: Type.Optional(Type.Array(Type.String())),
});

interface RouteSchema {
  params?: TSchema;
  querystring?: TSchema;
  body?: TSchema;
}

/** What an operation takes is checked, what is not named in it is refused. */
export const strictObject = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const nothing = Type.Null();

export const accountId = Type.String({ minLength: 1, maxLength: 100 });
/** Of what belongs to an account; guardAccess asks whether it is theirs. */
export const ofAccount = strictObject({ account: accountId });

/**
 * A route of the API as it stands in the OpenAPI document.
 *
 * @param operationId by which the web app calls it
 * @param answer of success; `nothing` is answered by 204
 */
export function route<S extends RouteSchema, A extends TSchema>(
  access: Access,
  operationId: string,
  schema: S,
  answer: A,
) {
  const response =
    (answer as TSchema) === nothing ? { 204: answer, default: ErrorAnswer } : { 200: answer, default: ErrorAnswer };
  return {
    config: { access },
    schema: { ...schema, operationId, response: response as { 200: A; 204: A } },
  };
}

/** A route that answers with a file. @param mediaType such as application/zip */
export function fileRoute<S extends RouteSchema>(access: Access, operationId: string, schema: S, mediaType: string) {
  const file = Type.String({ format: 'binary' });
  const response = {
    200: { description: 'The file.', content: { [mediaType]: { schema: file } } },
    default: ErrorAnswer,
  };
  return { config: { access }, schema: { ...schema, operationId, response } };
}

/**
 * A route that goes on answering, event by event (text/event-stream), as long as whoever asked listens.
 *
 * @param event what is told, each with its name as `event`
 */
export function eventRoute<S extends RouteSchema>(access: Access, operationId: string, schema: S, event: TSchema) {
  const description = 'Events, each with its id; the first is the whole.';
  const response = { 200: { description, content: { 'text/event-stream': { schema: event } } }, default: ErrorAnswer };
  return { config: { access }, schema: { ...schema, operationId, response } };
}
