import type { CompleteTask, CreateTask } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { type AmocrmClient, bodyOf, namelessAnswer, refusedPaths } from './client.ts';
import { AmocrmError } from './errors.ts';

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
  client: AmocrmClient,
  task: CreateTask,
  entity: TaskEntity,
  nextRequest: () => Promise<void>,
): Promise<TaskRecord> {
  let answer = await client.POST('/api/v4/tasks', { body: [newTask(task, entity, task.responsibleUserId)] });
  if (refusedPaths(answer.error).join() === 'responsible_user_id') {
    await nextRequest();
    answer = await client.POST('/api/v4/tasks', { body: [newTask(task, entity, undefined)] });
  }
  const created = bodyOf(answer)?._embedded.tasks[0];
  if (!created) throw namelessAnswer('task');
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
export async function isOpenTask(client: AmocrmClient, { taskId }: TaskRecord): Promise<boolean> {
  if (taskId === null) return false;
  try {
    const task = bodyOf(await client.GET('/api/v4/tasks/{id}', { params: { path: { id: taskId } } }));
    return task !== undefined && !task.is_completed;
  } catch (error) {
    if (error instanceof AmocrmError && error.code === 'Gone') return false;
    throw error;
  }
}

/** Closes the task with what came of it; doing so twice changes nothing. */
export async function closeTask(client: AmocrmClient, taskId: number, { resultText }: CompleteTask): Promise<void> {
  const body = { is_completed: true, result: { text: resultText } };
  bodyOf(await client.PATCH('/api/v4/tasks/{id}', { params: { path: { id: taskId } }, body }));
}
