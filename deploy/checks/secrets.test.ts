import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfiguration as readConfigurationOfLicensing } from '../../licensing/configuration.ts';
import { readKeyRing as readKeyRingOfLicensing } from '../../licensing/store/key-ring.ts';
import { readConfiguration } from '../../runtime/configuration/configuration.ts';
import { readCompose } from './compose.ts';

const parent = mkdtempSync(join(tmpdir(), 'ringflow-secrets-'));
const folder = join(parent, 'secrets');
const make = (): string => execFileSync(join(import.meta.dirname, '../../bin/secrets'), [folder], { encoding: 'utf8' });
const contentOf = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
const all = () => Object.fromEntries(readdirSync(folder).map((name) => [name, contentOf(name)]));

afterAll(() => rmSync(parent, { recursive: true }));

it('makes each secret that compose asks for, once', () => {
  make();
  const made = all();
  expect(Object.keys(made).sort()).toEqual(Object.keys(readCompose().secrets).sort());
  expect(make()).toBe('');
  expect(all()).toEqual(made);
});

it('makes one that is gone anew, and leaves the others', () => {
  const before = all();
  rmSync(join(folder, 'redis_url'));
  make();
  expect(all()).toEqual(before); // it is made of the password, which is still there
});

it('keeps them from other users of the machine', () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('makes what Ringflow and the licensing server can use', () => {
  const at = (name: string) => join(folder, name);
  const files = { MYSQL_URL_FILE: at('mysql_url'), REDIS_URL_FILE: at('redis_url') };
  const { mysqlUrl, redisUrl } = readConfiguration({ ...files, RINGFLOW_SECRET_KEYS_FILE: at('ringflow_secret_keys') });
  expect(new URL(mysqlUrl)).toMatchObject({ host: 'mysql:3306', password: contentOf('mysql_password') });
  expect(new URL(redisUrl)).toMatchObject({ host: 'redis:6379', password: contentOf('redis_password') });
  expect(new URL(contentOf('licensing_mysql_url')).password).toBe(contentOf('licensing_mysql_password'));
  const ring = readKeyRingOfLicensing(contentOf('licensing_secret_keys'));
  expect(ring.open('name', ring.seal('name', 'text'))).toBe('text');
  const passwords = Object.entries(all()).filter(([name]) => name.endsWith('_password'));
  expect(new Set(passwords.map(([, value]) => value)).size).toBe(6);
  for (const [, value] of passwords) expect(value).toMatch(/^[\w-]{32}$/);
});

describe('what compose gives', () => {
  /** With the secrets that were made here. */
  const environmentOf = (service: string, variables: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(readCompose(variables).services[service]?.environment ?? {}).map(([name, value]) => [
        name,
        value.replace('/run/secrets', folder),
      ]),
    );

  it.each(['worker', 'connector', 'api'])('is enough for %s to start, and to be set up in the browser', (service) => {
    const configuration = readConfiguration(environmentOf(service, { PUBLIC_URL: 'https://ringflow.example.com' }));
    expect(configuration).toMatchObject({
      ...{ temporalAddress: 'temporal:7233', temporalUiUrl: 'https://ringflow.example.com/temporal' },
      ...{ publicUrl: 'https://ringflow.example.com', pbxDatabaseUrl: undefined, amocrmBaseUrl: undefined },
    });
  });

  it('is enough for the sandbox, with what its file says', () => {
    const file = readFileSync(join(import.meta.dirname, '../sandbox/sandbox.env'), 'utf8');
    const ofFile = parseEnv(file) as Record<string, string>;
    const configuration = readConfiguration({ ...ofFile, ...environmentOf('worker', ofFile) });
    expect(configuration).toMatchObject({ pbxId: 'sandbox', amocrmBaseUrl: 'http://127.0.0.1:8090' });
  });

  it('is enough for the licensing server', () => {
    const ownCertificate = { LICENSING_TLS_CERT: 'package.json', LICENSING_TLS_KEY: 'package.json' };
    const configuration = readConfigurationOfLicensing({ ...environmentOf('licensing'), ...ownCertificate });
    expect(configuration).toMatchObject({ host: '0.0.0.0', port: 8443, publicUrl: 'https://licensing.localhost' });
  });
});
