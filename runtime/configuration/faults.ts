import { accessSync, constants } from 'node:fs';
import { Value } from 'typebox/value';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { isLoopback } from '../../proto/amocrm-address.ts';
import { isNetwork } from '../../proto/network.ts';
import { databasePlaceOf, databaseUrlHint } from '../../proto/pbx-database-url.ts';
import { isTimeZone } from '../../proto/pbx-time.ts';
import { faultsOfMonitoring } from '../monitoring/configuration.ts';
import { Environment, partsOf } from './environment.ts';

/** What is wrong with these variables, each with what to do; no values: some are secret. */
export const faultsOf = (variables: Environment): string[] => [
  ...faultsOfForms(variables),
  ...deeperFaultsOf(variables),
];

const missing = (name: keyof Environment): string =>
  `${name} is missing: ${(Environment.properties[name] as { hint?: string }).hint}`;

function faultsOfForms(variables: Environment): string[] {
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
