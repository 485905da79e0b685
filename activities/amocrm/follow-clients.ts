import type { Client } from '../../proto/client.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import type { FollowedClients, Following } from '../store/followed-clients.ts';
import type { EntityId, KnownClients } from '../store/known-clients.ts';
import { listOf, oneOf } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { phonesOf } from './clients.ts';
import type { ChangeFeed } from './webhook-subscription.ts';

export interface FollowClientsAnswer {
  /** For people. */
  words: string;
  nextInMs: number;
}

type Contact = components['schemas']['Contact'];
type Lead = components['schemas']['Lead'];
interface Changed {
  /** Itself and whom it belongs to. */
  entities: EntityId[];
  phones: string[];
  updatedAtSeconds: number;
}

const minuteMs = 60_000;
/** Without webhooks changes are asked for so often; with them only in case one was lost. */
const askAgainMs = { asking: 5 * minuteMs, webhooks: 60 * minuteMs };
/** More changes than these are not read: what is known is forgotten instead, and amoCRM is left in peace. */
const mostPagesOfChanges = 4;
const pageLength = 250;
/** More new leads than these in one delivery are an import. What its list does not show the next look at changes does. */
const mostLeadsAskedSingly = 20;
/** A change may become visible a little late. */
const overlapSeconds = 60;
/** The first look is by our own clock, which may be wrong. */
const firstLookBackSeconds = 3_600;

export type ClientKeeping = ReturnType<typeof createClientKeeping>;

/** @param quietClientOf whose requests give way to those of calls */
export function createClientKeeping(
  quietClientOf: (accountId: string) => AmocrmClient,
  known: KnownClients,
  followed: FollowedClients,
  feed: ChangeFeed,
) {
  return {
    followClients: ({ accountId }: { accountId: string }): Promise<FollowClientsAnswer> =>
      followClients(quietClientOf(accountId), known, followed, feed, accountId),

    /** A new lead makes what is known of its clients old. Of many at once the newest leads are read, as a list. */
    async forgetOwners({ accountId, leadIds }: { accountId: string; leadIds: number[] }): Promise<void> {
      const client = quietClientOf(accountId);
      if (leadIds.length <= mostLeadsAskedSingly) {
        for (const id of leadIds) await known.forgetEntities(accountId, await askForOwners(client, id));
        return;
      }
      const pages = Math.min(Math.ceil(leadIds.length / pageLength), mostPagesOfChanges);
      for (let page = 1; page <= pages; page++) {
        const entities = (await listLeads(client, page)).flatMap((lead) => lead.entities);
        await known.forgetEntities(accountId, entities);
      }
    },
  };
}

/**
 * Keeps what is known of an account's clients true and grows it, slowly: asks for what has changed since the last time,
 * reads one more page of clients, and lets go of old strangers. Where nobody calls it asks for nothing.
 */
async function followClients(
  client: AmocrmClient,
  known: KnownClients,
  followed: FollowedClients,
  feed: ChangeFeed,
  accountId: string,
): Promise<FollowClientsAnswer> {
  if (!(await known.isUsed(accountId)))
    return { words: 'Nobody calls: nothing is asked.', nextInMs: askAgainMs.asking };
  const before = (await followed.read(accountId)) ?? firstLook();
  const mode = (await feed.isOn(client, accountId)) ? 'webhooks' : 'asking';
  const changesUntil = await takeInChanges(client, known, accountId, before.changesUntil);
  await known.follow(accountId, 2 * askAgainMs[mode]);
  const nextPage = before.nextPage === null ? null : await readClients(client, known, accountId, before.nextPage);
  await followed.write(accountId, { changesUntil, nextPage });
  await known.forgetOldStrangers(accountId);
  const isGrowing = nextPage !== null;
  const source = mode === 'webhooks' ? 'amoCRM tells what changes' : 'amoCRM is asked what has changed';
  const extent = isGrowing ? `clients are read, page ${nextPage} is next` : 'all clients are known';
  return { words: `${source}; ${extent}.`, nextInMs: isGrowing ? askAgainMs.asking : askAgainMs[mode] };
}

function firstLook(): Following {
  return { changesUntil: Math.floor(Date.now() / 1000) - firstLookBackSeconds, nextPage: 1 };
}

/**
 * @returns up to when changes are known now, by amoCRM's clock: when the first list was asked for. The newest change is
 * at most as much later as the asking has taken
 */
