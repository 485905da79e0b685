import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Integration } from '../activities/store/accounts.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { type AmiAccess, amiForms } from '../proto/ami.ts';
import { isLoopback } from '../proto/amocrm-address.ts';
import { isNetwork } from '../proto/network.ts';
import { databasePlaceOf, databaseUrlHint } from '../proto/pbx-database-url.ts';
import { isTimeZone } from '../proto/pbx-time.ts';
import type { PhonesShown } from '../proto/phone.ts';
import { recordingsForms } from '../proto/recordings/source.ts';
import { readSecretFiles, withFaultsOfFiles } from '../proto/secret-files.ts';
import {
  faultsOfMonitoring,
  type MonitoringConfiguration,
  monitoringOf,
  monitoringVariables,
} from './monitoring/configuration.ts';

/** Everything outside Ringflow's own databases that it must know, read once at start. */
export interface Configuration {
  pbxId: string;
  /** Undefined: PBXs are added in the browser or by the command line alone. */
  pbxDatabaseUrl: string | undefined;
  celTable: string;
  cdrTable: string;
  timezone: string;
  /** Of that PBX, unless something else was set for it; undefined: the environment says nothing. */
  pbxAmi: AmiAccess | undefined;
  /** Its folder of recordings, as the machines of worker and api see it. */
  pbxRecordings: string | undefined;
  /** Where the API keeps sound that it has converted, of `recordingsCacheMb` at most. */
  recordingsCache: string;
  recordingsCacheMb: number;
  /** Undefined: accounts are added in the browser or by the command line alone. */
  amocrmBaseUrl: string | undefined;
  /** A long-lived token; undefined: the account is connected by an integration. */
  amocrmAccessToken: string | undefined;
  /** Undefined: the long-lived token is used, or an integration that is named in the browser. */
  amocrmIntegration: Integration | undefined;
  /** Beside a long-lived token: by whose secret amoCRM signs for our widget. */
  amocrmWidget: Integration | undefined;
  /** Of `readKeyRing`; empty if there are none. */
  secretKeys: string;
  /** Extension → amoCRM user id; undefined: the users' own phone numbers in amoCRM tell. */
  employees: Record<string, number> | undefined;
  language: 'ru' | 'en';
  temporalAddress: string;
  temporalNamespace: string;
  /** Of `payloadConverter`; empty: payloads are not encrypted. */
  temporalPayloadKeys: string;
  /** To whoever looks into Temporal. */
  temporalPhones: PhonesShown;
  /** By which Temporal tells workers of several versions apart; undefined: it does not. */
  workerVersion: string | undefined;
  /** Calls of before this database began may stand in amoCRM already: a backfill looks for each before it sends it. */
  isDatabaseLost: boolean;
  /** Where people open the Temporal UI, without a final slash; undefined: nobody is sent there. */
  temporalUiUrl: string | undefined;
  redisUrl: string;
  mysqlUrl: string;
  apiHost: string;
  apiPort: number;
  /** Addresses and networks, beside this machine, whose word on who asks is believed. */
  trustedProxies: string[];
  /** Where browsers and amoCRM reach the API, without a final slash. */
  publicUrl: string;
  /** The same if amoCRM and its users can reach it; a stand-in reaches this machine. */
  webhooksUrl: string | undefined;
  /** Of Telegram's Bot API, without a final slash. */
  telegramApiUrl: string;
  licensing: LicensingConfiguration;
  monitoring: MonitoringConfiguration;
}

/** How permits come here, and who vouches for them. */
export interface LicensingConfiguration {
  /** Without a final slash; undefined: no server is asked, permits come as files alone. */
  url: string | undefined;
  /** File with the certificates (PEM) by which that server is believed; undefined: those that the system believes. */
  caFile: string | undefined;
  /** The public root key (Ed25519, `x` of its JWK); undefined: no permit can be believed. */
  rootKey: string | undefined;
}

const pbxId = { pattern: '^[a-z0-9-]{1,32}$', hint: 'small letters, digits and dashes' };
const tableName = {
  pattern: '^[\\w$-]{1,64}(\\.[\\w$-]{1,64})?$',
  hint: 'a table name such as cel or asteriskcdrdb.cel',
};
const webAddress = { pattern: '^$|^https?://[^\\s]+$' };
const mysqlUrl = { pattern: '^mysql://[^/]+/[^/?]+', hint: 'mysql://user:password@host:port/database' };

const clientId = { pattern: '^[\\w-]{0,100}$', hint: 'the id of your integration' };
const clientSecret = { pattern: '^[\\x21-\\x7e]*$', hint: 'the secret key of your integration' };

