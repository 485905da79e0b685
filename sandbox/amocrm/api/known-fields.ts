import type { CrmStore } from '../crm/crm-store.ts';
import type { ClientChange } from '../crm/crm-types.ts';
import { fieldDefinitionOf } from '../crm/custom-fields.ts';
import type { FieldError } from './problems.ts';
import { notAChoice } from './request-rules.ts';

/** Complaints about custom fields and enums that the account lacks. */
export function unknownFields(store: CrmStore, client: Pick<ClientChange, 'custom_fields_values'>): FieldError[] {
  return (client.custom_fields_values ?? []).flatMap((field, index) => {
    const path = `custom_fields_values.${index}`;
    if (field.field_id === undefined && field.field_code === undefined) {
      return [{ code: 'FieldMissing', path: `${path}.field_id`, detail: 'This field is missing.' }];
    }
    const definition = fieldDefinitionOf(field);
    if (!definition || (definition.code === 'PHONE' && !store.hasPhoneField))
      return [notAChoice(`${path}.${field.field_id === undefined ? 'field_code' : 'field_id'}`)];
    return field.values.flatMap((value, place) => {
      const isCodeKnown = value.enum_code === undefined || Object.hasOwn(definition.enums, value.enum_code);
      const isIdKnown = value.enum_id === undefined || Object.values(definition.enums).includes(value.enum_id);
      if (isCodeKnown && isIdKnown) return [];
      return [notAChoice(`${path}.values.${place}.${isCodeKnown ? 'enum_id' : 'enum_code'}`)];
    });
  });
}
