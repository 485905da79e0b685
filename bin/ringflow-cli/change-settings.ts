import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'mysql2/promise';
import { createSettingsChanges, type SettingsChange } from '../../activities/store/settings-changes.ts';
import type { ChangeOutcome } from '../../proto/settings-change.ts';
import { createAccountActors } from '../../runtime/account-actors.ts';
import { BadInput } from './bad-input.ts';

/** Lets the account's actor change its settings. @throws BadInput that says what to do if it can't be reached */
export async function changeSettings(
  change: SettingsChange,
  pool: Pool,
  environment: NodeJS.ProcessEnv,
): Promise<ChangeOutcome> {
  const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'default' } = environment;
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => {
    throw new BadInput(`Temporal can't be reached at ${address}. Does it run? bin/up starts it.`);
  });
  try {
    const actors = createAccountActors(new Client({ connection, namespace }), createSettingsChanges(pool, 'ru'));
    return await actors.change(change);
  } catch {
    throw new BadInput("The account's actor does not answer: does the worker run? bin/up starts it. Nothing was lost.");
  } finally {
    await connection.close();
  }
}
