import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { secretVariables } from './environment.ts';

const environment = {
  PBX_DATABASE_URL: 'mysql://reader:s3cret-a@127.0.0.1:3306/asteriskcdrdb',
  PBX_TIMEZONE: 'Europe/Moscow',
  AMOCRM_BASE_URL: 'https://acme.amocrm.ru',
  AMOCRM_ACCESS_TOKEN: 's3cret-b',
  REDIS_URL: 'redis://:s3cret-c@127.0.0.1:6379',
  MYSQL_URL: 'mysql://ringflow:s3cret-d@127.0.0.1:3306/ringflow',
};

function faultsOf(changes: Record<string, string | undefined>): string {
  try {
    readConfiguration({ ...environment, ...changes });
    return '';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message;
  }
}

it('is read from the environment, with defaults', () => {
  expect(readConfiguration({ ...environment, RINGFLOW_EMPLOYEES: '101:504141, 102:504142' })).toEqual({
    pbxId: 'main',
    pbxDatabaseUrl: environment.PBX_DATABASE_URL,
    celTable: 'cel',
    cdrTable: 'cdr',
    timezone: 'Europe/Moscow',
    amocrmBaseUrl: 'https://acme.amocrm.ru',
    amocrmAccessToken: 's3cret-b',
    amocrmIntegration: undefined,
    secretKeys: '',
    employees: { '101': 504141, '102': 504142 },
    language: 'ru',
    temporalAddress: '127.0.0.1:7233',
    temporalNamespace: 'default',
    ...{ temporalUiUrl: undefined, temporalPayloadKeys: '', temporalPhones: 'masked', workerVersion: undefined },
    isDatabaseLost: false,
    redisUrl: environment.REDIS_URL,
    mysqlUrl: environment.MYSQL_URL,
    apiHost: '127.0.0.1',
    apiPort: 8080,
    trustedProxies: [],
    publicUrl: 'http://127.0.0.1:8080',
    telegramApiUrl: 'https://api.telegram.org',
    ...{ recordingsCache: '/var/cache/ringflow/recordings', recordingsCacheMb: 1_000 },
    licensing: { url: undefined, caFile: undefined, rootKey: undefined },
    monitoring: {
      ...{ host: '127.0.0.1', ports: { worker: 9464, connector: 9465, api: 9466 }, token: undefined },
      ...{ logLevel: 'info', tracesUrl: undefined },
    },
  });
  expect(readConfiguration({ ...environment, RINGFLOW_EMPLOYEES: '' }).employees).toBeUndefined();
});

it('workers tell their version only where that is wanted: that of the package, or the given one', () => {
  const versionOf = (changes: object) => readConfiguration({ ...environment, ...changes }).workerVersion;
  expect(versionOf({ WORKER_BUILD_ID: '1.4.0' })).toBeUndefined();
  expect(versionOf({ WORKER_VERSIONING: 'on', WORKER_BUILD_ID: '1.4.0-2' })).toBe('1.4.0-2');
  expect(versionOf({ WORKER_VERSIONING: 'on' })).toBe(packageJson.version);
  expect(faultsOf({ WORKER_VERSIONING: 'on', WORKER_BUILD_ID: 'abc' })).toMatch('WORKER_BUILD_ID has a wrong form');
});

it('tells all faults at once and no secret', () => {
  const message = faultsOf({
    PBX_DATABASE_URL: 's3cret-a',
    PBX_TIMEZONE: 'Moscow',
    AMOCRM_ACCESS_TOKEN: undefined,
    RINGFLOW_LANGUAGE: 'de',
    REDIS_URL: ' ',
  });
  for (const name of ['PBX_DATABASE_URL', 'PBX_TIMEZONE', 'AMOCRM_ACCESS_TOKEN', 'RINGFLOW_LANGUAGE', 'REDIS_URL']) {
    expect(message).toContain(name);
  }
  expect(message).not.toContain('s3cret');
});

const integration = {
  AMOCRM_ACCESS_TOKEN: '',
  AMOCRM_CLIENT_ID: '0c2f7e1a-1111-4222-8333-444455556666',
  AMOCRM_CLIENT_SECRET: 's3cret-e',
  AMOCRM_REDIRECT_URI: 'https://ringflow.example.com/oauth/amocrm',
  RINGFLOW_SECRET_KEYS: `a:${Buffer.alloc(32).toString('base64')}`,
};

