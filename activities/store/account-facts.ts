import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { employeesByOwnPhones } from '../../proto/catalogue.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import { employeesAsSet, type SettingsSeed } from '../../proto/settings-of-call.ts';
import type {
  AccountFacts,
  KeptFacts,
  LicenceFacts,
  PbxFacts,
  StoreTrouble,
  TemporalFacts,
  TokenFacts,
} from '../../proto/state/facts.ts';
import { claimsOf } from '../../proto/token-claims.ts';
import { readUtcTime } from '../../proto/utc-time.ts';
import type { Account, Accounts } from './accounts.ts';
import { createBackfills } from './backfills.ts';
import { readBrakeHits } from './brake.ts';
import { countCalls, recentExtensions } from './call-counts.ts';
import type { Catalogues } from './catalogues.ts';
import { budgetKeyOf, createPauses } from './pauses.ts';
import type { KnownPbxs, Pbx } from './pbxs.ts';
import { createReadings } from './readings.ts';
import type { Secrets } from './secrets.ts';
import type { SettingsStore } from './settings.ts';
import { readTokenPair } from './token-pair.ts';

interface FactSources {
  logger: Pick<Logger, 'error'>;
  pool: Pool;
  redis: Redis;
  accounts: Accounts;
  pbxs: KnownPbxs;
  settingsStore: SettingsStore;
  catalogues: Catalogues;
  secrets: Secrets;
  /** That of the environment. */
  longLivedToken: string | undefined;
  /** @throws if Temporal is away */
  askTaskQueues(): Promise<TemporalFacts>;
  licenceFacts(): Promise<LicenceFacts>;
  /** The environment's, for as long as nothing was set. */
  seed: Pick<SettingsSeed, 'accountId' | 'employees'>;
}

/** What does not answer for so long is away. */
const patienceMs = 3_000;
/** Our MySQL has answered just before: to count in it may take longer. */
const countingMs = 10_000;
/** Nobody is told of the result of an older one. */
const backfillToldMs = 3 * 86_400_000;

export type AccountFactsReader = (accountId: string) => Promise<AccountFacts>;

/** Reads everything that there is to know of how an account stands; what can't be asked is left out, and nothing is judged. */
export function createAccountFacts(sources: FactSources): AccountFactsReader {
  const { accounts, redis, settingsStore, askTaskQueues, licenceFacts, logger } = sources;
  const pauses = createPauses(redis);
  return async (accountId) => {
    const atMs = Date.now();
    const [own, temporal, licence] = await Promise.all([
      fromStore(logger, patienceMs, 'away', async () => {
        const [account, settings] = await Promise.all([accounts.find(accountId), settingsStore.latest(accountId)]);
        if (!account) throw new Error(`There is no account ${accountId}.`);
        return { account, settings: settings?.settings };
      }),
      orAway(askTaskQueues),
      orAway(licenceFacts),
    ]);
    const budgetKey = budgetKeyOf(own.read?.account ?? { id: accountId, clientId: null });
    const shared = await orAway(async () => ({
      pause: await pauses.standing(budgetKey),
      brakeHits: await readBrakeHits(redis, accountId),
      budget: await pauses.budget(budgetKey),
    }));
    const { read, trouble } = own;
    const { read: kept, trouble: storeTrouble = trouble } = read
      ? await fromStore(logger, countingMs, 'slow', () => readKept(sources, read, shared !== undefined, atMs))
      : {};
    return { atMs, kept, shared, temporal, licence, ...(storeTrouble && { storeTrouble }) };
  };
}

async function orAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return Promise.race([ask().catch(() => undefined), sleep(patienceMs, undefined, { ref: false })]);
}

interface FromStore<T> {
  read?: T;
  trouble?: StoreTrouble;
}

/** @param ifLate what it means if there is no answer in time */
async function fromStore<T>(
  logger: FactSources['logger'],
  waitMs: number,
  ifLate: StoreTrouble,
  ask: () => Promise<T>,
): Promise<FromStore<T>> {
  const asked = ask().then(
    (read): FromStore<T> => ({ read }),
    (error: unknown): FromStore<T> => {
      if (isConnectionLost(error)) return { trouble: 'away' };
      logger.error(error, 'how an account stands could not be read');
      return { trouble: 'failed' };
    },
  );
  return Promise.race([asked, sleep<FromStore<T>>(waitMs, { trouble: ifLate }, { ref: false })]);
}

