import { readSecretFiles } from './secret-files.ts';

const refuse = (code: string) => () => {
  throw Object.assign(new Error(`${code}: s3cret`), { code });
};
const read = (environment: Record<string, string>, readFile: (path: string) => string = () => 's3cret\n') =>
  readSecretFiles(environment, ['MYSQL_URL', 'REDIS_URL'], readFile);

it('puts what is in a file in the place of its name', () => {
  const readFile = (path: string) => ({ '/run/a': 'mysql://a\n', '/run/b': ' redis://b\r\n' })[path] ?? '';
  expect(read({ MYSQL_URL_FILE: '/run/a', REDIS_URL_FILE: ' /run/b ', PBX_ID: 'main' }, readFile)).toEqual({
    environment: { MYSQL_URL: 'mysql://a', REDIS_URL: 'redis://b', PBX_ID: 'main' },
    faults: [],
  });
});

it('leaves values, files of others, and names of nothing alone', () => {
  const environment = { MYSQL_URL: 'mysql://a', LICENSING_CA_FILE: '/etc/ca.pem' };
  expect(read({ ...environment, REDIS_URL_FILE: ' ' })).toEqual({ environment, faults: [] });
});

it.each([
  ['ENOENT', /^MYSQL_URL_FILE names a file that can't be read \(ENOENT\)/],
  ['EACCES', /^MYSQL_URL_FILE names a file that can't be read \(EACCES\)/],
  ['EISDIR', /^MYSQL_URL_FILE names a file that can't be read \(EISDIR\)/],
])('tells of a file that it is no use (%s), and nothing of what is in it', (code, fault) => {
  const { environment, faults } = read({ MYSQL_URL_FILE: '/run/a' }, refuse(code));
  expect(faults).toEqual([{ name: 'MYSQL_URL', fault: expect.stringMatching(fault) }]);
  expect(faults[0]?.fault).not.toContain('s3cret');
  expect(environment).toEqual({});
});

it('takes an empty file for a mistake, not for a value', () => {
  const { faults } = read({ MYSQL_URL_FILE: '/run/a' }, () => '\n');
  expect(faults).toEqual([{ name: 'MYSQL_URL', fault: 'MYSQL_URL_FILE names an empty file: put the value into it' }]);
});

it('asks which one counts where both are given', () => {
  const { faults } = read({ MYSQL_URL: 'mysql://s3cret', MYSQL_URL_FILE: '/run/a' });
  expect(faults).toEqual([
    { name: 'MYSQL_URL', fault: 'MYSQL_URL and MYSQL_URL_FILE are both given: keep one of them' },
  ]);
});
