import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { EntityReference } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { parseBracketKeys } from './bracket-keys.ts';
import { type ItemErrors, sendProblem, sendValidation } from './problems.ts';
import { notAChoice } from './request-rules.ts';

type EventItem = components['schemas']['EventsAnswer']['_embedded']['items'][number];

/** Looser than `proto/amocrm.openapi.yaml`, which holds only what Ringflow may send: users can be text or left out. */
const Notification = Type.Object(
  {
    type: Type.Literal('phone_call'),
    phone_number: Type.String({ pattern: '\\S', maxLength: 100 }),
    users: Type.Optional(
      Type.Array(Type.Union([Type.Integer(), Type.String({ pattern: '^\\d{1,15}$' })]), { minItems: 1 }),
    ),
  },
  { additionalProperties: false },
);
const Notifications = Compile(
  Type.Object({ add: Type.Array(Notification, { minItems: 1, maxItems: 250 }) }, { additionalProperties: false }),
);

/** `POST /api/v2/events` (contract 7): cards on the users' screens. */
export function serveEvents(app: FastifyInstance, { store }: StandInContext): void {
  const form = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(form, { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) =>
    parseBracketKeys(String(body)),
  );
  for (const path of ['/api/v2/events', '/api/v2/events/']) {
    app.post(path, (request, reply) => {
      const body = request.body;
      if (!Notifications.Check(body)) {
        const [first] = Notifications.Errors(body);
        return sendProblem(reply, 400, `Request data is wrong: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
      }
      const errors = body.add.flatMap((event, index) => unknownUsers(store, event, index));
      if (errors.length > 0) return sendValidation(reply, errors);
      const items = body.add.map((event) => show(store, event));
      const self = { href: `${app.listeningOrigin}${path}`, method: 'post' };
      reply.type('application/hal+json');
      return reply.send(JSON.stringify({ _links: { self }, _embedded: { items } }));
    });
  }
}

function unknownUsers(store: CrmStore, event: Static<typeof Notification>, index: number): ItemErrors[] {
  const errors = (event.users ?? []).flatMap((user, place) =>
    store.isUser(Number(user)) ? [] : [notAChoice(`users.${place}`)],
  );
  return errors.length > 0 ? [{ request_id: String(index), errors }] : [];
}

function show(store: CrmStore, event: Static<typeof Notification>): EventItem {
  const entity = store.entityOfPhone(event.phone_number);
  const uid = crypto.randomUUID();
  const users = event.users ?? store.users.filter(({ isActive }) => isActive).map(({ id }) => id);
  for (const userId of new Set(users.map(Number))) {
    store.addCard({ uid, userId, phone: event.phone_number, entity });
  }
  const type = entity && elementTypes[entity.type];
  return {
    element_id: type === null ? null : (entity?.id ?? null),
    element_type: type,
    uid,
    phone_number: event.phone_number,
  };
}

/** The contract names three numbers; a customer has none there. */
const elementTypes: Record<EntityReference['type'], number | null> = {
  contact: 1,
  lead: 2,
  company: 3,
  customer: null,
};
