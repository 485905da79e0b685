import type { CompleteTask, CreateTask } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import { isRefusalOf } from './errors.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

/** A task in amoCRM; null: none was needed. */
export interface TaskRecord {
  taskId: number | null;
}

/** Where a call stands, and hence the task. */
export interface TaskEntity {
  entityType: string;
  entityId: number;
}

type EntityType = components['schemas']['EntityTypePlural'];

/** Creates a task, for the token's own user if amoCRM doesn't take the responsible one (any more). */
export async function postTask(
  gathering: Gathering,
  task: CreateTask,
  entity: TaskEntity,
  ticket: Ticket,
): Promise<TaskRecord> {
  const post = (userId: number | undefined) => gathering.postTask(newTask(task, entity, userId), ticket);
  const created = await post(task.responsibleUserId).catch((error: unknown) => {
    if (isRefusalOf(error, ['responsible_user_id'])) return post(undefined);
    throw error;
  });
  return { taskId: created.id };
}

function newTask(task: CreateTask, entity: TaskEntity, userId: number | undefined): components['schemas']['NewTask'] {
  return {
    text: task.text,
    complete_till: task.dueAtSeconds,
    entity_id: entity.entityId,
    entity_type: entity.entityType as EntityType,
    ...(userId !== undefined && { responsible_user_id: userId }),
  };
}

/** The open task that an earlier attempt may have left: the same text for the same entity, due at the same time. */
export async function findTask(
  client: AmocrmClient,
  { text, dueAtSeconds }: CreateTask,
  { entityType, entityId }: TaskEntity,
): Promise<TaskRecord | undefined> {
  const query = {
    'filter[entity_type]': entityType as EntityType,
    'filter[entity_id]': entityId,
    'filter[is_completed]': 0 as const,
    'order[id]': 'desc' as const,
    limit: 250,
  };
  const page = bodyOf(await client.GET('/api/v4/tasks', { params: { query } }));
  const found = page?._embedded.tasks.find((task) => task.text === text && task.complete_till === dueAtSeconds);
  return found && { taskId: found.id };
}

/** False if the task is done, or was deleted. */
export async function isOpenTask(gathering: Gathering, { taskId }: TaskRecord): Promise<boolean> {
  if (taskId === null) return false;
  const task = await gathering.readTask(taskId, { key: String(taskId) });
  return task !== undefined && !task.is_completed;
}

/** Closes the task with what came of it; doing so twice changes nothing. */
export async function closeTask(client: AmocrmClient, taskId: number, { resultText }: CompleteTask): Promise<void> {
  const body = { is_completed: true, result: { text: resultText } };
  bodyOf(await client.PATCH('/api/v4/tasks/{id}', { params: { path: { id: taskId } }, body }));
}
