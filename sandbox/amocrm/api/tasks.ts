import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { CrmTask, TaskChange } from '../crm/crm-types.ts';
import { singularOf } from '../crm/entity-types.ts';
import { taskTypes } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf, objectOf } from './batch.ts';
import { taskAnswer, taskLinks } from './hal-entities.ts';
import { orderedBy, pageOf } from './hal-pages.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';
import { taskFilterOf } from './task-filter.ts';

type Schemas = components['schemas'];

/** Tasks (contract 5.3). */
export function serveTasks(app: FastifyInstance, { store }: StandInContext): void {
  serveList(app, store);
  serveOne(app, store);
  serveCreation(app, store);
  serveChange(app, store);
}

function serveList(app: FastifyInstance, store: CrmStore): void {
  const orders = {
    created_at: ({ createdAtSeconds }: CrmTask) => createdAtSeconds,
    complete_till: ({ completeTillSeconds }: CrmTask) => completeTillSeconds,
  };
  app.get('/api/v4/tasks', (request, reply) => {
    const { fits, errors } = taskFilterOf(request);
    if (errors) return sendValidation(reply, [{ request_id: '0', errors }]);
    const found = orderedBy(request, store.tasks.filter(fits), orders);
    const page = pageOf(request, reply, app.listeningOrigin, found);
    if (page === null) return reply;
    const tasks = page.items.map((task) => taskAnswer(task, app.listeningOrigin));
    const body: Schemas['TaskPage'] = { _page: page.page, _links: page.links, _embedded: { tasks } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveOne(app: FastifyInstance, store: CrmStore): void {
  app.get<{ Params: { id: string } }>('/api/v4/tasks/:id', (request, reply) => {
    if (!/^\d{1,15}$/.test(request.params.id)) return sendProblem(reply, 404, 'No such path');
    const task = store.taskById(Number(request.params.id));
    if (!task) return reply.status(204).send();
    return reply.type('application/hal+json').send(JSON.stringify(taskAnswer(task, app.listeningOrigin)));
  });
}

function serveCreation(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('NewTask', (task) => unknownChoices(store, task));
  app.post('/api/v4/tasks', (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const tasks = items.map((item, index) => {
      const task = store.addTask(item);
      return { id: task.id, request_id: requestIdOf(item, index), _links: taskLinks(app.listeningOrigin, task) };
    });
    const body: Schemas['CreatedTasks'] = { _embedded: { tasks } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveChange(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('TaskChange', (change) => unknownChoices(store, change));
  app.patch<{ Params: { id: string } }>('/api/v4/tasks/:id', (request, reply) => {
    const task = store.taskById(Number(request.params.id));
    if (!task) return sendProblem(reply, 404, 'There is no such task');
    const change = objectOf(request.body, reply);
    if (change === null) return reply;
    const { items, errors } = check([change]);
    if (errors) return sendValidation(reply, errors);
    for (const item of items) store.changeTask(task, item);
    const links = taskLinks(app.listeningOrigin, task);
    const body: Schemas['ChangedTask'] = { id: task.id, updated_at: task.updatedAtSeconds, _links: links };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function unknownChoices(store: CrmStore, task: TaskChange): FieldError[] {
  const { entity_type: type, entity_id: id, task_type_id: typeId } = task;
  const isEntityUnknown = type !== undefined && id !== undefined && !store.hasEntity(singularOf[type], id);
  const isTypeUnknown = typeId !== undefined && !taskTypes.some((known) => known.id === typeId);
  return [
    ...unknownUsers(store, task),
    ...(isEntityUnknown ? [notAChoice('entity_id')] : []),
    ...(isTypeUnknown ? [notAChoice('task_type_id')] : []),
  ];
}