const orNothing = ({ pattern, hint }: { pattern: string; hint: string }) => ({ pattern: `^$|${pattern}`, hint });

/** How what is given to the command line should look too. */
export const forms = { pbxId, tableName, clientId, clientSecret } as const;

/** Each variable with what it should look like, for the error. */
const Environment = Type.Object({
  PBX_ID: Type.String({ default: 'main', ...pbxId }),
  PBX_DATABASE_URL: Type.String({ default: '', hint: databaseUrlHint }),
  PBX_CEL_TABLE: Type.String({ default: 'cel', ...tableName }),
  PBX_CDR_TABLE: Type.String({ default: 'cdr', ...tableName }),
  PBX_TIMEZONE: Type.String({ default: '', hint: "the PBX's time zone, such as Europe/Moscow" }),
  PBX_AMI_HOST: Type.String({ default: '', ...orNothing(amiForms.host) }),
  PBX_AMI_PORT: Type.String({ default: '5038', pattern: '^\\d{1,5}$', hint: 'a port' }),
  PBX_AMI_USER: Type.String({ default: '', ...orNothing(amiForms.user) }),
  PBX_AMI_SECRET: Type.String({ default: '', ...orNothing(amiForms.secret) }),
  PBX_RECORDINGS: Type.String({ default: '', ...orNothing(recordingsForms.folder) }),
  RECORDINGS_CACHE: Type.String({ default: '/var/cache/ringflow/recordings', ...recordingsForms.folder }),
  RECORDINGS_CACHE_MB: Type.String({ default: '1000', pattern: '^\\d{1,7}$', hint: 'megabytes, such as 1000' }),
  AMOCRM_BASE_URL: Type.String({
    default: '',
    pattern: '^$|^https?://[^/]+/?$',
    hint: 'https://youraccount.amocrm.ru',
  }),
  AMOCRM_ACCESS_TOKEN: Type.String({
    default: '',
    pattern: '^[\\x21-\\x7e]*$',
    hint: 'a long-lived token of your integration',
  }),
  AMOCRM_CLIENT_ID: Type.String({ default: '', ...clientId }),
  AMOCRM_CLIENT_SECRET: Type.String({ default: '', ...clientSecret }),
  AMOCRM_REDIRECT_URI: Type.String({
    default: '',
    ...webAddress,
    hint: 'the redirect URI of your integration, https://<this server>/oauth/amocrm',
  }),
  RINGFLOW_SECRET_KEYS: Type.String({
    default: '',
    hint: 'keys for what is kept encrypted, id:base64 of 32 bytes, several separated by commas, the newest first',
  }),
  RINGFLOW_EMPLOYEES: Type.String({
    default: '',
    pattern: '^$|^\\s*\\d+\\s*:\\s*\\d+\\s*(,\\s*\\d+\\s*:\\s*\\d+\\s*)*,?$',
    hint: 'extension:amoCRM user, such as 101:504141,102:504142',
  }),
  RINGFLOW_LANGUAGE: Type.String({ default: 'ru', pattern: '^(ru|en)$', hint: 'ru or en' }),
  TEMPORAL_ADDRESS: Type.String({ default: '127.0.0.1:7233', pattern: '^[^/\\s]+:\\d+$', hint: 'host:port' }),
  TEMPORAL_NAMESPACE: Type.String({ default: 'default', pattern: '^[\\w.-]{1,200}$', hint: 'the name of a namespace' }),
  TEMPORAL_PAYLOAD_KEYS: Type.String({
    default: '',
    hint: 'keys by which payloads of Temporal are encrypted, in the form of RINGFLOW_SECRET_KEYS',
  }),
  TEMPORAL_PHONES: Type.String({ default: 'masked', pattern: '^(masked|full)$', hint: 'masked or full' }),
  DATABASE_WAS_LOST: Type.String({ default: 'no', pattern: '^(yes|no)$', hint: 'yes or no' }),
  WORKER_VERSIONING: Type.String({ default: 'off', pattern: '^(on|off)$', hint: 'on or off' }),
  WORKER_BUILD_ID: Type.String({
    default: '',
    pattern: '^$|^\\d[\\w.+-]{0,63}$',
    hint: 'a version that begins with a number, such as 1.4.0 or 1.4.0-2',
  }),
  TEMPORAL_UI_URL: Type.String({ default: '', ...webAddress, hint: 'the address of the Temporal UI, https://…' }),
  REDIS_URL: Type.String({ pattern: '^rediss?://', hint: 'redis://:password@host:port' }),
  MYSQL_URL: Type.String(mysqlUrl),
  API_HOST: Type.String({ default: '127.0.0.1', pattern: '^[\\w.:-]+$', hint: 'an address of this machine' }),
  API_PORT: Type.String({ default: '8080', pattern: '^\\d{1,5}$', hint: 'a port' }),
  TRUSTED_PROXIES: Type.String({
    default: '',
    hint: 'addresses or networks separated by commas, such as 10.0.0.5,172.18.0.0/16',
  }),
  PUBLIC_URL: Type.String({ default: '', ...webAddress, hint: 'https://ringflow.example.com' }),
  TELEGRAM_API_URL: Type.String({
    default: 'https://api.telegram.org',
    ...webAddress,
    hint: 'the address of a Bot API server, https://api.telegram.org',
  }),
  LICENSING_URL: Type.String({
    default: '',
    pattern: '^$|^https://[^\\s/]+/?$',
    hint: 'the address of the licensing server, https://licensing.example.com; never http://, for permits would travel unprotected',
  }),
  LICENSING_CA_FILE: Type.String({ default: '', hint: 'a file with certificates in PEM' }),
  LICENSING_ROOT_KEY: Type.String({
    default: '',
    pattern: '^$|^[\\w-]{43}$',
    hint: 'the public root key of whoever sells licences, 43 signs; it comes with the licence or is told by their support',
  }),
  ...monitoringVariables,
});
type Environment = Static<typeof Environment>;

