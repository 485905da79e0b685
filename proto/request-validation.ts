import { Ajv } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import { isWellFormed } from './well-formed.ts';

const options = { allErrors: false, strict: false } as const;
const asSent = new Ajv(options);
/** Whatever stands in an address is text. */
const fromText = new Ajv({ ...options, coerceTypes: 'array' });

const halfCharacter = {
  keyword: 'text',
  instancePath: '',
  schemaPath: '',
  params: {},
  message: 'holds half a character',
};

/** For both servers: bodies are taken as they are; what stands in addresses is read as its schema says. */
export const compileValidator: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  if (httpPart !== 'body') return fromText.compile(schema);
  const fits = asSent.compile(schema);
  return (body) => {
    if (!fits(body)) return { error: fits.errors ?? [] };
    return isWellFormed(body) || { error: [halfCharacter] };
  };
};
