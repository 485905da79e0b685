import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** One request with its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  /** With the query. */
  url: string;
  requestType: string;
  requestBody: string;
  /** 0: no answer. */
  status: number;
  answerType: string;
  answerBody: string;
}

interface Parameter {
  name: string;
  in: 'query' | 'path';
  required?: boolean;
  schema: object;
}
type Content = Record<string, { schema: object }>;
interface Operation {
  operationId: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content } | Reference>;
}
interface Reference {
  $ref: string;
}
interface Contract {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

const file = join(__dirname, '../../../proto/amocrm.openapi.yaml');
const contract = parse(readFileSync(file, 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'contract', components: contract.components });
/** In a URL everything is text. */
const ajvOfUrls = new Ajv2020({ strict: false, coerceTypes: 'array' });
ajvOfUrls.addSchema({ $id: 'contract', components: contract.components });

/** Names of all operations that the contract has. */
export const operationIds = Object.values(contract.paths).flatMap((path) =>
  Object.values(path).map(({ operationId }) => operationId),
);

/**
 * The operations of a path as the contract writes it.
 *
 * @param method all if not given
 * @throws if it has none
 */
export function operationIdsAt(path: string, method?: string): string[] {
  const own = Object.entries(contract.paths[path] ?? {}).filter(([each]) => !method || each === method.toLowerCase());
  if (own.length === 0) throw new Error(`${method ?? ''} ${path} is not in the contract`);
  return own.map(([, { operationId }]) => operationId);
}

/** Which operation of the contract a request is; undefined if it is none. */
export function operationIdOf(exchange: Exchange): string | undefined {
  return find(exchange)?.operation.operationId;
}

/** What is wrong with a request by the contract, in words. */
export function faultsOfRequest(exchange: Exchange): string[] {
  const found = find(exchange);
  if (!found) return [`${exchange.method} ${exchange.url} is not in the contract`];
  const { operation, pathValues } = found;
  return [
    ...faultsOfPath(operation, pathValues),
    ...faultsOfQuery(exchange, parametersOf(operation, 'query')),
    ...faultsOfContent(operation.requestBody?.content, exchange.requestType, exchange.requestBody),
  ].map((fault) => `${exchange.method} ${exchange.url}: ${fault}`);
}

/** What is wrong with an answer by the contract, in words. */
export function faultsOfAnswer(exchange: Exchange): string[] {
  const found = find(exchange);
  const where = `${exchange.method} ${exchange.url} → ${exchange.status}`;
  if (!found) return [`${where}: the request is not in the contract`];
  const response = found.operation.responses[exchange.status];
  if (!response) return [`${where}: the contract knows no such status`];
  const { content } = resolved(response) as { content?: Content };
  return faultsOfContent(content, exchange.answerType, exchange.answerBody).map((fault) => `${where}: ${fault}`);
}

function find({ method, url }: Exchange): { operation: Operation; pathValues: Record<string, string> } | undefined {
  const { pathname } = new URL(url, 'http://amocrm');
  const matches = Object.entries(contract.paths).flatMap(([template, operations]) => {
    const operation = operations[method.toLowerCase()];
    const pattern = new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const match = pattern.exec(pathname);
    return operation && match ? [{ operation, pathValues: { ...match.groups } }] : [];
  });
  // `/contacts/notes` has the form of `/contacts/{id}` too
  return matches.find(({ operation, pathValues }) => faultsOfPath(operation, pathValues).length === 0) ?? matches[0];
}

function parametersOf({ parameters = [] }: Operation, place: Parameter['in']): Parameter[] {
  return parameters.map((each) => resolved(each) as Parameter).filter((each) => each.in === place);
}

function faultsOfPath(operation: Operation, values: Record<string, string>): string[] {
  return parametersOf(operation, 'path').flatMap((parameter) => faultsOfText(parameter, values[parameter.name]));
}

function resolved(thing: object): object {
  if (!('$ref' in thing)) return thing;
  const keys = String(thing.$ref).split('/').slice(1);
  return keys.reduce<object>((node, key) => (node as Record<string, object>)[key] as object, contract);
}

function faultsOfQuery({ url }: Exchange, known: Parameter[]): string[] {
  const query = new URL(url, 'http://amocrm').searchParams;
  const unknown = [...query.keys()].filter((name) => !known.some((parameter) => parameter.name === name));
  return [
    ...unknown.map((name) => `the query has ${name}, which the contract does not know`),
    ...known.flatMap((parameter) => {
      const values = query.getAll(parameter.name);
      if (values.length === 0) return parameter.required ? [`the query lacks ${parameter.name}`] : [];
      return faultsOfText(parameter, parameter.name.endsWith('[]') ? values : values[0]);
    }),
  ];
}

function faultsOfText({ name, schema }: Parameter, value: unknown): string[] {
  const validate = ajvOfUrls.compile(absolute(schema));
  return validate(value) ? [] : [`${name} = ${value}: ${ajvOfUrls.errorsText(validate.errors)}`];
}

function faultsOfContent(content: Content | undefined, type: string, body: string): string[] {
  if (!content) return body === '' ? [] : [`there is a body where the contract has none: ${body.slice(0, 200)}`];
  const mediaType = type.split(';')[0]?.trim() ?? '';
  const known = content[mediaType];
  if (!known) return [`the content type is "${type}" in place of ${Object.keys(content).join(' or ')}`];
  const value: unknown = mediaType.endsWith('json') ? parsed(body) : body;
  const validate = ajv.compile(absolute(known.schema));
  return validate(value) ? [] : [`${ajv.errorsText(validate.errors)} in ${body.slice(0, 300)}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by any schema
  }
}

/** The schema with its references made ones into the whole contract. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"contract#/'));
}