/** The environment can't be used; the message lists every fault with what to do, and no values: some are secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: string[]) {
    super(`Ringflow can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/** All that is read of the environment. */
export const knownVariables = Object.keys(Environment.properties);

/** Each may stand in a file that its name with _FILE names. */
export const secretVariables = [
  ...(['MYSQL_URL', 'REDIS_URL', 'RINGFLOW_SECRET_KEYS', 'PBX_DATABASE_URL', 'PBX_AMI_SECRET'] as const),
  ...(['AMOCRM_ACCESS_TOKEN', 'AMOCRM_CLIENT_SECRET', 'MONITORING_TOKEN', 'TEMPORAL_PAYLOAD_KEYS'] as const),
] satisfies (keyof Environment)[];

/** @throws ConfigurationError */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const secrets = readSecretFiles(environment, secretVariables, (path) => readFileSync(path, 'utf8'));
  const isGiven = ([name, value]: [string, string | undefined]) => name in Environment.properties && value?.trim();
  const given = Object.fromEntries(Object.entries(secrets.environment).filter(isGiven));
  const variables = Value.Default(Environment, given) as Environment;
  const faults = withFaultsOfFiles(secrets, [...faultsOf(variables), ...deeperFaultsOf(variables)]);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    pbxId: variables.PBX_ID,
    pbxDatabaseUrl: variables.PBX_DATABASE_URL || undefined,
    celTable: variables.PBX_CEL_TABLE,
    cdrTable: variables.PBX_CDR_TABLE,
    timezone: variables.PBX_TIMEZONE,
    pbxAmi: amiOf(variables),
    pbxRecordings: variables.PBX_RECORDINGS || undefined,
    recordingsCache: variables.RECORDINGS_CACHE,
    recordingsCacheMb: Number(variables.RECORDINGS_CACHE_MB),
    amocrmBaseUrl: variables.AMOCRM_BASE_URL || undefined,
    ...accessOf(variables),
    secretKeys: variables.RINGFLOW_SECRET_KEYS,
    employees: readEmployees(variables.RINGFLOW_EMPLOYEES),
    language: variables.RINGFLOW_LANGUAGE as 'ru' | 'en',
    temporalAddress: variables.TEMPORAL_ADDRESS,
    temporalNamespace: variables.TEMPORAL_NAMESPACE,
    temporalPayloadKeys: variables.TEMPORAL_PAYLOAD_KEYS,
    temporalPhones: variables.TEMPORAL_PHONES as PhonesShown,
    isDatabaseLost: variables.DATABASE_WAS_LOST === 'yes',
    workerVersion: variables.WORKER_VERSIONING === 'on' ? variables.WORKER_BUILD_ID || ownVersion() : undefined,
    temporalUiUrl: variables.TEMPORAL_UI_URL.replace(/\/+$/, '') || undefined,
    redisUrl: variables.REDIS_URL,
    mysqlUrl: variables.MYSQL_URL,
    apiHost: variables.API_HOST,
    apiPort: Number(variables.API_PORT),
    trustedProxies: partsOf(variables.TRUSTED_PROXIES),
    webhooksUrl: webhooksUrl(variables),
    telegramApiUrl: variables.TELEGRAM_API_URL.replace(/\/+$/, ''),
    publicUrl: publicUrlOf(variables),
    licensing: {
      url: variables.LICENSING_URL.replace(/\/+$/, '') || undefined,
      caFile: variables.LICENSING_CA_FILE || undefined,
      rootKey: variables.LICENSING_ROOT_KEY || undefined,
    },
    monitoring: monitoringOf(variables),
  };
}

function ownVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

const publicUrlOf = ({ PUBLIC_URL, API_HOST, API_PORT }: Environment): string =>
  (PUBLIC_URL || `http://${API_HOST}:${API_PORT}`).replace(/\/+$/, '');

function amiOf(variables: Environment): AmiAccess | undefined {
  const { PBX_AMI_HOST: host, PBX_AMI_PORT: port, PBX_AMI_USER: user, PBX_AMI_SECRET: secret } = variables;
  return host === '' ? undefined : { host, port: Number(port), user, secret };
}

/** A long-lived token needs nothing beside it, so it comes first. */
function accessOf(
  variables: Environment,
): Pick<Configuration, 'amocrmAccessToken' | 'amocrmIntegration' | 'amocrmWidget'> {
  const { AMOCRM_ACCESS_TOKEN, AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET, AMOCRM_REDIRECT_URI } = variables;
  if (AMOCRM_ACCESS_TOKEN || !AMOCRM_CLIENT_ID) {
    const isWidgetNamed = AMOCRM_CLIENT_ID !== '' && AMOCRM_CLIENT_SECRET !== '';
    return {
      amocrmAccessToken: AMOCRM_ACCESS_TOKEN || undefined,
      amocrmIntegration: undefined,
      amocrmWidget: isWidgetNamed
        ? {
            clientId: AMOCRM_CLIENT_ID,
            clientSecret: AMOCRM_CLIENT_SECRET,
            redirectUri: AMOCRM_REDIRECT_URI || publicUrlOf(variables),
          }
        : undefined,
    };
  }
  return {
    amocrmAccessToken: undefined,
    amocrmWidget: undefined,
    amocrmIntegration: {
      clientId: AMOCRM_CLIENT_ID,
      clientSecret: AMOCRM_CLIENT_SECRET,
      redirectUri: AMOCRM_REDIRECT_URI,
    },
  };
}

function faultsOf(variables: Environment): string[] {
  return Object.entries(Environment.properties).flatMap(([name, schema]) => {
    const value = variables[name as keyof Environment];
    const { hint } = schema as unknown as { hint: string };
    if (value === undefined) return [missing(name as keyof Environment)];
    return Value.Check(schema, value) ? [] : [`${name} has a wrong form: expected ${hint}`];
  });
}

/** What a pattern can't tell. */
function deeperFaultsOf(variables: Environment): string[] {
  const { PBX_TIMEZONE, RINGFLOW_EMPLOYEES } = variables;
  const faults = [
    ...faultsOfPbx(variables),
    ...faultsOfAccess(variables),
    ...faultsOfKeys(variables),
    ...faultsOfAddresses(variables),
    ...faultsOfAmi(variables),
    ...faultsOfProxies(variables),
    ...faultsOfLicensing(variables),
    ...faultsOfMonitoring(variables),
  ];
  if (PBX_TIMEZONE && !isTimeZone(PBX_TIMEZONE)) faults.push('PBX_TIMEZONE is no known zone: e.g. Europe/Moscow');
  const extensions: string[] = RINGFLOW_EMPLOYEES.match(/\d+(?=\s*:)/g) ?? [];
  const twice = extensions.filter((extension, index) => extensions.indexOf(extension) !== index);
  if (twice.length > 0) faults.push(`RINGFLOW_EMPLOYEES names ${[...new Set(twice)].join(', ')} twice`);
  return faults;
}

/** The environment names no PBX, or one with all that belongs to it. */
function faultsOfPbx(variables: Environment): string[] {
  if (!variables.PBX_DATABASE_URL) return [];
  const needed = ['PBX_TIMEZONE', 'AMOCRM_BASE_URL'] as const;
  const isAddress = databasePlaceOf(variables.PBX_DATABASE_URL) !== undefined;
  return [
    ...(isAddress ? [] : [`PBX_DATABASE_URL has a wrong form: expected ${databaseUrlHint}`]),
    ...needed.filter((name) => !variables[name]).map(missing),
  ];
}

const missing = (name: keyof Environment): string =>
  `${name} is missing: ${(Environment.properties[name] as { hint?: string }).hint}`;

