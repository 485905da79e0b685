import { homedir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** What the project keeps on this machine beside its sources; nothing of it is in git. */
const kept = join(root, '.ringflow');

/** Programs put here by hand are found before those that would be installed. */
export const servicesFolder = join(kept, 'services');

/** Programs that take minutes to build: shared by all checkouts of this user. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ringflow');

/** Data, logs and the book of started processes of one installation; the sandbox's never mixes with a real one's. */
export function stateFolder(installation: string): string {
  return join(kept, installation);
}
