import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { Integration } from '../../activities/store/accounts.ts';
import type { AmiAccess } from '../../proto/ami.ts';
import { isLoopback } from '../../proto/amocrm-address.ts';
import type { PhonesShown } from '../../proto/phone.ts';
import { readSecretFiles, withFaultsOfFiles } from '../../proto/secret-files.ts';
import { type MonitoringConfiguration, monitoringOf } from '../monitoring/configuration.ts';
import { Environment, partsOf, secretVariables } from './environment.ts';
import { faultsOf } from './faults.ts';

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

/** The environment can't be used; the message lists every fault with what to do, and no values: some are secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: string[]) {
    super(`Ringflow can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/** @throws ConfigurationError */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const secrets = readSecretFiles(environment, secretVariables, (path) => readFileSync(path, 'utf8'));
  const isGiven = ([name, value]: [string, string | undefined]) => name in Environment.properties && value?.trim();
  const given = Object.fromEntries(Object.entries(secrets.environment).filter(isGiven));
  const variables = Value.Default(Environment, given) as Environment;
  const faults = withFaultsOfFiles(secrets, faultsOf(variables));
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
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
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

/** Extension → amoCRM user, as RINGFLOW_EMPLOYEES says; undefined if it says nothing. */
export function readEmployees(text: string): Record<string, number> | undefined {
  const pairs = [...text.matchAll(/(\d+)\s*:\s*(\d+)/g)].map(([, extension, user]) => [extension, Number(user)]);
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

function webhooksUrl({ PUBLIC_URL, AMOCRM_BASE_URL }: Environment): string | undefined {
  const isReachable = PUBLIC_URL.startsWith('https://') || (isLoopback(PUBLIC_URL) && isLoopback(AMOCRM_BASE_URL));
  return isReachable ? PUBLIC_URL.replace(/\/+$/, '') : undefined;
}
