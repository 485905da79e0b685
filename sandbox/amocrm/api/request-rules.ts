import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { FieldError, ItemErrors } from './problems.ts';

type Schemas = components['schemas'];
type RequestSchema = 'NewCall' | 'NewContact' | 'NewTask' | 'TaskChange';

const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
const contract = parse(readFileSync(new URL('../../../proto/amocrm.openapi.yaml', import.meta.url), 'utf8'));
ajv.addSchema({ ...contract, $id: 'amocrm' });

/** How amoCRM names what a JSON schema finds wrong; the texts are Symfony's. */
const wording: Record<string, [code: string, detail: string]> = {
  required: ['FieldMissing', 'This field is missing.'],
  dependentRequired: ['FieldMissing', 'This field is missing.'],
  additionalProperties: ['FieldNotExpected', 'This field was not expected.'],
  enum: ['NotSupportedChoice', 'The value you selected is not a valid choice.'],
  const: ['NotSupportedChoice', 'The value you selected is not a valid choice.'],
  pattern: ['NotBlank', 'This value should not be blank.'],
  minItems: ['NotBlank', 'This value should not be blank.'],
  minimum: ['TooLow', 'This value should be greater than or equal to 0.'],
  maximum: ['TooHigh', 'This value is too high.'],
};

const phpNames: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool', object: 'array' };

export type Checked<T> = { items: T[]; errors?: never } | { items?: never; errors: ItemErrors[] };
type Check<T> = (item: T) => FieldError[];

/**
 * A check of batch items against the schema of `proto/amocrm.openapi.yaml` and then against what exists.
 * One bad item refuses the whole batch.
 */
export function rulesOf<Name extends RequestSchema>(name: Name, checkChoices: Check<Schemas[Name]>) {
  const validate = ajv.compile<Schemas[Name]>({ $ref: `amocrm#/components/schemas/${name}` });
  return (batch: unknown[]): Checked<Schemas[Name]> => {
    const items: Schemas[Name][] = [];
    const errors: ItemErrors[] = [];
    for (const [index, item] of batch.entries()) {
      const wrong = validate(item) ? checkChoices(item) : (validate.errors ?? []).map(fieldError);
      if (wrong.length > 0) errors.push({ request_id: requestIdOf(item, index), errors: wrong });
      else items.push(item as Schemas[Name]);
    }
    return errors.length > 0 ? { errors } : { items };
  };
}

/** The item's own `request_id`, else its place in the batch. */
export function requestIdOf(item: unknown, index: number): string {
  const given = typeof item === 'object' && item !== null && 'request_id' in item ? item.request_id : undefined;
  return typeof given === 'string' ? given : String(index);
}

export function notAChoice(path: string): FieldError {
  return { code: 'NotSupportedChoice', path, detail: 'The value you selected is not a valid choice.' };
}

function fieldError(error: ErrorObject): FieldError {
  const parameters = error.params as {
    missingProperty?: string;
    additionalProperty?: string;
    type?: string | string[];
  };
  const leaf = parameters.missingProperty ?? parameters.additionalProperty;
  const path = [...error.instancePath.split('/').slice(1), ...(leaf === undefined ? [] : [leaf])].join('.');
  if (error.data === null && error.keyword !== 'required' && error.keyword !== 'additionalProperties') {
    return { code: 'NotNullable', path, detail: 'This value should not be null.' };
  }
  const known = wording[error.keyword];
  if (known) return { code: known[0], path, detail: known[1] };
  const types = [parameters.type ?? 'unknown'].flat().map((type) => phpNames[type] ?? type);
  return { code: 'InvalidType', path, detail: `This value should be of type ${types.join('|')}.` };
}
