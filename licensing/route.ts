import { type TProperties, type TSchema, Type } from 'typebox';
import type { Access } from './admin/access.ts';

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

/** A number that the database gave. */
export const id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
export const ofId = strictObject({ id });

/**
 * A route as it stands in the OpenAPI document.
 *
 * @param access `installation` is whoever signs requests; others use the pages
 * @param operationId by which it is called
 * @param answer of success; `nothing` is answered by 204
 */
export function route<S extends RouteSchema, A extends TSchema>(
  access: Access | 'installation',
  operationId: string,
  schema: S,
  answer: A,
) {
  const response =
    (answer as TSchema) === nothing ? { 204: answer, default: ErrorAnswer } : { 200: answer, default: ErrorAnswer };
  return {
    config: access === 'installation' ? {} : { staffAccess: access },
    schema: { ...schema, operationId, response: response as { 200: A; 204: A } },
  };
}
