import { type Static, Type } from 'typebox';
import { amiForms } from '../../proto/ami.ts';
import { databaseUrlHint } from '../../proto/pbx-database-url.ts';
import { recordingsForms } from '../../proto/recordings/source.ts';
import { monitoringVariables } from '../monitoring/configuration.ts';

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
export const Environment = Type.Object({
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
export type Environment = Static<typeof Environment>;

/** All that is read of the environment. */
export const knownVariables = Object.keys(Environment.properties);

/** Each may stand in a file that its name with _FILE names. */
export const secretVariables = [
  ...(['MYSQL_URL', 'REDIS_URL', 'RINGFLOW_SECRET_KEYS', 'PBX_DATABASE_URL', 'PBX_AMI_SECRET'] as const),
  ...(['AMOCRM_ACCESS_TOKEN', 'AMOCRM_CLIENT_SECRET', 'MONITORING_TOKEN', 'TEMPORAL_PAYLOAD_KEYS'] as const),
] satisfies (keyof Environment)[];

/** A value that is a list. */
export const partsOf = (text: string): string[] => text.split(',').flatMap((part) => part.trim() || []);
