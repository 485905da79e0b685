import type { Logger } from 'pino';
import { ForeignPbx, type KnownPbxs, type Pbx, type Pbxs } from '../activities/store/pbxs.ts';
import type { RecordingsSource } from '../proto/recordings/source.ts';
import type { Configuration } from './configuration/configuration.ts';
import { onceStoreAnswers } from './once-store-answers.ts';

/**
 * Writes down the PBX that the environment names, if it names one, bound to the account that it names, however long the database has to
 * be waited for. Without keys nothing secret can be kept: then it is used straight from the environment. What would show an
 * account another's calls, or read a table twice, is told as an error and not taken over; everything else goes on.
 *
 * @returns all PBXs, the environment's among them unless it was refused
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
  const isKept = configuration.secretKeys !== '';
  const write = async (): Promise<string | undefined> => {
    const refusal = await refusalOf(own, pbxDatabaseUrl, pbxs);
    if (refusal !== undefined || !isKept) return refusal;
    await pbxs.put(own, pbxDatabaseUrl);
    await seedSurroundings(id, configuration, pbxs);
    return undefined;
  };
  const refusal = await onceStoreAnswers(write, logger, stopping);
  if (refusal !== undefined) {
    logger.error(`The PBX ${id} of the environment (PBX_…) is not taken over: ${refusal}`);
    return pbxs;
  }
  return isKept ? pbxs : withOwn(own, pbxDatabaseUrl, configuration, pbxs);
}

/** @returns why it can't be taken over, with what to do; undefined if it can */
async function refusalOf(own: Pbx, databaseUrl: string, pbxs: Pbxs): Promise<string | undefined> {
  const twin = await pbxs.twinOf(own, databaseUrl);
  if (twin !== undefined) {
    return `its table is read already, as the PBX ${twin}, and each call would be registered twice. Remove ${twin} (page PBXs, or bin/ringflow pbx remove ${twin}) or take PBX_DATABASE_URL out of .env, and restart.`;
  }
  try {
    await pbxs.claim(own.id, own.accountId);
    return undefined;
  } catch (error) {
    if (!(error instanceof ForeignPbx)) throw error;
    return `calls of another amoCRM account than ${own.accountId} are kept under this id. Set another PBX_ID, or the former AMOCRM_BASE_URL, and restart.`;
  }
}

/** What an administrator has set goes before what the environment says. */
async function seedSurroundings(id: string, { pbxAmi, pbxRecordings }: Configuration, pbxs: Pbxs): Promise<void> {
  const { ami, recordings } = await pbxs.surroundings(id);
  if (pbxAmi && ami === null) await pbxs.setAmi(id, pbxAmi);
  const source = sourceOf(pbxRecordings);
  if (source && recordings === null) await pbxs.setRecordings(id, source);
}

function withOwn(own: Pbx, databaseUrl: string, configuration: Configuration, others: KnownPbxs): KnownPbxs {
  const { pbxAmi: ami, pbxRecordings } = configuration;
  const surroundings = { ami: ami ?? null, recordings: sourceOf(pbxRecordings) };
  return {
    find: async (id) => (id === own.id ? own : others.find(id)),
    list: async () => [own, ...(await others.list()).filter(({ id }) => id !== own.id)],
    marks: () => others.marks(),
    databaseUrl: async (id) => (id === own.id ? databaseUrl : others.databaseUrl(id)),
    surroundings: async (id) => (id === own.id ? surroundings : others.surroundings(id)),
    amiSecret: async (id) => (id === own.id ? ami?.secret : others.amiSecret(id)),
    recordingsSecret: async (id) => (id === own.id ? undefined : others.recordingsSecret(id)),
  };
}

const sourceOf = (folder: string | undefined): RecordingsSource | null =>
  folder === undefined ? null : { kind: 'folder', folder, pbxFolder: null };
