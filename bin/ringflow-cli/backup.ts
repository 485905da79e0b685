import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createLosses } from '../../activities/store/losses.ts';
import { migrateCopy, newestVersion } from '../../activities/store/migrate.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { takeCopy } from '../database-copy/copy.ts';
import { restoreCopy } from '../database-copy/restore.ts';
import { readArguments } from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { withRedis } from './redis.ts';
import { withStore } from './store.ts';

const product = 'ringflow';
const toBeStopped = 'worker, connector and api (docker compose stop worker connector api; bin/down --parts)';

/** `ringflow backup FILE`: what must last, in one file. @throws BadInput that says what to do */
export async function backUp(args: string[]): Promise<void> {
  const [file, ...others] = args;
  if (file === undefined || others.length > 0) throw new BadInput('ringflow backup FILE: name one file.');
  const { takenAt, version } = await takeCopy(mysqlUrlOf(findEnvironment()), product, file);
  process.stderr.write(
    `${file}: as of ${takenAt}, schema ${version}.\nKeep RINGFLOW_SECRET_KEYS apart from it: without them tokens and passwords in it can't be read.\n`,
  );
}

/** `ringflow restore FILE [--replace]`. @throws BadInput that says what to do */
export async function restore(args: string[]): Promise<void> {
  const replace = args.includes('--replace');
  const { positionals } = readArguments(
    args.filter((arg) => arg !== '--replace'),
    [],
  );
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new BadInput('ringflow restore FILE [--replace]: name one file.');
  const environment = findEnvironment();
  const mysqlUrl = mysqlUrlOf(environment);
  await withRedis(environment, (redis) => redis.ping()); // before anything is touched
  const { takenAt } = await restoreCopy(file, {
    ...{ mysqlUrl, product, newestVersion: newestVersion(), toBeStopped, replace },
    migrate: () => migrateCopy(mysqlUrl),
    async finish(head) {
      await withStore(mysqlUrl, (pool) => createLosses(pool).note(Date.parse(head.takenAt)));
      await withRedis(environment, forgetAll);
    },
  });
  await withStore(mysqlUrl, async (pool) => {
    const closed = await createSecrets(pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS)).unreadable();
    process.stderr.write(`Restored as of ${takenAt}. ${whatNow(closed)}\n`);
  });
}

/** What Redis knows is newer than the copy: all of it fills again from MySQL and amoCRM. */
async function forgetAll(redis: Parameters<Parameters<typeof withRedis>[1]>[0]): Promise<void> {
  for await (const keys of redis.scanStream({ match: 'ringflow:*', count: 1_000 })) {
    if ((keys as string[]).length > 0) await redis.del(keys as string[]);
  }
}

function whatNow(closed: readonly string[]): string {
  const start =
    'Start Ringflow again: calls since the copy are read again from the PBX, and looked for in amoCRM before anything is sent.';
  if (closed.length === 0) return start;
  return `Some secrets can't be opened: RINGFLOW_SECRET_KEYS here lacks the keys ${closed.join(', ')}. Add them to it. Then: ${start}`;
}

function mysqlUrlOf({ MYSQL_URL }: NodeJS.ProcessEnv): string {
  if (MYSQL_URL) return MYSQL_URL;
  throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
}
