import { Ajv } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';

const options = { allErrors: false, strict: false } as const;
const asSent = new Ajv(options);
/** Whatever stands in an address is text. */
const fromText = new Ajv({ ...options, coerceTypes: 'array' });

/** Bodies are taken as they are; what stands in addresses is read as its schema says. */
export const compileValidator: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? asSent : fromText).compile(schema);
