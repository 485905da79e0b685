import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Logger } from 'pino';
import { unfinishedRestore, unfinishedRestoreTable } from '../proto/unfinished-restore.ts';
import { ConfigurationError } from './configuration/configuration.ts';
import { onceStoreAnswers } from './once-store-answers.ts';

/** @throws ConfigurationError while a copy is being brought back there, also if that was cut off */
export async function demandWholeDatabase(pool: Pool, logger: Logger, stopping: AbortSignal): Promise<void> {
  const ask = () => pool.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [unfinishedRestoreTable]);
  const [tables] = await onceStoreAnswers(ask, logger, stopping);
  if (tables.length > 0) throw new ConfigurationError([unfinishedRestore('bin/ringflow restore')]);
}
