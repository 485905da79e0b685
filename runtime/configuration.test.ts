import { ConfigurationError, readConfiguration } from './configuration.ts';

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
    employees: { '101': 504141, '102': 504142 },
    language: 'ru',
    temporalAddress: '127.0.0.1:7233',
    temporalNamespace: 'default',
    redisUrl: environment.REDIS_URL,
    mysqlUrl: environment.MYSQL_URL,
  });
  expect(readConfiguration({ ...environment, RINGFLOW_EMPLOYEES: '' }).employees).toBeUndefined();
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

it.each<[string, Record<string, string>]>([
  ['a table name with SQL in it', { PBX_CEL_TABLE: 'cel; DROP TABLE cel' }],
  ['employees without users', { RINGFLOW_EMPLOYEES: '101,102' }],
  ['an extension named twice', { RINGFLOW_EMPLOYEES: '101:1,101:2' }],
  ['a token that would travel unprotected', { AMOCRM_BASE_URL: 'http://acme.amocrm.ru' }],
])('refuses %s', (_, changes) => {
  expect(faultsOf(changes)).toContain(Object.keys(changes)[0]);
});

it('allows plain http to this machine, for stand-ins', () => {
  expect(faultsOf({ AMOCRM_BASE_URL: 'http://127.0.0.1:8090' })).toBe('');
});
