import type { Logger } from 'pino';
import type { KnownPbxs, Pbx, Pbxs } from '../activities/store/pbxs.ts';
import type { Configuration } from './configuration.ts';
import { onceStoreAnswers } from './once-store-answers.ts';

/**
 * Writes down the PBX that the environment names, if it names one, bound to the account that it names, however long the database has to
 * be waited for. Without keys nothing secret can be kept: then it is used straight from the environment.
 *
 * @returns all PBXs, the environment's among them
 */
export async function seedPbx(
  configuration: Configuration,
  accountId: string | undefined,
  pbxs: Pbxs,
  logger: Logger,
  stopping: AbortSignal,
): Promise<KnownPbxs> {
  const { pbxId: id, celTable, cdrTable, timezone, pbxDatabaseUrl } = configuration;
  if (pbxDatabaseUrl === undefined || accountId === undefined) return pbxs;
  const own: Pbx = { id, accountId, celTable, cdrTable, timezone };
  if (configuration.secretKeys === '') return withOwn(own, pbxDatabaseUrl, configuration, pbxs);
  const write = async () => {
    await pbxs.put(own, pbxDatabaseUrl);
    await seedSurroundings(id, configuration, pbxs);
  };
  await onceStoreAnswers(write, logger, stopping);
  return pbxs;
}

/** What an administrator has set goes before what the environment says. */
async function seedSurroundings(id: string, { pbxAmi, pbxRecordings }: Configuration, pbxs: Pbxs): Promise<void> {
  const { ami, recordingsFolder } = await pbxs.surroundings(id);
  if (pbxAmi && ami === null) await pbxs.setAmi(id, pbxAmi);
  if (pbxRecordings !== undefined && recordingsFolder === null) await pbxs.setRecordingsFolder(id, pbxRecordings);
}

function withOwn(own: Pbx, databaseUrl: string, configuration: Configuration, others: KnownPbxs): KnownPbxs {
  const { pbxAmi: ami, pbxRecordings } = configuration;
  const surroundings = { ami: ami ?? null, recordingsFolder: pbxRecordings ?? null };
  return {
    find: async (id) => (id === own.id ? own : others.find(id)),
    list: async () => [own, ...(await others.list()).filter(({ id }) => id !== own.id)],
    databaseUrl: async (id) => (id === own.id ? databaseUrl : others.databaseUrl(id)),
    surroundings: async (id) => (id === own.id ? surroundings : others.surroundings(id)),
    amiSecret: async (id) => (id === own.id ? ami?.secret : others.amiSecret(id)),
  };
}