async function takeInChanges(
  client: AmocrmClient,
  known: KnownClients,
  accountId: string,
  untilSeconds: number,
): Promise<number> {
  const beganAtMs = performance.now();
  let newest = untilSeconds;
  for (const list of [listContacts, listCompanies, listLeads]) {
    const { changed, isAll } = await changedSince(client, list, untilSeconds - overlapSeconds);
    newest = Math.max(newest, ...changed.map(({ updatedAtSeconds }) => updatedAtSeconds));
    if (!isAll) {
      await known.forgetAll(accountId);
      return newest + overlapSeconds + 1; // or the same many would be met again
    }
    await known.forgetEntities(
      accountId,
      changed.flatMap(({ entities }) => entities),
    );
    await known.forgetPhones(
      accountId,
      changed.flatMap(({ phones }) => phones),
    );
  }
  const takenSeconds = Math.ceil((performance.now() - beganAtMs) / 1000);
  return Math.max(untilSeconds, newest - takenSeconds);
}

type List = (client: AmocrmClient, page: number) => Promise<Changed[]>;

/** Newest first; not all if there are more than anybody should read. */
async function changedSince(
  client: AmocrmClient,
  list: List,
  sinceSeconds: number,
): Promise<{ changed: Changed[]; isAll: boolean }> {
  const changed: Changed[] = [];
  for (let page = 1; page <= mostPagesOfChanges; page++) {
    const items = await list(client, page);
    const fresh = items.filter(({ updatedAtSeconds }) => updatedAtSeconds >= sinceSeconds);
    changed.push(...fresh);
    if (fresh.length < pageLength) return { changed, isAll: true };
  }
  return { changed, isAll: false };
}

const newestFirst = (page: number) => ({ 'order[updated_at]': 'desc' as const, limit: pageLength, page });

const listContacts: List = async (client, page) => {
  const answer = await client.GET('/api/v4/contacts', { params: { query: newestFirst(page) } });
  return listOf(answer, 'contacts').map((one) => changedClient('contacts', one));
};

const listCompanies: List = async (client, page) => {
  const answer = await client.GET('/api/v4/companies', { params: { query: newestFirst(page) } });
  return listOf(answer, 'companies').map((one) => changedClient('companies', one));
};

const listLeads: List = async (client, page) => {
  const query = { ...newestFirst(page), with: 'contacts' };
  const answer = await client.GET('/api/v4/leads', { params: { query } });
  return listOf(answer, 'leads').map((lead) => ({
    entities: [{ entityType: 'leads', entityId: lead.id }, ...ownersOf(lead)],
    phones: [],
    updatedAtSeconds: lead.updated_at,
  }));
};

/** Nobody if the lead is gone. */
async function askForOwners(client: AmocrmClient, id: number): Promise<EntityId[]> {
  const params = { path: { id }, query: { with: 'contacts' } };
  const lead = await oneOf(() => client.GET('/api/v4/leads/{id}', { params }));
  return lead ? ownersOf(lead) : [];
}

function ownersOf({ _embedded: { contacts = [], companies } }: Pick<Lead, '_embedded'>): EntityId[] {
  return [
    ...contacts.map(({ id }) => ({ entityType: 'contacts', entityId: id })),
    ...companies.map(({ id }) => ({ entityType: 'companies', entityId: id })),
  ];
}

function changedClient(entityType: string, one: Pick<Contact, 'id' | 'updated_at' | 'custom_fields_values'>): Changed {
  return { entities: [{ entityType, entityId: one.id }], phones: phonesOf(one), updatedAtSeconds: one.updated_at };
}

/** @returns the page to be read next, or null after the last */
async function readClients(
  client: AmocrmClient,
  known: KnownClients,
  accountId: string,
  page: number,
): Promise<number | null> {
  const askedAtMs = Date.now();
  const query = { 'order[id]': 'asc' as const, with: 'leads,customers', limit: pageLength, page };
  const contacts = listOf(await client.GET('/api/v4/contacts', { params: { query } }), 'contacts');
  for (const contact of contacts) {
    for (const phone of phonesOf(contact)) {
      if ((await known.peek(accountId, phone)) !== undefined) continue; // the oldest contact, or what is fresher
      await known.remember(accountId, phone, { client: clientOf(contact), askedAtMs });
    }
  }
  return contacts.length < pageLength ? null : page + 1;
}

function clientOf({ id, name, responsible_user_id, _embedded }: Contact): Client {
  const hasLeads = (_embedded.leads ?? []).length > 0; // open or not: that would cost a request each
  return {
    ...{ entityType: 'contacts', entityId: id, name, responsibleUserId: responsible_user_id },
    openLeadIds: hasLeads ? null : [],
    hasCustomers: (_embedded.customers ?? []).length > 0,
  };
}
