import { existsSync } from 'node:fs';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { type CopyHead, dropTables, loadCopy, lookBefore, readCopy } from './copy.ts';

interface Target {
  mysqlUrl: string;
  product: string;
  /** Number of the newest migration that this version of ours knows. */
  newestVersion: number;
  /** Which of our processes must not run meanwhile, and how they are stopped. */
  toBeStopped: string;
  /** What stands in the database goes. */
  replace: boolean;
  migrate(): Promise<unknown>;
}

/**
 * Brings a database back from a copy and its schema up to date. Nothing is touched unless all is well.
 *
 * @throws BadInput that says what to do
 */
export async function restoreCopy(file: string, target: Target): Promise<CopyHead> {
  if (!existsSync(file)) throw new BadInput(`${file}: there is no such file.`);
  const head = await readCopy(file);
  if (head.product !== target.product)
    throw new BadInput(`${file} is a copy of ${head.product}, not of ${target.product}.`);
  if (head.version > target.newestVersion) {
    throw new BadInput(
      `${file} was made by a newer version (schema ${head.version}, here ${target.newestVersion}): upgrade first.`,
    );
  }
  const { tables, others } = await lookBefore(target.mysqlUrl);
  if (others > 0)
    throw new BadInput(`The database is in use by ${others} connections: first stop ${target.toBeStopped}.`);
  if (tables.length > 0 && !target.replace) {
    throw new BadInput(
      `There are ${tables.length} tables in the database: add --replace, and all that is in them goes.`,
    );
  }
  await dropTables(target.mysqlUrl, tables);
  await loadCopy(target.mysqlUrl, file);
  await target.migrate();
  return head;
}
