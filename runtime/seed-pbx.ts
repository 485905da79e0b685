import type { Logger } from 'pino';
import type { KnownPbxs, Pbx, Pbxs } from '../activities/store/pbxs.ts';
import type { Configuration } from './configuration.ts';
import { onceStoreAnswers } from './once-store-answers.ts';

/**
 * Writes down the PBX that the environment names, bound to the account that it names, however long the database has to
 * be waited for. Without keys nothing secret can be kept: then it is used straight from the environment.
 *
 * @returns all PBXs, the environment's among them
 */
export async function seedPbx(
  configuration: Configuration,
  accountId: string,
  pbxs: Pbxs,
  logger: Logger,
  stopping: AbortSignal,
): Promise<KnownPbxs> {
  const { pbxId: id, celTable, cdrTable, timezone, pbxDatabaseUrl } = configuration;
  const own: Pbx = { id, accountId, celTable, cdrTable, timezone };
  if (configuration.secretKeys === '') return withOwn(own, pbxDatabaseUrl, pbxs);
  await onceStoreAnswers(() => pbxs.put(own, pbxDatabaseUrl), logger, stopping);
  return pbxs;
}

function withOwn(own: Pbx, databaseUrl: string, others: KnownPbxs): KnownPbxs {
  return {
    find: async (id) => (id === own.id ? own : others.find(id)),
    list: async () => [own, ...(await others.list()).filter(({ id }) => id !== own.id)],
    databaseUrl: async (id) => (id === own.id ? databaseUrl : others.databaseUrl(id)),
  };
}