/** No connection came about, or it broke; any other error is an answer. */
function isConnectionLost(error: unknown): boolean {
  const { fatal, syscall } = error as { fatal?: boolean; syscall?: string };
  return fatal === true || syscall !== undefined;
}

async function readKept(
  { pool, redis, pbxs, catalogues, seed, secrets, longLivedToken }: FactSources,
  { account, settings }: { account: Account; settings: AccountSettings | undefined },
  isRedisThere: boolean,
  nowMs: number,
): Promise<KeptFacts> {
  const { id, state, reason, hasShownCard } = account;
  const own = (await pbxs.list()).filter(({ accountId }) => accountId === id);
  const readings = isRedisThere ? await createReadings(redis).of(own.map((pbx) => pbx.id)) : [];
  const employees = await employeesOf(id, settings, catalogues, seed);
  const unmapped = (pbx: Pbx, seen: string[]) => {
    const isExtension = new RegExp(settings?.pbxs[pbx.id]?.extensionPattern ?? defaultExtensionPattern);
    return seen.filter((one) => isExtension.test(one) && !Object.hasOwn(employees ?? {}, one)).sort();
  };
  const described = own.map(async (pbx, index): Promise<PbxFacts> => {
    const calls = await countCalls(pool, pbx, nowMs);
    const seen = employees && calls.lastStartedAtMs !== null ? await recentExtensions(pool, pbx.id, nowMs) : [];
    const reading = readings[index];
    const backfill = await createBackfills(pool).latestOf(pbx.id, nowMs - backfillToldMs);
    return {
      id: pbx.id,
      timezone: pbx.timezone,
      reading,
      observedUntilMs: observedUntilMs(pbx, settings),
      calls,
      ...(backfill && { backfill }),
      unmapped: unmapped(pbx, seen),
    };
  });
  const token = await tokenOf(account, secrets, longLivedToken).catch(() => undefined); // no key opens it
  return {
    amocrm: { state, reason, hasShownCard, ...(token && { token }) },
    pbxs: await Promise.all(described),
    employees: employees ? Object.keys(employees).length : null,
    hasRules: settings === undefined || settings.rules.some(({ enabled }) => enabled),
    silence: silenceOf(settings),
  };
}

async function tokenOf(
  { id, clientId }: Account,
  secrets: Secrets,
  longLivedToken: string | undefined,
): Promise<TokenFacts | undefined> {
  if (clientId !== null) {
    const pair = await readTokenPair(secrets, id);
    return pair && { issuedAtMs: pair.issuedAtMs, expiresAtMs: pair.expiresAtMs, renewsItself: true };
  }
  const { exp, iat } = claimsOf(longLivedToken ?? '');
  if (exp === undefined) return undefined;
  return { issuedAtMs: iat === undefined ? null : iat * 1000, expiresAtMs: exp * 1000, renewsItself: false };
}

/** Extension → amoCRM user, as calls are told by; undefined while amoCRM has never said who works there. */
async function employeesOf(
  accountId: string,
  settings: AccountSettings | undefined,
  catalogues: Catalogues,
  seed: FactSources['seed'],
): Promise<Record<string, number> | undefined> {
  const set = employeesAsSet(accountId, settings, seed);
  if (set) return set;
  const catalogue = await catalogues.read(accountId);
  return catalogue && employeesByOwnPhones(catalogue.users, defaultExtensionPattern);
}

function observedUntilMs({ id }: Pbx, settings: AccountSettings | undefined): number | null | undefined {
  const observed = settings?.observedPbxs ?? {};
  if (!Object.hasOwn(observed, id)) return undefined;
  const until = observed[id]?.until;
  return until == null ? null : readUtcTime(until);
}

function silenceOf(settings: AccountSettings | undefined): KeptFacts['silence'] {
  const silence = settings?.alerts?.silence;
  const office = silence && settings.calendars.find(({ id }) => id === silence.calendar);
  return office && { office, minutes: silence.minutes };
}
