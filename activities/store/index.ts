import type { CallJournalEntry } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { JoinedCalls, Journal } from './journal.ts';

export type StoreActivities = ReturnType<typeof createStoreActivities>;

/**
 * Our own store as the workflows see it.
 *
 * @param readSettings gives the settings of a PBX as they are now
 */
export function createStoreActivities(journal: Journal, readSettings: (pbxId: string) => Promise<CallSettings>) {
  return {
    readSettings,
    writeJournal: (entry: CallJournalEntry): Promise<void> => journal.write(entry),
    noteJoined: (joined: JoinedCalls): Promise<void> => journal.noteJoined(joined),
    /** @returns null if the call is told by its own actor */
    joinedInto: async (pbxId: string, linkedid: string): Promise<string | null> =>
      (await journal.joinedInto(pbxId, linkedid)) ?? null,
  };
}
