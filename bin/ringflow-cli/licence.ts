import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Value } from 'typebox/value';
import { createAccounts } from '../../activities/store/accounts.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createHeldBackCalls } from '../../activities/store/held-back-calls.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { PermitError } from '../../activities/store/licence/genuine.ts';
import { createIdentity } from '../../activities/store/licence/identity.ts';
import { createLicence } from '../../activities/store/licence/licence.ts';
import { createLicenceRecords } from '../../activities/store/licence/record.ts';
import { createLicenceRequests } from '../../activities/store/licence/request.ts';
import { createSeatReader } from '../../activities/store/licence/seats.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { createPeople, createPeopleMarks } from '../../activities/store/people.ts';
import { openRedis } from '../../activities/store/redis.ts';
import { createSecrets, enteredKeySecret, licenceKeySecret } from '../../activities/store/secrets.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { SignedPermit } from '../../proto/licence/permit.ts';
import { LicenceKey, type LicensingTalk, tidyLicenceKey } from '../../proto/licence/wire.ts';
import { failureWords } from '../../proto/licence/words.ts';
import { readEmployees } from '../../runtime/configuration/configuration.ts';
import { enterLicenceKey } from '../../runtime/enter-licence-key.ts';
import { createLicenceActor } from '../../runtime/licence-actors.ts';
import type { TalkOrder } from '../../workflows/licence/contract.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { makeUpHeldBack, tellHeldBackCalls } from './held-back.ts';
import { licenceInWords } from './licence-in-words.ts';
import { withStore } from './store.ts';
import { withTemporal } from './temporal.ts';

const usage =
  'ringflow licence: there is only status, key, check, release, request FILE, permit FILE, held-back and make-up.';

/**
 * `ringflow licence status|key|check|release|request FILE|permit FILE|held-back|make-up`.
 *
 * @throws BadInput that says what to do
 */
export async function manageLicence(action = 'status', args: string[] = []): Promise<void> {
  const [file, ...others] = args;
  const isOfFile = action === 'request' || action === 'permit';
  if (others.length > 0 || isOfFile !== (file !== undefined)) throw new BadInput(usage);
  const environment = findEnvironment();
  const { MYSQL_URL, REDIS_URL } = environment;
  if (!MYSQL_URL || !REDIS_URL) {
    throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL and REDIS_URL.');
  }
  const redis = openRedis(REDIS_URL, () => undefined);
  try {
    await withStore(MYSQL_URL, async (pool) => {
      const means = await meansOf(environment, pool, redis);
      if (action === 'status') process.stdout.write(await licenceInWords(means));
      else if (action === 'key') await enterKey(means, environment);
      else if (action === 'check' || action === 'release') await talk(action, means, environment);
      else if (action === 'request') await writeRequest(String(file), means);
      else if (action === 'permit') await takePermit(String(file), means);
      else if (action === 'held-back') await tellHeldBackCalls(means);
      else if (action === 'make-up') await makeUpHeldBack(means, environment);
      else throw new BadInput(usage);
    });
  } finally {
    redis.disconnect();
  }
}

export type LicenceMeans = Awaited<ReturnType<typeof meansOf>>;

async function meansOf(
  { RINGFLOW_SECRET_KEYS, RINGFLOW_EMPLOYEES, AMOCRM_BASE_URL, LICENSING_ROOT_KEY }: NodeJS.ProcessEnv,
  pool: Parameters<Parameters<typeof withStore>[1]>[0],
  redis: ReturnType<typeof openRedis>,
) {
  const secrets = createSecrets(pool, readKeyRing(RINGFLOW_SECRET_KEYS));
  const identity = createIdentity(secrets);
  const records = createLicenceRecords(pool, redis, identity);
  const [accounts, settings, pbxs] = [createAccounts(pool), createSettingsStore(pool), createPbxs(pool, secrets)];
  const seed = {
    accountId: AMOCRM_BASE_URL ? await accounts.idAt(AMOCRM_BASE_URL) : undefined,
    employees: readEmployees(RINGFLOW_EMPLOYEES ?? ''),
  };
  const seats = createSeatReader(
    accounts,
    createPeople(settings, createCatalogues(pool), seed),
    createPeopleMarks(pool),
  );
  return {
    ...{ secrets, identity, seats, accounts, pbxs, heldBackCalls: createHeldBackCalls(pool) },
    licence: createLicence(records, identity, LICENSING_ROOT_KEY || undefined),
    requests: createLicenceRequests({ pool, accounts, pbxs, seats, identity, records }),
  };
}

async function enterKey(means: LicenceMeans, environment: NodeJS.ProcessEnv): Promise<void> {
  demandServer(environment);
  const key = await readKey();
  await means.secrets.write(enteredKeySecret, key); // whatever becomes of Temporal
  const came = await withTemporal(environment, takenUpLater, (client) =>
    enterLicenceKey(means.secrets, createLicenceActor(client, means.identity), key),
  );
  await tell(came, means);
}

async function talk(order: TalkOrder, means: LicenceMeans, environment: NodeJS.ProcessEnv): Promise<void> {
  demandServer(environment);
  const came = await withTemporal(environment, takenUpLater, (client) =>
    createLicenceActor(client, means.identity).talk(order),
  );
  await tell(came, means);
}

async function tell(came: LicensingTalk | null, means: LicenceMeans): Promise<void> {
  if (came?.failure) {
    const { title, whatToDo } = failureWords.en[came.failure];
    throw new BadInput(`${title}. ${whatToDo}`);
  }
  process.stdout.write(await licenceInWords(means));
}

function demandServer({ LICENSING_URL }: NodeJS.ProcessEnv): void {
  if (LICENSING_URL) return;
  throw new BadInput('No licensing server is set (LICENSING_URL): use ringflow licence request FILE and permit FILE.');
}

const takenUpLater = 'What was entered is taken up by itself.';

async function writeRequest(file: string, { licence, requests, secrets }: LicenceMeans): Promise<void> {
  const key = (await secrets.read(licenceKeySecret)) ?? (await readKey());
  const { nowMs } = await licence.now();
  const content = `${JSON.stringify({ request: await requests.sign('offline', key, nowMs) })}\n`;
  if (file === '-') process.stdout.write(content);
  else {
    writeFileSync(file, content, { mode: 0o600 });
    chmodSync(file, 0o600); // one that was there before keeps its own mode else
    process.stderr.write(`${file} is for whoever sold you the licence; it holds your key.\n`);
  }
}

async function takePermit(file: string, { licence }: LicenceMeans): Promise<void> {
  const signed = readJson(file);
  if (!Value.Check(SignedPermit, signed)) throw new BadInput(`${file} is no permit file.`);
  try {
    const { plan, seats } = await licence.takeFile(signed);
    process.stderr.write(`Taken in: ${plan}, ${seats} seats. It holds from the next call on.\n`);
  } catch (error) {
    throw error instanceof PermitError ? new BadInput(`${error.message} Nothing has changed.`) : error;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).path === undefined && !(error instanceof SyntaxError)) throw error;
    throw new BadInput(`${file} can't be read, or is no permit file.`);
  }
}

/** Never among the arguments: those show in process lists. */
async function readKey(): Promise<string> {
  const key = tidyLicenceKey(process.stdin.isTTY ? await asked('Licence key: ') : await text(process.stdin));
  if (!Value.Check(LicenceKey, key)) {
    throw new BadInput('That is no licence key: it looks like RF-XXXXX-XXXXX-XXXXX-XXXXX. Give it on standard input.');
  }
  return key;
}

async function asked(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