it('takes an integration in place of a token', () => {
  const configuration = readConfiguration({
    ...environment,
    ...integration,
    PUBLIC_URL: 'https://ringflow.example.com/',
  });
  expect(configuration).toMatchObject({
    amocrmAccessToken: undefined,
    amocrmIntegration: { clientId: integration.AMOCRM_CLIENT_ID, clientSecret: 's3cret-e' },
    publicUrl: 'https://ringflow.example.com',
  });
});

it('needs neither where an integration is to be named in the browser, but keys to keep its secret with', () => {
  const { RINGFLOW_SECRET_KEYS } = integration;
  const nothing = { ...environment, AMOCRM_ACCESS_TOKEN: '' };
  expect(readConfiguration({ ...nothing, RINGFLOW_SECRET_KEYS })).toMatchObject({
    ...{ amocrmAccessToken: undefined, amocrmIntegration: undefined },
  });
  expect(faultsOf({ AMOCRM_ACCESS_TOKEN: '' })).toMatch(/AMOCRM_ACCESS_TOKEN is missing.*RINGFLOW_SECRET_KEYS/);
});

it('tells all that an integration lacks', () => {
  const message = faultsOf({
    ...integration,
    AMOCRM_CLIENT_SECRET: '',
    AMOCRM_REDIRECT_URI: '',
    RINGFLOW_SECRET_KEYS: '',
  });
  for (const name of ['AMOCRM_CLIENT_SECRET', 'AMOCRM_REDIRECT_URI', 'RINGFLOW_SECRET_KEYS']) {
    expect(message).toContain(`${name} is missing`);
  }
  expect(message).not.toContain('AMOCRM_ACCESS_TOKEN');
});

it.each<[string, Record<string, string>]>([
  ['a key of a wrong length', { RINGFLOW_SECRET_KEYS: 'a:c2hvcnQ=' }],
  ['a key for payloads that is none', { TEMPORAL_PAYLOAD_KEYS: 'a:c2hvcnQ=' }],
  ['a public address where secrets would travel unprotected', { PUBLIC_URL: 'http://ringflow.example.com' }],
  ['a table name with SQL in it', { PBX_CEL_TABLE: 'cel; DROP TABLE cel' }],
  ['employees without users', { RINGFLOW_EMPLOYEES: '101,102' }],
  ['an extension named twice', { RINGFLOW_EMPLOYEES: '101:1,101:2' }],
  ['a licensing server that anybody could stand in for', { LICENSING_URL: 'http://127.0.0.1:9' }],
  ['a root key that is none', { LICENSING_ROOT_KEY: 'short' }],
  ['certificates that are not there', { LICENSING_CA_FILE: '/nowhere/ca.pem' }],
  ['a token that would travel unprotected', { AMOCRM_BASE_URL: 'http://acme.amocrm.ru' }],
])('refuses %s', (_, changes) => {
  expect(faultsOf(changes)).toContain(Object.keys(changes)[0]);
});

it('may name neither a PBX nor an account: both are set up in the browser then, where a key keeps their secrets', () => {
  const nothing = { PBX_DATABASE_URL: '', PBX_TIMEZONE: '', AMOCRM_BASE_URL: '', AMOCRM_ACCESS_TOKEN: '' };
  const { RINGFLOW_SECRET_KEYS } = integration;
  expect(readConfiguration({ ...environment, ...nothing, RINGFLOW_SECRET_KEYS })).toMatchObject({
    ...{ pbxDatabaseUrl: undefined, amocrmBaseUrl: undefined },
  });
  expect(faultsOf(nothing)).toContain('RINGFLOW_SECRET_KEYS is missing');
});

it('asks no licensing server without the key by which it is believed', () => {
  expect(faultsOf({ LICENSING_URL: 'https://licensing.example.com' })).toContain('LICENSING_ROOT_KEY is missing');
});

it.each<[string, Record<string, string>]>([
  ['PBX_TIMEZONE', { PBX_TIMEZONE: '' }],
  ['AMOCRM_BASE_URL', { AMOCRM_BASE_URL: '' }],
  ['AMOCRM_BASE_URL', { AMOCRM_BASE_URL: '', PBX_DATABASE_URL: '', PBX_TIMEZONE: '' }],
])('tells that %s belongs to what is there', (name, changes) => {
  expect(faultsOf(changes)).toContain(`${name} is missing`);
});

it('allows plain http to this machine, for stand-ins', () => {
  expect(faultsOf({ AMOCRM_BASE_URL: 'http://127.0.0.1:8090' })).toBe('');
});

