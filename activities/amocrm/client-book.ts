import type { Client } from '../../proto/client.ts';
import type { ClosedLeads } from '../store/closed-leads.ts';
import type { EntityId, KnownClient, KnownClients } from '../store/known-clients.ts';
import { askedForAtMs } from './asked-for.ts';
import type { AmocrmClient } from './client.ts';
import { askForClient, type FoundClient } from './clients.ts';
import { isEntityGone } from './entity-gone.ts';

/** So long before it is asked for: as good as asking then. */
const justBeforeMs = 10_000;
/** Where many new clients call at once each waits for its turn; by then somebody may have written them down. */
const longestTurnMs = 60_000;

export type ClientBook = ReturnType<typeof createClientBook>;

/** Who has which phone in an account: what is remembered, or what amoCRM says. */
export function createClientBook(
  known: KnownClients,
  clientOf: (accountId: string) => AmocrmClient,
  closedLeadsOf: (accountId: string) => ClosedLeads,
) {
  const remember = (accountId: string, phone: string, what: KnownClient) => known.remember(accountId, phone, what);

  return {
    /** Without asking amoCRM; undefined if nothing is known that may be believed. */
    recall: (accountId: string, phone: string): Promise<KnownClient | undefined> => known.recall(accountId, phone),

    /** Asks amoCRM, and remembers. */
    async ask(accountId: string, phone: string): Promise<FoundClient | null> {
      const askedAtMs = Date.now();
      const found = await askForClient(clientOf(accountId), closedLeadsOf(accountId), phone);
      await remember(accountId, phone, { client: found, askedAtMs });
      return found;
    },

    /** The same, unless amoCRM has said, to this or another process, just before this was asked for that nobody has it. */
    async askUnlessAbsent(accountId: string, phone: string): Promise<FoundClient | null> {
      const recalled = await known.recall(accountId, phone);
      if (recalled?.client !== null) return this.ask(accountId, phone);
      const wasJustSaid = askedForAtMs() - recalled.askedAtMs < justBeforeMs;
      const isBelieved = wasJustSaid && Math.abs(Date.now() - recalled.askedAtMs) < longestTurnMs; // clocks are set
      return isBelieved ? null : this.ask(accountId, phone);
    },

    /** Asked for unless known. */
    async find(accountId: string, phone: string): Promise<Client | null> {
      return (await known.recall(accountId, phone))?.client ?? this.ask(accountId, phone);
    },

    /** The same with their open leads. */
    async withLeads(accountId: string, phone: string): Promise<FoundClient | null> {
      const client = (await known.recall(accountId, phone))?.client;
      return client?.openLeadIds ? { ...client, openLeadIds: client.openLeadIds } : this.ask(accountId, phone);
    },

    /** amoCRM has put a call of this phone there. */
    async noteLanding(accountId: string, phone: string, landing: EntityId): Promise<void> {
      const recalled = await known.recall(accountId, phone);
      const asked = recalled?.client ? { client: recalled.client, askedAtMs: recalled.askedAtMs } : undefined;
      await remember(accountId, phone, { askedAtMs: Date.now(), ...asked, landing });
    },

    /** What was just made or found there. @param client null: amoCRM does not know the phone */
    note: (accountId: string, phone: string, client: Client | null): Promise<void> =>
      remember(accountId, phone, { client, askedAtMs: Date.now() }),

    /** It has turned out to be wrong. */
    forget: (accountId: string, phone: string): Promise<void> => known.forgetPhones(accountId, [phone]),

    /** Does something with the client; if what was known of them is gone, once more by what amoCRM says then. */
    async orAnew<T>(accountId: string, phone: string, attempt: () => Promise<T>): Promise<T> {
      try {
        return await attempt();
      } catch (error) {
        if (!isEntityGone(error)) throw error;
        await this.forget(accountId, phone);
        return attempt();
      }
    },
  };
}
