import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { isTimeZone } from '../proto/pbx-time.ts';

/** Everything outside Ringflow's own databases that it must know, read once at start. */
export interface Configuration {
  pbxId: string;
  pbxDatabaseUrl: string;
  celTable: string;
  cdrTable: string;
  timezone: string;
  amocrmBaseUrl: string;
  amocrmAccessToken: string;
  /** Extension → amoCRM user id; undefined: the users' own phone numbers in amoCRM tell. */
  employees: Record<string, number> | undefined;
  language: 'ru' | 'en';
  temporalAddress: string;
  temporalNamespace: string;
  redisUrl: string;
  mysqlUrl: string;
}

const tableName = { pattern: '^[\\w$-]+(\\.[\\w$-]+)?$', hint: 'a table name such as cel or asteriskcdrdb.cel' };
const mysqlUrl = { pattern: '^mysql://[^/]+/[^/?]+', hint: 'mysql://user:password@host:port/database' };

/** Each variable with what it should look like, for the error. */
const Environment = Type.Object({
  PBX_ID: Type.String({ default: 'main', pattern: '^[a-z0-9-]{1,32}$', hint: 'small letters, digits and dashes' }),
  PBX_DATABASE_URL: Type.String(mysqlUrl),
  PBX_CEL_TABLE: Type.String({ default: 'cel', ...tableName }),
  PBX_CDR_TABLE: Type.String({ default: 'cdr', ...tableName }),
  PBX_TIMEZONE: Type.String({ minLength: 1, hint: "the PBX's time zone, such as Europe/Moscow" }),
  AMOCRM_BASE_URL: Type.String({ pattern: '^https?://[^/]+/?$', hint: 'https://youraccount.amocrm.ru' }),
  AMOCRM_ACCESS_TOKEN: Type.String({ pattern: '^[\\x21-\\x7e]+$', hint: 'a long-lived token of your integration' }),
  RINGFLOW_EMPLOYEES: Type.String({
    default: '',
    pattern: '^$|^\\s*\\d+\\s*:\\s*\\d+\\s*(,\\s*\\d+\\s*:\\s*\\d+\\s*)*,?$',
    hint: 'extension:amoCRM user, such as 101:504141,102:504142',
  }),
  RINGFLOW_LANGUAGE: Type.String({ default: 'ru', pattern: '^(ru|en)$', hint: 'ru or en' }),
  TEMPORAL_ADDRESS: Type.String({ default: '127.0.0.1:7233', pattern: '^[^/\\s]+:\\d+$', hint: 'host:port' }),
  TEMPORAL_NAMESPACE: Type.String({ default: 'default', pattern: '^[\\w.-]{1,200}$', hint: 'the name of a namespace' }),
  REDIS_URL: Type.String({ pattern: '^rediss?://', hint: 'redis://:password@host:port' }),
  MYSQL_URL: Type.String(mysqlUrl),
});
type Environment = Static<typeof Environment>;

/** The environment can't be used; the message lists every fault with what to do, and no values: some are secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: string[]) {
    super(`Ringflow can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/** @throws ConfigurationError */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const given = Object.entries(environment).filter(([name, value]) => name in Environment.properties && value?.trim());
  const variables = Value.Default(Environment, Object.fromEntries(given)) as Environment;
  const faults = [...faultsOf(variables), ...deeperFaultsOf(variables)];
  if (faults.length > 0) throw new ConfigurationError(faults);
  return {
    pbxId: variables.PBX_ID,
    pbxDatabaseUrl: variables.PBX_DATABASE_URL,
    celTable: variables.PBX_CEL_TABLE,
    cdrTable: variables.PBX_CDR_TABLE,
    timezone: variables.PBX_TIMEZONE,
    amocrmBaseUrl: variables.AMOCRM_BASE_URL,
    amocrmAccessToken: variables.AMOCRM_ACCESS_TOKEN,
    employees: readEmployees(variables.RINGFLOW_EMPLOYEES),
    language: variables.RINGFLOW_LANGUAGE as 'ru' | 'en',
    temporalAddress: variables.TEMPORAL_ADDRESS,
    temporalNamespace: variables.TEMPORAL_NAMESPACE,
    redisUrl: variables.REDIS_URL,
    mysqlUrl: variables.MYSQL_URL,
  };
}

function faultsOf(variables: Environment): string[] {
  return Object.entries(Environment.properties).flatMap(([name, schema]) => {
    const value = variables[name as keyof Environment];
    const { hint } = schema as unknown as { hint: string };
    if (value === undefined) return [`${name} is missing: ${hint}`];
    return Value.Check(schema, value) ? [] : [`${name} has a wrong form: expected ${hint}`];
  });
}

/** What a pattern can't tell. */
function deeperFaultsOf({ PBX_TIMEZONE, AMOCRM_BASE_URL, RINGFLOW_EMPLOYEES }: Environment): string[] {
  const faults: string[] = [];
  if (PBX_TIMEZONE && !isTimeZone(PBX_TIMEZONE)) faults.push('PBX_TIMEZONE is no known zone: e.g. Europe/Moscow');
  if (AMOCRM_BASE_URL?.startsWith('http://') && !isLoopback(AMOCRM_BASE_URL)) {
    faults.push('AMOCRM_BASE_URL must begin with https://: the token would travel unprotected');
  }
  const extensions: string[] = RINGFLOW_EMPLOYEES.match(/\d+(?=\s*:)/g) ?? [];
  const twice = extensions.filter((extension, index) => extensions.indexOf(extension) !== index);
  if (twice.length > 0) faults.push(`RINGFLOW_EMPLOYEES names ${[...new Set(twice)].join(', ')} twice`);
  return faults;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}

function readEmployees(text: string): Record<string, number> | undefined {
  const pairs = [...text.matchAll(/(\d+)\s*:\s*(\d+)/g)].map(([, extension, user]) => [extension, Number(user)]);
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
