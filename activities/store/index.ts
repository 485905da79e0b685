import type { CallJournalEntry } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { Journal } from './journal.ts';

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
  };
}
