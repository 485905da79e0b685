import type { FastifyRequest } from 'fastify';
import type { CrmTask } from '../crm/crm-types.ts';
import { pluralOf } from '../crm/entity-types.ts';
import { filterOf } from './hal-pages.ts';
import type { FieldError } from './problems.ts';
import { notAChoice } from './request-rules.ts';

type TaskFilter = { fits: (task: CrmTask) => boolean; errors?: never } | { fits?: never; errors: FieldError[] };
type Filter = [name: string, asked: ReadonlySet<string>];

/** What of a task a filter is compared with. */
const compared: Record<string, (task: CrmTask) => string> = {
  id: (task) => String(task.id),
  responsible_user_id: (task) => String(task.responsibleUserId),
  task_type: (task) => String(task.typeId),
  is_completed: (task) => (task.isCompleted ? '1' : '0'),
  entity_type: (task) => (task.entity ? pluralOf[task.entity.type] : ''),
  entity_id: (task) => (task.entity ? String(task.entity.id) : ''),
};

/** Filters with few values; the others take ids. */
const choices: Record<string, readonly string[]> = { is_completed: ['0', '1'], entity_type: Object.values(pluralOf) };

/** Reads the filters of the list (contract 5.3). One that has no sense is refused, lest the whole list be taken for its answer. */
export function taskFilterOf(request: FastifyRequest): TaskFilter {
  const filters = Object.keys(compared).flatMap((name): Filter[] => {
    const asked = filterOf(request, name);
    return asked === null ? [] : [[name, asked]];
  });
  const errors = [...filters.flatMap(wrongValues), ...missingType(filters)];
  if (errors.length > 0) return { errors };
  return { fits: (task) => filters.every(([name, asked]) => asked.has(compared[name]?.(task) ?? '')) };
}

function wrongValues([name, asked]: Filter): FieldError[] {
  const path = `filter.${name}`;
  const known = choices[name];
  if (known) return asked.size === 1 && [...asked].every((value) => known.includes(value)) ? [] : [notAChoice(path)];
  const areIds = asked.size > 0 && [...asked].every((value) => /^\d{1,15}$/.test(value));
  return areIds ? [] : [{ code: 'InvalidType', path, detail: 'This value should be of type int.' }];
}

function missingType(filters: Filter[]): FieldError[] {
  const names = filters.map(([name]) => name);
  if (!names.includes('entity_id') || names.includes('entity_type')) return [];
  return [{ code: 'FieldMissing', path: 'filter.entity_type', detail: 'This field is missing.' }];
}
