import type { CustomField, NewContact } from './crm-types.ts';

interface FieldDefinition {
  id: number;
  name: string;
  code: string;
  type: string;
  /** Enum code → its id in this account; the first is what a value without an enum gets. */
  enums: Record<string, number>;
}

const fieldDefinitions: readonly FieldDefinition[] = [
  {
    id: 264911,
    name: 'Телефон',
    code: 'PHONE',
    type: 'multitext',
    enums: { WORK: 460001, WORKDD: 460002, MOB: 460003, FAX: 460004, HOME: 460005, OTHER: 460006 },
  },
  {
    id: 264913,
    name: 'Email',
    code: 'EMAIL',
    type: 'multitext',
    enums: { WORK: 460011, PRIV: 460012, OTHER: 460013 },
  },
  { id: 264915, name: 'Должность', code: 'POSITION', type: 'text', enums: {} },
  { id: 264917, name: 'Комментарий', code: 'COMMENT', type: 'textarea', enums: {} },
];

type NewField = NonNullable<NewContact['custom_fields_values']>[number];

/** The field that a request means, by its id or its code. */
export function fieldDefinitionOf(field: NewField): FieldDefinition | undefined {
  return fieldDefinitions.find((known) =>
    field.field_id === undefined ? known.code === field.field_code : known.id === field.field_id,
  );
}

/** A field as it is stored and answered. The request must have been checked before. */
export function storedField(field: NewField): CustomField {
  const definition = fieldDefinitionOf(field);
  if (!definition) throw new Error('A custom field was not checked before it was stored');
  const values = field.values.map(({ value, enum_code, enum_id }) => {
    const chosen = Object.entries(definition.enums).find(([code, id]) => code === enum_code || id === enum_id);
    const [code, id] = chosen ?? Object.entries(definition.enums)[0] ?? [];
    return { value: String(value), ...(code !== undefined && id !== undefined && { enum_id: id, enum_code: code }) };
  });
  return {
    field_id: definition.id,
    field_name: definition.name,
    field_code: definition.code,
    field_type: definition.type,
    values,
  };
}

/** Fields of a client written down in short, for seeds. */
export function fieldsOf(texts: { phones?: string[]; emails?: string[]; comment?: string }): CustomField[] {
  const lists: [string, string[]][] = [
    ['PHONE', texts.phones ?? []],
    ['EMAIL', texts.emails ?? []],
    ['COMMENT', texts.comment === undefined ? [] : [texts.comment]],
  ];
  return lists
    .filter(([, values]) => values.length > 0)
    .map(([code, values]) => storedField({ field_code: code, values: values.map((value) => ({ value })) }));
}

/** The values of one field of a client, as text. */
export function fieldTexts(fields: CustomField[], code: string): string[] {
  return fields
    .filter((field) => field.field_code === code)
    .flatMap((field) => field.values.map((v) => String(v.value)));
}
