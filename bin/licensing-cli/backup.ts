import { migrate, newestVersion } from '../../licensing/store/migrate.ts';
import { takeCopy } from '../database-copy/copy.ts';
import { restoreCopy } from '../database-copy/restore.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { findEnvironment } from '../ringflow-cli/environment.ts';
import { mysqlUrlOf } from './store.ts';

const product = 'ringflow-licensing';

/** `ringflow-licensing backup FILE`. @throws BadInput that says what to do */
export async function backUp(args: string[]): Promise<void> {
  const [file, ...others] = args;
  if (file === undefined || others.length > 0) throw new BadInput('ringflow-licensing backup FILE: name one file.');
  const { takenAt } = await takeCopy(mysqlUrlOf(findEnvironment()), product, file);
  process.stderr.write(`${file}: as of ${takenAt}. Keep LICENSING_SECRET_KEYS and the root key apart from it.\n`);
}

/** `ringflow-licensing restore FILE [--replace]`. @throws BadInput that says what to do */
export async function restore(args: string[]): Promise<void> {
  const replace = args.includes('--replace');
  const [file, ...others] = args.filter((arg) => arg !== '--replace');
  if (file === undefined || others.length > 0)
    throw new BadInput('ringflow-licensing restore FILE [--replace]: name one file.');
  const mysqlUrl = mysqlUrlOf(findEnvironment());
  const { takenAt } = await restoreCopy(file, {
    ...{ mysqlUrl, product, newestVersion: newestVersion(), toBeStopped: 'the licensing server', replace },
    migrate: () => migrate(mysqlUrl),
  });
  process.stderr.write(`Restored as of ${takenAt}. Enter again what was sold, extended or revoked since.\n`);
}
