import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { withStore } from './store.ts';

/**
 * `ringflow secrets rotate`: encrypts all secrets with the first key of RINGFLOW_SECRET_KEYS.
 *
 * @throws BadInput that says what to do
 */
export async function rotateSecrets(): Promise<void> {
  const { MYSQL_URL, RINGFLOW_SECRET_KEYS } = findEnvironment();
  if (!MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  const count = await withStore(MYSQL_URL, (pool) => createSecrets(pool, readKeyRing(RINGFLOW_SECRET_KEYS)).rotate());
  process.stderr.write(`${count} secrets encrypted with the newest key; the older ones are not needed any more.\n`);
}
