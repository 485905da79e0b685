import { randomBytes } from 'node:crypto';
import { createAccounts } from '../../activities/store/accounts.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { clientSecretOf, createSecrets } from '../../activities/store/secrets.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { runRingflow } from '../../tests/rig/ringflow.ts';
import { saveSettings } from '../../tests/rig/settings.ts';

jest.setTimeout(60_000);

const keys = `test:${randomBytes(32).toString('base64')}`;
const account = 'acme.amocrm.ru';
const url = 'mysql://reader:s3cret@10.0.0.7/asteriskcdrdb';
let store: Database;
let environment: Record<string, string>;

beforeAll(async () => {
  store = await createStoreDatabase();
  environment = { MYSQL_URL: store.url, RINGFLOW_SECRET_KEYS: keys };
  await createAccounts(store.pool).add(account, `https://${account}`);
});
afterAll(() => store.drop());

const secrets = () => createSecrets(store.pool, readKeyRing(keys));
const pbxs = () => createPbxs(store.pool, secrets());
const pbx = (args: string[], input = '', changes: Record<string, string> = {}) =>
  runRingflow({ ...environment, ...changes }, ['pbx', ...args], input);
const add = (id: string, ...more: string[]) => ['add', id, '--account', account, '--timezone', 'Asia/Omsk', ...more];

describe('bin/ringflow pbx', () => {
  it('adds a PBX whose database is named on standard input, and lists it without its password', async () => {
    const added = await pbx(add('office', '--cel-table', 'cel_2'), `${url}\n`);
    expect(added).toMatchObject({ code: 0, output: '', errors: expect.stringContaining(account) });
    const known = { id: 'office', accountId: account, timezone: 'Asia/Omsk', celTable: 'cel_2', cdrTable: 'cdr' };
    expect(await pbxs().find('office')).toEqual(known);
    expect(await pbxs().databaseUrl('office')).toBe(url);
    const { code, output } = await pbx(['list']);
    expect(code).toBe(0);
    expect(output).toBe(`office\t${account}\tAsia/Omsk\tcel_2\tcdr\t10.0.0.7:3306/asteriskcdrdb\n`);
  });

  it('takes the address from its variable if nothing comes on standard input', async () => {
    expect((await pbx(add('branch'), '', { PBX_DATABASE_URL: `${url}_branch` })).code).toBe(0);
    expect(await pbxs().databaseUrl('branch')).toBe(`${url}_branch`);
  });

  it('removes a PBX', async () => {
    await pbx(add('shop'), `${url}_shop`);
    expect(await pbx(['remove', 'shop'])).toMatchObject({ code: 0, errors: expect.stringContaining('is let go') });
    expect(await pbxs().find('shop')).toBeUndefined();
  });

  it.each<[string, string[], string, RegExp]>([
    ['the id of another', add('office'), 'mysql://a:s3cret@b/c', /There is a PBX office already.*pbx remove office/],
    [
      'a table that is read already, whoever reads it',
      add('copy', '--cel-table', 'cel_2'),
      'mysql://other:s3cret@10.0.0.7:3306/asteriskcdrdb',
      /read already, as the PBX office/,
    ],
    [
      'an account that nobody knows',
      [...add('x').slice(0, 3), 'who', '--timezone', 'UTC'],
      url,
      /no account who.*acme/,
    ],
    [
      'no address of a database',
      add('x'),
      ' \n',
      /address .* is missing: give it on standard input or .*PBX_DATABASE_URL/,
    ],
    [
      'an address of something else',
      add('x'),
      'postgres://a:s3cret@b/c',
      /wrong form: expected mysql:\/\/user:password/,
    ],
    [
      'an address with a password as it is',
      add('x'),
      'mysql://a:s3cret%@b/c',
      /wrong form: .*password percent-encoded/,
    ],
    ['an address among the arguments', add('x', url), '', /must not stand among the arguments.*standard input/],
    ['an id that no call may have', add('Main PBX'), url, /id of the PBX has a wrong form: expected small letters/],
    ['a table name with SQL in it', add('x', '--cel-table', 'a;b'), url, /--cel-table has a wrong form/],
    ['a table name that no server takes', add('x', '--cdr-table', 'a'.repeat(65)), url, /--cdr-table has a wrong form/],
    ['an option that does not exist', add('x', '--zone', 'UTC'), url, /Unknown option '--zone'.*--timezone/],
    [
      'nothing of what it needs, all told at once',
      ['add', 'x', '--timezone', 'Moscow'],
      url,
      /--account is missing\n--timezone is no known zone/,
    ],
    ['the removal of what is not there', ['remove', 'x'], '', /There is no PBX x; there is office, branch/],
    ['another word', ['rename', 'x'], '', /there is only list, add .* and remove ID/],
  ])('refuses %s in words, and nothing changes', async (_, args, input, words) => {
    const before = await pbxs().list();
    const { code, output, errors } = await pbx(args, input);
    expect({ code, output, errors }).toEqual({ code: 2, output: '', errors: expect.stringMatching(words) });
    expect(errors).not.toContain('s3cret');
    expect(await pbxs().list()).toEqual(before);
  });

  it('keeps the PBX of the environment to the environment', async () => {
    const own = { PBX_ID: 'office', PBX_DATABASE_URL: url };
    expect(await pbx(['remove', 'office'], '', own)).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/PBX_ID/),
    });
    const twin = await pbx(add('main'), 'mysql://a:b@c/d', { PBX_ID: 'main' });
    expect(twin).toMatchObject({ code: 2, errors: expect.stringMatching(/PBX of the environment/) });
  });

  it('keeps nothing without keys', async () => {
    const { code, errors } = await pbx(add('x'), 'mysql://a:b@c/d', { RINGFLOW_SECRET_KEYS: '' });
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringMatching(/RINGFLOW_SECRET_KEYS/) });
    expect(await pbxs().find('x')).toBeUndefined();
  });
});

