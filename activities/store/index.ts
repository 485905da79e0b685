import type { AboutClient, ClientChange } from '../../proto/client.ts';
import type { CallJournalEntry } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { ChangeOutcome } from '../../proto/settings-change.ts';
import type { JoinedCalls, Journal } from './journal.ts';
import type { KnownClients } from './known-clients.ts';
import { licenceOfRegistered } from './licence/of-call.ts';
import type { LiveCalls } from './live-calls.ts';
import { listsWith } from './number-lists.ts';
import { UnknownPbx } from './pbxs.ts';
import type { SettingsStore } from './settings.ts';

export type StoreActivities = ReturnType<typeof createStoreActivities>;

export interface ClientQuestion {
  accountId: string;
  /** Digits with the country code. */
  phone: string;
}

/**
 * Our own store as the workflows see it.
 *
 * @param adoptSettings makes a version of a change that waits, once
 * @param readSettings gives the settings of a PBX as they are now; throws UnknownPbx
 */
export function createStoreActivities(
  journal: Journal,
  settings: SettingsStore,
  adoptSettings: (changeId: string) => Promise<ChangeOutcome>,
  known: KnownClients,
  readSettings: (pbxId: string) => Promise<CallSettings>,
  live: LiveCalls,
) {
  return {
    /**
     * @param closedCall linkedid of a call that is told once more: it is observed, or not, as it was when it closed; and
     *   if it was registered it stays so
     */
    async readSettings(pbxId: string, closedCall?: string): Promise<CallSettings> {
      const { observed, ...settings } = await readSettings(pbxId);
      const entry = closedCall === undefined ? undefined : await journal.read(pbxId, closedCall);
      if (entry?.registration.state === 'registered') {
        return { ...settings, ...(settings.licence && { licence: licenceOfRegistered(settings.licence) }) };
      }
      if (entry?.registration.state === 'observed') return { ...settings, observed: { untilMs: null } };
      return { ...settings, ...(observed && { observed }) };
    },
    adoptSettings,

    /** False if the PBX was removed, or never added. */
    isPbxKnown: (pbxId: string): Promise<boolean> => readSettings(pbxId).then(() => true, falseIfUnknown),

    /** Whatever was told of the call while it went on, here it is over for certain. */
    async writeJournal(entry: CallJournalEntry): Promise<void> {
      await journal.write(entry);
      await live.over(entry.call.pbxId, entry.call.linkedid, true);
    },
    noteJoined: (joined: JoinedCalls): Promise<string[]> => journal.noteJoined(joined),
    leaveOut: (apart: JoinedCalls): Promise<void> => journal.leaveOut(apart),
    /** @returns null if the call is told by its own actor */
    joinedInto: async (pbxId: string, linkedid: string): Promise<string | null> =>
      (await journal.joinedInto(pbxId, linkedid)) ?? null,

    /** amoCRM says that these have changed. @returns new leads of which nobody here knows whose they are */
    async forgetChanged({ accountId, changes }: { accountId: string; changes: ClientChange[] }): Promise<number[]> {
      const news = [];
      for (const change of changes) if (!(change.isNew && (await known.isEcho(accountId, change)))) news.push(change);
      await known.forgetEntities(accountId, news);
      await known.forgetPhones(
        accountId,
        news.flatMap(({ phones }) => phones),
      );
      return news.filter(({ entityType, isNew }) => isNew && entityType === 'leads').map(({ entityId }) => entityId);
    },

    /** What is known of a client without asking amoCRM. */
    async aboutClient({ accountId, phone }: ClientQuestion): Promise<AboutClient> {
      const [recalled, latest] = await Promise.all([known.recall(accountId, phone), settings.latest(accountId)]);
      const lists = listsWith(phone, latest?.settings.numberLists ?? []);
      return { ...(recalled?.client !== undefined && { client: recalled.client }), lists };
    },
  };
}

function falseIfUnknown(error: unknown): false {
  if (error instanceof UnknownPbx) return false;
  throw error;
}