describe('AMI and recordings', () => {
  const ami = { PBX_AMI_HOST: 'pbx.lan', PBX_AMI_USER: 'ringflow', PBX_AMI_SECRET: 's3cret-e' };

  it('may be named, AMI with its usual port', () => {
    expect(readConfiguration({ ...environment, ...ami, PBX_RECORDINGS: '/mnt/monitor' })).toMatchObject({
      pbxAmi: { host: 'pbx.lan', port: 5038, user: 'ringflow', secret: 's3cret-e' },
      pbxRecordings: '/mnt/monitor',
    });
    expect(readConfiguration(environment)).toMatchObject({ pbxAmi: undefined, pbxRecordings: undefined });
  });

  it('are told if they are not whole, or hold a line break', () => {
    expect(faultsOf({ ...ami, PBX_AMI_SECRET: '' })).toContain('PBX_AMI_SECRET is missing');
    expect(faultsOf({ ...ami, PBX_AMI_HOST: 'http://pbx.lan' })).toContain('PBX_AMI_HOST has a wrong form');
    const message = faultsOf({ ...ami, PBX_AMI_SECRET: 's3cret-e\r\nAction: Originate' });
    expect(message).toContain('PBX_AMI_SECRET has a wrong form');
    expect(message).not.toContain('s3cret-e');
    expect(faultsOf({ ...ami, PBX_AMI_PORT: '99999' })).toContain('PBX_AMI_PORT');
  });
});

it('believes only the proxies that are named', () => {
  const proxiesOf = (text: string) => readConfiguration({ ...environment, TRUSTED_PROXIES: text }).trustedProxies;
  expect(proxiesOf('10.0.0.5, 172.18.0.0/16,fd00::/8')).toEqual(['10.0.0.5', '172.18.0.0/16', 'fd00::/8']);
  for (const TRUSTED_PROXIES of ['proxy.lan', '10.0.0.5/33', '10.0.0.0/0', '10.0.0.5 10.0.0.6', 'true']) {
    expect(faultsOf({ TRUSTED_PROXIES })).toContain('TRUSTED_PROXIES has a wrong form: expected addresses');
  }
});

it('says how a password of the PBX has to be written', () => {
  const message = faultsOf({ PBX_DATABASE_URL: 'mysql://reader:s3cret%@127.0.0.1/asteriskcdrdb' });
  expect(message).toMatch(/PBX_DATABASE_URL has a wrong form: .*percent-encoded/);
  expect(message).not.toContain('s3cret');
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-secrets-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is as good as in its variable, of whatever secret', () => {
    const secrets: Record<string, string> = { ...environment, RINGFLOW_SECRET_KEYS: integration.RINGFLOW_SECRET_KEYS };
    const files = secretVariables.flatMap((name) => {
      const value = secrets[name];
      return value === undefined
        ? []
        : [
            [name, undefined],
            [`${name}_FILE`, file(name, `${value}\n`)],
          ];
    });
    expect(files).toHaveLength(10);
    expect(readConfiguration({ ...environment, ...Object.fromEntries(files) })).toEqual(readConfiguration(secrets));
  });

  it('that is of no use is told once, without what is in it', () => {
    const files = {
      REDIS_URL: undefined,
      REDIS_URL_FILE: file('empty', '\n'),
      PBX_DATABASE_URL_FILE: file('s', 's3cret'),
    };
    const message = faultsOf({ ...files, MYSQL_URL: undefined, MYSQL_URL_FILE: join(folder, 'none') });
    expect(message).toContain("MYSQL_URL_FILE names a file that can't be read (ENOENT)");
    expect(message).toContain('REDIS_URL_FILE names an empty file');
    expect(message).toContain('PBX_DATABASE_URL and PBX_DATABASE_URL_FILE are both given');
    expect(message).not.toMatch(/(MYSQL|REDIS)_URL is missing/);
    expect(message).not.toContain('s3cret');
  });
});

it('lets nobody read metrics from elsewhere without a token', () => {
  expect(faultsOf({ METRICS_HOST: '0.0.0.0' })).toContain('MONITORING_TOKEN is missing: others can reach 0.0.0.0');
  expect(faultsOf({ METRICS_HOST: '10.0.0.7', MONITORING_TOKEN: 'too short' })).toContain('MONITORING_TOKEN');
  expect(faultsOf({ METRICS_HOST: '10.0.0.7', MONITORING_TOKEN: 's3cret-of-monitoring' })).toBe('');
  for (const host of ['::1', 'localhost', '127.0.0.5']) expect(faultsOf({ METRICS_HOST: host })).toBe('');
  expect(faultsOf({ WORKER_METRICS_PORT: '70000' })).toContain('WORKER_METRICS_PORT is no port');
});
