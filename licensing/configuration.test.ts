import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration, readTiming } from './configuration.ts';

const secret = randomBytes(32).toString('base64');
const enough = {
  LICENSING_MYSQL_URL: 'mysql://licensing:word@127.0.0.1/licensing',
  LICENSING_SECRET_KEYS: `own:${secret}`,
  LICENSING_TLS_CERT: 'package.json',
  LICENSING_TLS_KEY: 'package.json',
};

it('needs a database, a certificate and keys; the rest has defaults', () => {
  expect(readConfiguration(enough)).toMatchObject({
    ...{ host: '127.0.0.1', port: 8443, publicUrl: 'https://127.0.0.1:8443', silentSeconds: 3_600 },
    timing: { checkEverySeconds: 21_600, freshSeconds: 64_800, graceSeconds: 1_209_600 },
  });
});

it('tells all faults at once, and no secret', () => {
  const read = () =>
    readConfiguration({
      ...{ LICENSING_SECRET_KEYS: `own:${secret},own:${secret}`, LICENSING_TLS_CERT: '/no/such/file' },
      ...{ LICENSING_PORT: 'http', LICENSING_PUBLIC_URL: 'http://plain.example', LICENSING_GRACE_SECONDS: '60' },
      LICENSING_TRUSTED_PROXIES: 'everybody',
    });
  for (const name of ['MYSQL_URL', 'SECRET_KEYS', 'TLS_CERT', 'TLS_KEY', 'PORT', 'PUBLIC_URL', 'GRACE_SECONDS']) {
    expect(read).toThrow(`LICENSING_${name}`);
  }
  expect(read).toThrow('LICENSING_TRUSTED_PROXIES');
  expect(read).not.toThrow(secret);
});

it('tells the command line the times alone', () => {
  expect(readTiming({ LICENSING_GRACE_SECONDS: '100' }).graceSeconds).toBe(100);
  expect(() => readTiming({ LICENSING_GRACE_SECONDS: 'soon' })).toThrow('LICENSING_GRACE_SECONDS');
});

it('takes its secrets from files as well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-secrets-'));
  const others = { LICENSING_TLS_CERT: 'package.json', LICENSING_TLS_KEY: 'package.json' };
  const files = (['LICENSING_MYSQL_URL', 'LICENSING_SECRET_KEYS'] as const).map((name) => {
    writeFileSync(join(folder, name), `${enough[name]}\n`);
    return [`${name}_FILE`, join(folder, name)];
  });
  expect(readConfiguration({ ...others, ...Object.fromEntries(files) })).toEqual(readConfiguration(enough));
  rmSync(folder, { recursive: true });
  const read = () => readConfiguration({ ...others, ...Object.fromEntries(files) });
  expect(read).toThrow("LICENSING_SECRET_KEYS_FILE names a file that can't be read (ENOENT)");
  expect(read).not.toThrow('LICENSING_SECRET_KEYS is missing');
});