function faultsOfAmi({ PBX_AMI_HOST, PBX_AMI_PORT, PBX_AMI_USER, PBX_AMI_SECRET }: Environment): string[] {
  const given = Object.entries({ PBX_AMI_HOST, PBX_AMI_USER, PBX_AMI_SECRET });
  if (given.every(([, value]) => value === '')) return [];
  const isPort = Number(PBX_AMI_PORT) >= 1 && Number(PBX_AMI_PORT) <= 65_535;
  const absent = given.filter(([, value]) => value === '');
  return [
    ...absent.map(([name]) => `${name} is missing: AMI needs host, user and secret`),
    ...(isPort ? [] : ['PBX_AMI_PORT is no port: expected 1 to 65535, usually 5038']),
  ];
}

const integrationVariables = ['AMOCRM_CLIENT_ID', 'AMOCRM_CLIENT_SECRET', 'AMOCRM_REDIRECT_URI'] as const;

function faultsOfAccess(variables: Environment): string[] {
  const own = ['AMOCRM_ACCESS_TOKEN', ...integrationVariables] as const;
  if (!variables.AMOCRM_BASE_URL && own.some((name) => variables[name])) return [missing('AMOCRM_BASE_URL')];
  if (!variables.AMOCRM_BASE_URL) return variables.RINGFLOW_SECRET_KEYS ? [] : [missing('RINGFLOW_SECRET_KEYS')];
  if (variables.AMOCRM_ACCESS_TOKEN) return [];
  const needed = [...integrationVariables, 'RINGFLOW_SECRET_KEYS'] as const;
  if (integrationVariables.every((name) => !variables[name])) {
    if (variables.RINGFLOW_SECRET_KEYS) return []; // the integration is named in the browser
    const others = `or ${integrationVariables.join(', ')} of an integration to be connected`;
    const inBrowser = 'or RINGFLOW_SECRET_KEYS alone to name the integration in the browser';
    return [`AMOCRM_ACCESS_TOKEN is missing: a long-lived token of your integration; ${others}; ${inBrowser}`];
  }
  return needed.filter((name) => !variables[name]).map(missing);
}

function faultsOfKeys(variables: Environment): string[] {
  return (['RINGFLOW_SECRET_KEYS', 'TEMPORAL_PAYLOAD_KEYS'] as const).flatMap((name) => {
    try {
      readKeyRing(variables[name], name);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

/** Secrets travel to these. */
function faultsOfAddresses(variables: Environment): string[] {
  return (['AMOCRM_BASE_URL', 'AMOCRM_REDIRECT_URI', 'PUBLIC_URL', 'TELEGRAM_API_URL'] as const)
    .filter((name) => variables[name]?.startsWith('http://') && !isLoopback(variables[name]))
    .map((name) => `${name} must begin with https://: secrets would travel unprotected`);
}

const partsOf = (text: string): string[] => text.split(',').flatMap((part) => part.trim() || []);

function faultsOfProxies({ TRUSTED_PROXIES }: Environment): string[] {
  const { hint } = Environment.properties.TRUSTED_PROXIES as unknown as { hint: string };
  const isFine = partsOf(TRUSTED_PROXIES).every(isNetwork);
  return isFine ? [] : [`TRUSTED_PROXIES has a wrong form: expected ${hint}`];
}

/** Whoever asks a server must know whom to believe. */
function faultsOfLicensing({ LICENSING_URL, LICENSING_CA_FILE, LICENSING_ROOT_KEY }: Environment): string[] {
  const isReadable = LICENSING_CA_FILE === '' || isFile(LICENSING_CA_FILE);
  return [
    ...(LICENSING_URL && !LICENSING_ROOT_KEY ? [missing('LICENSING_ROOT_KEY')] : []),
    ...(isReadable ? [] : ['LICENSING_CA_FILE names no file that can be read']),
  ];
}

function isFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Extension → amoCRM user, as RINGFLOW_EMPLOYEES says; undefined if it says nothing. */
export function readEmployees(text: string): Record<string, number> | undefined {
  const pairs = [...text.matchAll(/(\d+)\s*:\s*(\d+)/g)].map(([, extension, user]) => [extension, Number(user)]);
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

function webhooksUrl({ PUBLIC_URL, AMOCRM_BASE_URL }: Environment): string | undefined {
  const isReachable = PUBLIC_URL.startsWith('https://') || (isLoopback(PUBLIC_URL) && isLoopback(AMOCRM_BASE_URL));
  return isReachable ? PUBLIC_URL.replace(/\/+$/, '') : undefined;
}
