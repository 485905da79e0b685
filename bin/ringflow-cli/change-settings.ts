import type { Pool } from 'mysql2/promise';
import { createSettingsChanges, type SettingsChange } from '../../activities/store/settings-changes.ts';
import type { ChangeOutcome } from '../../proto/settings-change.ts';
import { createAccountActors } from '../../runtime/account-actors.ts';
import { BadInput } from './bad-input.ts';
import { withTemporal } from './temporal.ts';

/** Lets the account's actor change its settings. @throws BadInput that says what to do if it can't be reached */
export async function changeSettings(
  change: SettingsChange,
  pool: Pool,
  environment: NodeJS.ProcessEnv,
): Promise<ChangeOutcome> {
  return withTemporal(environment, 'Does it run? bin/up starts it.', async (client) => {
    try {
      return await createAccountActors(client, createSettingsChanges(pool, 'ru')).change(change);
    } catch {
      throw new BadInput(
        "The account's actor does not answer: does the worker run? bin/up starts it. Nothing was lost.",
      );
    }
  });
}
