import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKeyRing as readKeyRingOfLicensing } from '../../licensing/store/key-ring.ts';
import { readConfiguration } from '../../runtime/configuration.ts';
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
