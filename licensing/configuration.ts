import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { readSecretFiles, withFaultsOfFiles } from '../proto/secret-files.ts';
import type { Timing } from './permits/due-permit.ts';
import { readKeyRing } from './store/key-ring.ts';

/** Of one network: an IPv4 address, or the 64 bits of IPv6 that belong to one line. */
interface Limits {
  /** Requests a minute. */
  perAddress: number;
  perInstallation: number;
  /** Trials asked for within an hour: each takes an account's only one. */
  trialsPerAddress: number;
}

/** Everything that the licensing server must know of the world outside, read once at start. */
export interface Configuration {
  host: string;
  port: number;
  /** Files, PEM. */
  tlsCert: string;
  tlsKey: string;
  /** Where browsers and installations reach it, without a final slash. */
  publicUrl: string;
  mysqlUrl: string;
  /** Of `readKeyRing`. */
  secretKeys: string;
  /** Addresses and networks, beside this machine, whose word on who asks is believed. */
  trustedProxies: string[];
  timing: Timing;
  /** A machine that was not heard of for so long may be replaced by another of the same amoCRM account. */
  silentSeconds: number;
  limits: Limits;
  /** Who has it may read metrics from elsewhere; undefined: nobody. */
  monitoringToken: string | undefined;
  /** Lines below it are not written. */
  logLevel: string;
}

const count = (preset: string, hint: string) => Type.String({ default: preset, pattern: '^[1-9]\\d{0,8}$', hint });
const secondsHint = 'a number of seconds';

/** Each variable with what it should look like, for the error. */
const Environment = Type.Object({
  LICENSING_HOST: Type.String({ default: '127.0.0.1', pattern: '^[\\w.:-]+$', hint: 'an address of this machine' }),
  LICENSING_PORT: Type.String({ default: '8443', pattern: '^\\d{1,5}$', hint: 'a port' }),
  LICENSING_TLS_CERT: Type.String({ minLength: 1, hint: 'the file of the certificate with its chain, PEM' }),
  LICENSING_TLS_KEY: Type.String({ minLength: 1, hint: "the file of the certificate's private key, PEM" }),
  LICENSING_PUBLIC_URL: Type.String({
    default: '',
    pattern: '^$|^https://[^/\\s]+/?$',
    hint: 'https://licensing.example.com',
  }),
  LICENSING_MYSQL_URL: Type.String({
    pattern: '^mysql://[^/]+/[^/?]+',
    hint: 'mysql://user:password@host:port/database, a database of its own',
  }),
  LICENSING_SECRET_KEYS: Type.String({
    minLength: 1,
    hint: 'keys for what is kept encrypted, id:base64 of 32 bytes, several separated by commas, the newest first',
  }),
  LICENSING_TRUSTED_PROXIES: Type.String({
    default: '',
    hint: 'addresses or networks separated by commas, such as 10.0.0.5,172.18.0.0/16',
  }),
  LICENSING_CHECK_EVERY_SECONDS: count(String(6 * 3600), secondsHint),
  LICENSING_FRESH_SECONDS: count(String(18 * 3600), secondsHint),
  LICENSING_GRACE_SECONDS: count(String(14 * 86_400), secondsHint),
  LICENSING_SILENT_SECONDS: Type.String({ default: '3600', pattern: '^\\d{1,9}$', hint: secondsHint }),
  LICENSING_LIMIT_PER_ADDRESS: count('300', 'a number of requests a minute'),
  LICENSING_LIMIT_PER_INSTALLATION: count('30', 'a number of requests a minute'),
  LICENSING_LIMIT_TRIALS_PER_ADDRESS: count('60', 'a number of requests an hour'),
  LICENSING_MONITORING_TOKEN: Type.String({
    default: '',
    pattern: '^$|^[\\x21-\\x7e]{16,200}$',
    hint: '16 to 200 signs that nobody can guess, such as openssl rand -hex 24 prints',
  }),
  LICENSING_LOG_LEVEL: Type.String({
    default: 'info',
    pattern: '^(debug|info|warn|error)$',
    hint: 'debug, info, warn or error',
  }),
});
type Environment = Static<typeof Environment>;

/** All that is read of the environment. */
export const knownVariables = Object.keys(Environment.properties);

/** Each may stand in a file that its name with _FILE names. */
export const secretVariables = ['LICENSING_MYSQL_URL', 'LICENSING_SECRET_KEYS', 'LICENSING_MONITORING_TOKEN'] as const;

