import type { CompleteTask, CreateTask } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import type { EntityId } from '../store/known-clients.ts';
import { bodyOf } from './answers.ts';
import { braking } from './braking.ts';
import type { AmocrmClient } from './client.ts';
import { findClient, withoutResponsible } from './contacts.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { keyOf, showsWithinMs, type TaskRecord } from './effects.ts';
import { isEntityGone, orEntityGone } from './entity-gone.ts';
import { AmocrmError, orWithoutUser } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';
import { findTask } from './find-task.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

export interface CreateTaskRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  /** Where the call stands, and hence the task. */
  entity: EntityId;
  task: CreateTask;
  /** When the call ended that the task is for, ms UTC. */
  endedAtMs: number;
  limit?: BrakeLimit;
}

export interface CompleteTaskRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  task: CompleteTask;
}

/** By what a task is known again, whichever call it was made for. */
interface IntendedTask extends EntityId {
  text: string;
  dueAtSeconds: number;
}

type EntityType = components['schemas']['EntityTypePlural'];

export type TaskQuestions = ReturnType<typeof createTaskQuestions>;

/** What of tasks is known without asking amoCRM. */
export function createTaskQuestions(ledger: AmocrmDependencies['ledger']) {
  return {
    /** True if a task to call this client back stands or may stand. */
    hasTaskToCallBack: async ({ accountId, phone }: { accountId: string; phone: string }): Promise<boolean> =>
      (await ledger.standing(keyOf.callBack(accountId, phone))).state !== 'none',
  };
}

/** A task to call the client back, unless one stands open or they have been talked with meanwhile. */
export async function createTask(dependencies: AmocrmDependencies, request: CreateTaskRequest): Promise<TaskRecord> {
  const record = await exactlyOnce<TaskRecord>(dependencies.ledger, request.key, {
    what: 'the task',
    showsWithinMs: showsWithinMs.nowhere,
    lookUp: async () => undefined, // the client's own key knows
    send: async () => {
      if (await dependencies.hasTalkedSince(request.accountId, request.task.phone, request.endedAtMs))
        return { taskId: null };
      return openTask(dependencies, request);
    },
  });
  return record ?? { taskId: null };
}

/** The client has been talked with: the task to call them back is done, if there is one. */
export async function completeTask(
  dependencies: AmocrmDependencies,
  request: CompleteTaskRequest,
): Promise<TaskRecord> {
  const record = await exactlyOnce<TaskRecord>(dependencies.ledger, request.key, {
    what: 'the task',
    showsWithinMs: showsWithinMs.nowhere,
    lookUp: async () => undefined, // closing twice is harmless
    send: () => closeOpenTask(dependencies, request),
  });
  return record ?? { taskId: null };
}

/** The client's open task: the one that stands, or a new one. */
async function openTask(
  dependencies: AmocrmDependencies,
  { accountId, entity, task, limit, endedAtMs }: CreateTaskRequest,
): Promise<TaskRecord | undefined> {
  const { clientOf, gatheringOf, ledger, brake, hasTalkedSince } = dependencies;
  const gathering = gatheringOf(accountId);
  const key = keyOf.callBack(accountId, task.phone);
  const standing = await ledger.standing<TaskRecord>(key);
  if (standing.state === 'done' && !(await isOpenTask(gathering, standing.record))) {
    await ledger.forget(key, standing.record);
  }
  return exactlyOnce<TaskRecord, IntendedTask>(ledger, key, {
    what: 'the task',
    showsWithinMs: showsWithinMs.lists,
    lookUp: (intended = { ...entity, text: task.text, dueAtSeconds: task.dueAtSeconds }) =>
      findIntended(clientOf(accountId), intended),
    send: async (nextRequest) => {
      await braking(brake, 'tasks', key, accountId, limit);
      if (await hasTalkedSince(accountId, task.phone, endedAtMs)) return { taskId: null };
      const { text, dueAtSeconds } = task;
      const put = (place: EntityId) =>
        postTask(gathering, task, place, { key, nextRequest: () => nextRequest({ ...place, text, dueAtSeconds }) });
      try {
        return await put(entity);
      } catch (error) {
        if (!isEntityGone(error)) throw error;
        return put(await placeInstead(dependencies, accountId, task.phone, entity));
      }
    },
  });
}