describe('bin/ringflow account add', () => {
  const redirectUri = 'https://ringflow.example.com/oauth/amocrm';
  const account = (args: string[], input = '', changes: Record<string, string> = {}) =>
    runRingflow({ ...environment, ...changes }, ['account', 'add', ...args], input);
  const options = ['--client-id', 'c-1', '--redirect-uri', redirectUri];

  it('makes an account with its integration, to be connected', async () => {
    const added = await account(['https://second.amocrm.ru/', ...options], 's3cret-1\n');
    expect(added).toMatchObject({ code: 0, errors: expect.stringContaining('account connect second.amocrm.ru') });
    expect(await createAccounts(store.pool).find('second.amocrm.ru')).toMatchObject({
      baseUrl: 'https://second.amocrm.ru',
      clientId: 'c-1',
      redirectUri,
      state: 'pending',
    });
    expect(await secrets().read(clientSecretOf('second.amocrm.ru'))).toBe('s3cret-1');
  });

  it('gives one that is there another integration', async () => {
    const { code } = await account(['https://second.amocrm.ru', '--client-id', 'c-2', ...options.slice(2)], '', {
      AMOCRM_CLIENT_SECRET: 's3cret-2',
    });
    expect(code).toBe(0);
    expect(await createAccounts(store.pool).find('second.amocrm.ru')).toMatchObject({ clientId: 'c-2' });
    expect(await secrets().read(clientSecretOf('second.amocrm.ru'))).toBe('s3cret-2');
  });

  it.each<[string, string[], string, RegExp]>([
    ['an address that is none of amoCRM', ['https://evil.example', ...options], 's3cret', /youraccount\.amocrm\.ru/],
    ['an address without protection', ['http://third.amocrm.ru', ...options], 's3cret', /youraccount\.amocrm\.ru/],
    ['no address', options, 's3cret', /Name the address/],
    ['no integration', ['https://third.amocrm.ru'], 's3cret', /--client-id: .*\n--redirect-uri: /],
    ['no secret key', ['https://third.amocrm.ru', ...options], '', /secret key .* is missing: .*AMOCRM_CLIENT_SECRET/],
    ['a secret key in two lines', ['https://third.amocrm.ru', ...options], 's3cret\nmore', /wrong form/],
  ])('refuses %s in words', async (_, args, input, words) => {
    const { code, errors } = await account(args, input);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringMatching(words) });
    expect(errors).not.toContain('s3cret');
    expect(await createAccounts(store.pool).list()).toHaveLength(2);
  });

  it('leaves the account of the environment to the environment', async () => {
    const own = { AMOCRM_BASE_URL: 'https://acme.amocrm.ru', AMOCRM_ACCESS_TOKEN: 'token' };
    const { code, errors } = await account(['https://acme.amocrm.ru', ...options], 's3cret', own);
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('the account of the environment') });
  });

  it('writes nothing without keys', async () => {
    const { code, errors } = await account(['https://third.amocrm.ru', ...options], 's3cret', {
      RINGFLOW_SECRET_KEYS: '',
    });
    expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining('RINGFLOW_SECRET_KEYS is missing') });
    expect(await createAccounts(store.pool).find('third.amocrm.ru')).toBeUndefined();
  });
});

describe('bin/ringflow settings --account', () => {
  it('tells the settings of that account alone', async () => {
    const settings = (args: string[]) => runRingflow(environment, ['settings', ...args]);
    const exported = JSON.parse((await settings(['export', '-', '--account', account])).output);
    const changed = { ...exported, language: 'en' };
    await saveSettings(store.pool, account, changed);
    expect(JSON.parse((await settings(['export', '-', '--account', account])).output)).toEqual(changed);
    const other = (await settings(['export', '-', '--account', 'second.amocrm.ru'])).output;
    expect(JSON.parse(other)).toEqual(exported);
    expect(await settings(['export', '-', '--account', 'who'])).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/no account who; there is acme\.amocrm\.ru/),
    });
    expect(await settings(['export', '-'])).toMatchObject({ code: 2, errors: expect.stringContaining('--account') });
  });
});