/** The environment can't be used; the message lists every fault with what to do, and no values: some are secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(faults: string[]) {
    super(`The licensing server can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`);
  }
}

/** @throws ConfigurationError */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const secrets = readSecretFiles(environment, secretVariables, (path) => readFileSync(path, 'utf8'));
  const isGiven = ([name, value]: [string, string | undefined]) => name in Environment.properties && value?.trim();
  const given = Object.fromEntries(Object.entries(secrets.environment).filter(isGiven));
  const variables = Value.Default(Environment, given) as Environment;
  const faults = withFaultsOfFiles(secrets, [...faultsOf(variables), ...deeperFaultsOf(variables)]);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { LICENSING_HOST: host, LICENSING_PORT: port } = variables;
  return {
    host,
    port: Number(port),
    tlsCert: variables.LICENSING_TLS_CERT,
    tlsKey: variables.LICENSING_TLS_KEY,
    publicUrl: (variables.LICENSING_PUBLIC_URL || `https://${host}:${port}`).replace(/\/+$/, ''),
    mysqlUrl: variables.LICENSING_MYSQL_URL,
    secretKeys: variables.LICENSING_SECRET_KEYS,
    trustedProxies: partsOf(variables.LICENSING_TRUSTED_PROXIES),
    timing: timingOf(variables),
    silentSeconds: Number(variables.LICENSING_SILENT_SECONDS),
    limits: {
      perAddress: Number(variables.LICENSING_LIMIT_PER_ADDRESS),
      perInstallation: Number(variables.LICENSING_LIMIT_PER_INSTALLATION),
      trialsPerAddress: Number(variables.LICENSING_LIMIT_TRIALS_PER_ADDRESS),
    },
    monitoringToken: variables.LICENSING_MONITORING_TOKEN || undefined,
    logLevel: variables.LICENSING_LOG_LEVEL,
  };
}

/** Of the command line, which needs no more. @throws ConfigurationError */
export function readTiming(environment: Record<string, string | undefined>): Timing {
  const names = ['LICENSING_CHECK_EVERY_SECONDS', 'LICENSING_FRESH_SECONDS', 'LICENSING_GRACE_SECONDS'];
  const given = Object.entries(environment).filter(([name, value]) => names.includes(name) && value?.trim());
  const variables = Value.Default(Environment, Object.fromEntries(given)) as Environment;
  const faults = faultsOf(variables).filter((fault) => names.some((name) => fault.startsWith(name)));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return timingOf(variables);
}

const timingOf = (variables: Environment): Timing => ({
  checkEverySeconds: Number(variables.LICENSING_CHECK_EVERY_SECONDS),
  freshSeconds: Number(variables.LICENSING_FRESH_SECONDS),
  graceSeconds: Number(variables.LICENSING_GRACE_SECONDS),
});

function faultsOf(variables: Environment): string[] {
  return Object.entries(Environment.properties).flatMap(([name, schema]) => {
    const value = variables[name as keyof Environment];
    const { hint } = schema as unknown as { hint: string };
    if (value === undefined) return [`${name} is missing: ${hint}`];
    return Value.Check(schema, value) ? [] : [`${name} has a wrong form: expected ${hint}`];
  });
}

/** What a pattern can't tell. */
function deeperFaultsOf(variables: Environment): string[] {
  const files = (['LICENSING_TLS_CERT', 'LICENSING_TLS_KEY'] as const).flatMap((name) =>
    !variables[name] || existsSync(variables[name]) ? [] : [`${name} names a file that is not there`],
  );
  const proxies = partsOf(variables.LICENSING_TRUSTED_PROXIES).every(isNetwork)
    ? []
    : ['LICENSING_TRUSTED_PROXIES has a wrong form: expected addresses or networks such as 10.0.0.5,172.18.0.0/16'];
  return [...files, ...proxies, ...faultsOfKeys(variables), ...faultsOfTimes(variables)];
}

function faultsOfKeys({ LICENSING_SECRET_KEYS }: Environment): string[] {
  try {
    readKeyRing(LICENSING_SECRET_KEYS);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** A permit that has ended before the server wants to be asked again would switch off who did nothing wrong. */
function faultsOfTimes(variables: Environment): string[] {
  const { LICENSING_CHECK_EVERY_SECONDS: every, LICENSING_FRESH_SECONDS: fresh } = variables;
  const isLong = Number(variables.LICENSING_GRACE_SECONDS) >= Number(every) + Number(fresh);
  return isLong
    ? []
    : [
        'LICENSING_GRACE_SECONDS is too short: expected at least LICENSING_CHECK_EVERY_SECONDS and LICENSING_FRESH_SECONDS together',
      ];
}

const partsOf = (text: string): string[] => text.split(',').flatMap((part) => part.trim() || []);

/** @param text an address, or one with the length of its prefix */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  if (bits === undefined || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits);
}