/** The client as amoCRM knows them now that what the task was to stand on is gone. */
async function placeInstead(
  dependencies: AmocrmDependencies,
  accountId: string,
  phone: string,
  { entityType: goneType, entityId: goneId }: EntityId,
): Promise<EntityId> {
  await dependencies.book.forget(accountId, phone);
  const client = await findClient(dependencies, accountId, phone);
  if (client) return { entityType: client.entityType, entityId: client.entityId };
  const message = `amoCRM has no ${goneType} ${goneId} any more, and nobody with this phone to put it on instead.`;
  throw new AmocrmError('Gone', message, { hadNoEffect: true });
}

async function closeOpenTask(
  dependencies: AmocrmDependencies,
  { accountId, task }: CompleteTaskRequest,
): Promise<TaskRecord> {
  const { clientOf, gatheringOf, ledger } = dependencies;
  const key = keyOf.callBack(accountId, task.phone);
  const record = await standingTask(dependencies, accountId, key);
  if (record?.taskId == null) return { taskId: null };
  const { taskId } = record;
  if (await isOpenTask(gatheringOf(accountId), record)) await closeTask(clientOf(accountId), taskId, task);
  await ledger.forget(key, record);
  return { taskId };
}

/** The client's task, also one that was asked for but whose maker never heard of it; none is made. */
async function standingTask(
  { clientOf, ledger }: AmocrmDependencies,
  accountId: string,
  key: string,
): Promise<TaskRecord | undefined> {
  const standing = await ledger.standing<TaskRecord>(key);
  if (standing.state === 'done') return standing.record;
  if (standing.state === 'none') return undefined;
  return exactlyOnce<TaskRecord, IntendedTask>(ledger, key, {
    what: 'the task',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async (intended) => intended && findIntended(clientOf(accountId), intended),
    send: async () => undefined,
  });
}

/**
 * Of the token's own user if amoCRM doesn't take the responsible one (any more).
 *
 * @throws AmocrmError `EntityGone` if the entity was deleted or merged into another
 */
async function postTask(gathering: Gathering, task: CreateTask, entity: EntityId, ticket: Ticket): Promise<TaskRecord> {
  const { id } = await orEntityGone(entity, 'entity_id', () =>
    orWithoutUser((hasUser) => gathering.postTask(newTask(hasUser ? task : withoutResponsible(task), entity), ticket)),
  );
  return { taskId: id };
}

function newTask(
  { text, dueAtSeconds, responsibleUserId }: Omit<CreateTask, 'kind'>,
  { entityType, entityId }: EntityId,
): components['schemas']['NewTask'] {
  return {
    text,
    complete_till: dueAtSeconds,
    entity_id: entityId,
    entity_type: entityType as EntityType,
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
  };
}

/** What an earlier attempt may have left with its entity. */
function findIntended(client: AmocrmClient, intended: IntendedTask): Promise<TaskRecord | undefined> {
  const { entityType, entityId } = intended;
  const ofEntity = { 'filter[entity_type]': entityType as EntityType, 'filter[entity_id]': entityId };
  return findTask(client, ofEntity, intended);
}

/** False if the task is done, or was deleted. */
async function isOpenTask(gathering: Gathering, { taskId }: TaskRecord): Promise<boolean> {
  if (taskId === null) return false;
  const task = await gathering.readTask(taskId, { key: String(taskId) });
  return task !== undefined && !task.is_completed;
}

/** Closes the task with what came of it; doing so twice changes nothing. */
async function closeTask(client: AmocrmClient, taskId: number, { resultText }: CompleteTask): Promise<void> {
  const body = { is_completed: true, result: { text: resultText } };
  bodyOf(await client.PATCH('/api/v4/tasks/{id}', { params: { path: { id: taskId } }, body }));
}
