import fc from 'fast-check';
import description from '../../proto/api.openapi.json' with { type: 'json' };

/** Requests to our API, made of its own description: rightly formed, nearly so, and not at all. */

type Json = Record<string, unknown>;
interface Parameter {
  in: 'path' | 'query';
  name: string;
  schema: Json;
}
export interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Json | undefined;
}
export interface HostileRequest {
  method: string;
  path: string;
  contentType: string | undefined;
  body: string | undefined;
}

export const operations: Operation[] = Object.entries(description.paths as unknown as Record<string, Json>).flatMap(
  ([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, operation]) => ({
      id: operation.operationId as string,
      method: method.toUpperCase(),
      path,
      parameters: (operation.parameters ?? []) as Parameter[],
      body: bodyOf(operation),
    })),
);

function bodyOf({ requestBody }: Json): Json | undefined {
  const content = (requestBody as { content?: Record<string, { schema: Json }> } | undefined)?.content;
  return content?.['application/json']?.schema;
}

const nasty: unknown[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    '\0',
    'a\r\nX-Injected: 1',
    '\u202Eevil',
    '\uD800',
    '😀'.repeat(50),
    'x'.repeat(70_000),
  ],
  ...["' OR 1=1 -- ", '../../../etc/passwd', '%00', '{{constructor}}', '<script>alert(1)</script>', '__proto__'],
  ...[null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], { __proto__: null, constructor: 1 }],
  ...[Array(3_000).fill(0), JSON.parse('{"__proto__": {"isAdmin": true}}'), nested(400)],
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** @param known what stands for a parameter of this name in requests that reach something */
export function requestsOf(operation: Operation, known: Record<string, string[]>): fc.Arbitrary<HostileRequest> {
  const filled = fc.tuple(
    ...operation.parameters.map((parameter) =>
      fc
        .oneof(
          { weight: 4, arbitrary: fc.constantFrom(...(known[parameter.name] ?? ['1'])) },
          { weight: 2, arbitrary: valuesOf(parameter.schema).map(asText) },
          { weight: 2, arbitrary: fc.constantFrom(...nasty).map(asText) },
        )
        .map((value) => ({ parameter, value })),
    ),
  );
  return fc.record({ filled, asked: fc.infiniteStream(fc.boolean()), body: bodiesOf(operation) }).map((parts) => {
    const query = new URLSearchParams();
    let path = operation.path;
    for (const { parameter, value } of parts.filled) {
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, inPath(value));
      else if (parts.asked.next().value) query.append(parameter.name, value.slice(0, 4_000));
    }
    return { method: operation.method, path: `${path}?${query}`, ...parts.body };
  });
}

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A segment of a path that is sent as it stands; what browsers would resolve stays one segment. */
const inPath = (value: string) =>
  value === '.' || value === '..' ? '%2e%2e' : encodeURIComponent(value.toWellFormed().slice(0, 4_000)) || '%20';

type Body = Pick<HostileRequest, 'contentType' | 'body'>;

function bodiesOf({ body }: Operation): fc.Arbitrary<Body> {
  if (!body) return fc.constant({ contentType: undefined, body: undefined });
  const json = (value: unknown): Body => ({ contentType: 'application/json', body: JSON.stringify(value) });
  const right = valuesOf(body);
  return fc.oneof(
    { weight: 4, arbitrary: right.map(json) },
    {
      weight: 4,
      arbitrary: fc.tuple(right, fc.nat(), fc.constantFrom(...nasty)).map((parts) => json(spoiled(...parts))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...nasty).map(json) },
    { weight: 1, arbitrary: fc.constantFrom(...unreadable) },
  );
}

const unreadable: Body[] = [
  { contentType: 'application/json', body: '{"a":' },
  { contentType: 'application/json', body: '' },
  { contentType: 'application/json', body: '['.repeat(50_000) },
  { contentType: 'application/json', body: `{"a":"${'x'.repeat(3_000_000)}"}` },
  { contentType: 'application/json', body: '{"__proto__":{"a":1}}' },
  { contentType: 'text/plain', body: '{}' },
  { contentType: 'application/x-www-form-urlencoded', body: 'login=a&password[]=b' },
  { contentType: 'application/xml', body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
  { contentType: undefined, body: '{}' },
];

/** The same with something else at one of its places. */
function spoiled(value: unknown, place: number, other: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return other;
  const keys = Object.keys(value);
  const key = keys[place % keys.length] as string;
  const copy: unknown = Array.isArray(value) ? [...value] : { ...value };
  const inner = (copy as Json)[key];
  const goesDeeper = typeof inner === 'object' && inner !== null && place % 3 > 0;
  (copy as Json)[key] = goesDeeper ? spoiled(inner, Math.floor(place / keys.length), other) : other;
  return copy;
}

/** Values as a schema describes them. */
function valuesOf(schema: Json): fc.Arbitrary<unknown> {
  const forms = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (forms) return fc.oneof(...forms.map(valuesOf));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const most = (bound: unknown, usual: number) => Math.min(typeof bound === 'number' ? bound : usual, usual);
  const least = (bound: unknown, usual: number) => (typeof bound === 'number' ? bound : usual);
  switch (schema.type) {
    case 'string':
      if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({
        minLength: least(schema.minLength, 0),
        maxLength: most(schema.maxLength, 40),
        unit: 'grapheme',
      });
    case 'integer':
      return fc.integer({ min: least(schema.minimum, -9), max: most(schema.maximum, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: least(schema.minimum, -1e9), max: most(schema.maximum, 1e9), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf((schema.items ?? {}) as Json), {
        minLength: least(schema.minItems, 0),
        maxLength: Math.max(most(schema.maxItems, 4), least(schema.minItems, 0)),
      });
    case 'object':
      return objectsOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectsOf({ properties = {}, required = [], patternProperties, additionalProperties }: Json) {
  const named = Object.entries(properties as Record<string, Json>).map(([key, schema]) => [key, valuesOf(schema)]);
  const fixed = fc.record(Object.fromEntries(named) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required as string[],
  });
  const others = Object.entries((patternProperties ?? {}) as Record<string, Json>)[0];
  if (others) {
    return fc.dictionary(fc.stringMatching(new RegExp(others[0])), valuesOf(others[1]), { maxKeys: 3 });
  }
  if (typeof additionalProperties !== 'object' || additionalProperties === null) return fixed;
  return fc.dictionary(fc.string({ maxLength: 20 }), valuesOf(additionalProperties as Json), { maxKeys: 3 });
}
