import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { FieldError, ItemErrors } from './problems.ts';

type Schemas = components['schemas'];
type RequestSchema =
  | 'NewCall'
  | 'NewContact'
  | 'NewCompany'
  | 'ContactChange'
  | 'ContactChangeInBatch'
  | 'CompanyChange'
  | 'CompanyChangeInBatch'
  | 'NewLead'
  | 'LeadChange'
  | 'LeadChangeInBatch'
  | 'NewUnsortedSip'
  | 'AcceptUnsorted'
  | 'DeclineUnsorted'
  | 'NewCallNote'
  | 'NewCommonNote'
  | 'NewEntityCallNote'
  | 'NewEntityCommonNote'
  | 'NewTask'
  | 'TaskChange'
  | 'NewWebhook'
  | 'OldWebhook';

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
  minProperties: ['NotBlank', 'This value should not be blank.'],
  maxItems: ['TooMany', 'This collection has too many elements.'],
  minimum: ['TooLow', 'This value should be greater than or equal to 0.'],
  maximum: ['TooHigh', 'This value is too high.'],
};

const phpNames: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool', object: 'array' };

export type Checked<T> = { items: T[]; errors?: never } | { items?: never; errors: ItemErrors[] };
type Check<T> = (item: T) => FieldError[];

/**
 * A check of batch items against the schema of `proto/amocrm.openapi.yaml` and then against what exists.
 * One bad item refuses the whole batch.
 *
 * @param name the schema, or how an item tells which of several is its own
 */
export function rulesOf<Name extends RequestSchema>(
  name: Name | ((item: unknown) => Name),
  checkChoices: Check<Schemas[Name]>,
) {
  const schemaOf = typeof name === 'function' ? name : () => name;
  return (batch: unknown[]): Checked<Schemas[Name]> => {
    const items: Schemas[Name][] = [];
    const errors: ItemErrors[] = [];
    for (const [index, item] of batch.entries()) {
      const validate = validatorOf<Schemas[Name]>(schemaOf(item));
      const wrong = validate(item) ? checkChoices(item) : (validate.errors ?? []).map(fieldError);
      if (wrong.length > 0) errors.push({ request_id: requestIdOf(item, index), errors: wrong });
      else items.push(item as Schemas[Name]);
    }
    return errors.length > 0 ? { errors } : { items };
  };
}

function validatorOf<T>(name: RequestSchema): ValidateFunction<T> {
  const validate = ajv.getSchema<T>(`amocrm#/components/schemas/${name}`);
  if (!validate) throw new Error(`The contract has no ${name}`);
  return validate as ValidateFunction<T>;
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
