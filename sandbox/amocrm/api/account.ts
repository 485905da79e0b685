import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import { account, taskTypes } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { selfLinks, userAnswer, type With } from './hal-entities.ts';
import { pageOf, withOf } from './hal-pages.ts';

type Account = components['schemas']['Account'];

/** The account and its users (contract 4). */
export function serveAccount(app: FastifyInstance, { store }: StandInContext): void {
  app.get('/api/v4/account', (request, reply) => {
    const body = accountAnswer(store, withOf(request), app.listeningOrigin);
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });

  app.get('/api/v4/users', (request, reply) => {
    const page = pageOf(request, reply, app.listeningOrigin, [...store.users]);
    if (page === null) return reply;
    const body: components['schemas']['UserPage'] = {
      _total_items: store.users.length,
      _page: page.page,
      _page_count: Math.ceil(store.users.length / page.limit),
      _links: page.links,
      _embedded: { users: page.items.map((user) => userAnswer(user, withOf(request), app.listeningOrigin)) },
    };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function accountAnswer(store: CrmStore, withParts: With, origin: string): Account {
  return {
    ...account,
    current_user_id: store.currentUserId,
    customers_mode: 'segments',
    is_unsorted_on: true,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    ...(withParts.has('is_api_filter_enabled') && { is_api_filter_enabled: store.isApiFilterEnabled }),
    _links: selfLinks(origin, '/api/v4/account'),
    _embedded: {
      ...(withParts.has('users_groups') && { users_groups: [{ id: 0, name: 'Отдел продаж', uuid: null }] }),
      ...(withParts.has('task_types') && { task_types: taskTypes }),
      ...(withParts.has('datetime_settings') && {
        datetime_settings: { timezone: 'Europe/Moscow', timezone_offset: '+03:00' },
      }),
    },
  };
}
