import type { WidgetClient } from '../../../proto/widget.ts';
import { type ClientEntity, readEntity } from '../amocrm/account-api.ts';

/** What amoCRM knows of a client, as far as the person may see it. */
export interface ClientFacts {
  name: string | undefined;
  responsibleUserId: number | undefined;
  company: string | undefined;
  companyId: number | undefined;
}

/** What is older is asked for anew. */
const believedMs = 10 * 60_000;

/** Reads each client and each lead once, however many cards show them. */
export class ClientBook {
  readonly #clients = new Map<string, { readAtMs: number; facts: Promise<ClientFacts | undefined> }>();
  readonly #leads = new Map<number, { readAtMs: number; facts: Promise<string | undefined> }>();

  /** @returns undefined if amoCRM doesn't tell */
  facts({ entityType, entityId }: WidgetClient): Promise<ClientFacts | undefined> {
    return once(this.#clients, `${entityType}:${entityId}`, () => readClient(entityType, entityId));
  }

  leadName(id: number): Promise<string | undefined> {
    return once(this.#leads, id, async () => (await readEntity('leads', id))?.name);
  }

  /** After the client was changed. */
  forget({ entityType, entityId }: WidgetClient): void {
    this.#clients.delete(`${entityType}:${entityId}`);
  }
}

function once<Key, Facts>(
  book: Map<Key, { readAtMs: number; facts: Promise<Facts | undefined> }>,
  key: Key,
  read: () => Promise<Facts | undefined>,
): Promise<Facts | undefined> {
  const known = book.get(key);
  if (known && Date.now() - known.readAtMs < believedMs) return known.facts;
  const facts = read().catch(() => {
    book.delete(key);
    return undefined;
  });
  book.set(key, { readAtMs: Date.now(), facts });
  return facts;
}

async function readClient(type: WidgetClient['entityType'], id: number): Promise<ClientFacts | undefined> {
  const client = await readEntity(type, id);
  if (!client) return undefined;
  const companyId = type === 'contacts' ? client._embedded?.companies?.[0]?.id : undefined;
  const company: ClientEntity | undefined = (companyId && (await readEntity('companies', companyId))) || undefined;
  return { name: client.name, responsibleUserId: client.responsible_user_id, company: company?.name, companyId };
}
