import { existsSync } from 'node:fs';
import { unfinishedRestoreTable } from '../../proto/unfinished-restore.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { beginRestore, type CopyHead, dropTables, endRestore, loadCopy, lookBefore, readCopy } from './copy.ts';

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
  /** What else has to be done before anything may start on it. */
  finish?(head: CopyHead): Promise<void>;
}

/**
 * Brings a database back from a copy and its schema up to date. Nothing is touched unless all is well; if it is cut off
 * later, nothing starts on that database until it was done once more.
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
  const isHalf = tables.includes(unfinishedRestoreTable); // of it nobody wants anything
  if (tables.length > 0 && !target.replace && !isHalf) {
    throw new BadInput(
      `There are ${tables.length} tables in the database: add --replace, and all that is in them goes.`,
    );
  }
  await beginRestore(target.mysqlUrl);
  await dropTables(
    target.mysqlUrl,
    tables.filter((table) => table !== unfinishedRestoreTable),
  );
  await loadCopy(target.mysqlUrl, file);
  await target.migrate();
  await target.finish?.(head);
  await endRestore(target.mysqlUrl);
  return head;
}
