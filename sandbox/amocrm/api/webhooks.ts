import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import { isLoopbackHost } from '../../access/loopback-only.ts';
import { account } from '../crm/seed.ts';
import type { Hook } from '../hooks/hook-list.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { objectOf } from './batch.ts';
import { filterOf } from './hal-pages.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { rulesOf } from './request-rules.ts';

type Schemas = components['schemas'];

/** Subscriptions to webhooks (contract 8.3). */
export function serveWebhooks(app: FastifyInstance, { store, hookSender }: StandInContext): void {
  app.get('/api/v4/webhooks', (request, reply) => {
    const asked = filterOf(request, 'destination');
    const found = hookSender.hooks.all.filter(({ destination }) => asked?.has(destination) ?? true);
    if (found.length === 0) return reply.status(204).send();
    const body: Schemas['WebhookList'] = { _embedded: { webhooks: found.map(hookAnswer) } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });

  const checkNew = rulesOf('NewWebhook', unreachable);
  app.post('/api/v4/webhooks', (request, reply) => {
    const body = objectOf(request.body, reply);
    if (body === null) return reply;
    const { items, errors } = checkNew([body]);
    if (errors) return sendValidation(reply, errors);
    const [hook] = items.map((asked) => hookSender.hooks.subscribe(asked, store.currentUserId, store.nowSeconds()));
    reply.status(201).type('application/hal+json');
    return reply.send(JSON.stringify(hook && hookAnswer(hook)));
  });

  const checkOld = rulesOf('OldWebhook', () => []);
  app.delete('/api/v4/webhooks', (request, reply) => {
    const body = objectOf(request.body, reply);
    if (body === null) return reply;
    const { items, errors } = checkOld([body]);
    if (errors) return sendValidation(reply, errors);
    const hook = hookSender.hooks.byDestination(items[0]?.destination ?? '');
    if (!hook) return sendProblem(reply, 404, 'There is no such webhook');
    hookSender.hooks.remove(hook);
    return reply.status(204).send();
  });
}

/** The sandbox leaves other machines alone, whoever asks. */
function unreachable({ destination }: Schemas['NewWebhook']): FieldError[] {
  if (isLoopbackHost(URL.parse(destination)?.hostname)) return [];
  const detail = 'The stand-in calls only this machine itself: 127.0.0.1, [::1] or localhost.';
  return [{ code: 'NotSupportedChoice', path: 'destination', detail }];
}

function hookAnswer(hook: Hook): Schemas['Webhook'] {
  return {
    ...{
      id: hook.id,
      destination: hook.destination,
      settings: hook.events,
      sort: hook.sort,
      disabled: hook.isDisabled,
    },
    ...{ created_at: hook.createdAtSeconds, updated_at: hook.updatedAtSeconds, created_by: hook.createdBy },
    account_id: account.id,
  };
}
