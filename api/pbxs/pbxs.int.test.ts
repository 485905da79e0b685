import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';

jest.setTimeout(30_000);

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await startTestApi();
  for (const id of ['a.example', 'b.example']) await api.accounts.add(id, `https://${id}`);
  admin = await api.person({});
});
afterAll(() => api.close());

const tables = { celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
const databaseUrl = 'mysql://a:b@c/d';
const add = (account: string, id: string, url: string) =>
  admin.send('POST', `/api/accounts/${account}/pbxs`, { id, databaseUrl: url, ...tables });

it("an account never gets a name under which another's calls are kept", async () => {
  await add('a.example', 'main', databaseUrl);
  await api.journal.write(journalEntry({ pbxId: 'main' }));
  await admin.send('DELETE', '/api/accounts/a.example/pbxs/main');
  const refused = await add('b.example', 'main', databaseUrl);
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'pbx-taken']);
  expect((await admin.send('GET', '/api/accounts/b.example/calls')).json().calls).toEqual([]);
  expect((await add('a.example', 'main', databaseUrl)).statusCode).toBe(204);
  expect((await admin.send('GET', '/api/accounts/a.example/calls')).json().calls).toHaveLength(1);
});

it('an address by which no connection can be made is refused, and one that is kept all the same can be replaced', async () => {
  const bad = 'mysql://a:100%@branch/d';
  const refused = await add('b.example', 'branch', bad);
  expect([refused.statusCode, refused.json()]).toMatchObject([400, { code: 'wrong-database-url' }]);
  await api.pbxStore.add({ id: 'branch', accountId: 'b.example', ...tables }, bad); // of an older version
  expect((await add('b.example', 'other', 'mysql://a:b@other/d')).statusCode).toBe(204);
  const change = (body: object) => admin.send('PUT', '/api/accounts/b.example/pbxs/branch', { ...tables, ...body });
  expect((await change({})).json().code).toBe('wrong-database-url');
  expect((await change({ databaseUrl: 'mysql://a:100%25@branch/d' })).statusCode).toBe(204);
  const listed = await admin.send('GET', '/api/accounts/b.example/pbxs');
  expect(listed.json().map(({ place }: { place: string }) => place)).toEqual(['branch:3306/d', 'other:3306/d']);
});

it('a secret of recordings is kept for its place alone, and goes over no open line', async () => {
  await add('a.example', 'sounds', 'mysql://a:b@sounds/d');
  const set = async (source: object | null, secret?: string) => {
    const answer = await admin.send('PUT', '/api/accounts/a.example/pbxs/sounds/recordings', { source, secret });
    return answer.statusCode === 204 ? 'saved' : answer.json().code;
  };
  const [hostKey, otherKey] = [`SHA256:${'A'.repeat(43)}`, `SHA256:${'B'.repeat(43)}`];
  const ssh = {
    kind: 'sftp',
    host: '10.0.0.7',
    port: 22,
    user: 'ringflow',
    folder: '/monitor',
    hostKey: null,
    pbxFolder: null,
  };
  expect(await set(ssh)).toBe('recordings-secret-needed');
  expect(await set(ssh, 'a-password')).toBe('saved');
  expect(await set({ ...ssh, hostKey, folder: '/other' })).toBe('saved');
  for (const change of [{ host: '10.0.0.8' }, { port: 2222 }, { user: 'root' }, { hostKey: otherKey }]) {
    expect(await set({ ...ssh, hostKey, ...change })).toBe('recordings-secret-needed');
  }
  expect(await api.pbxs.recordingsSecret('sounds')).toBe('a-password');
  const web = { kind: 'http', url: 'https://pbx.example/rec', user: 'ringflow', pbxFolder: null };
  expect(await set(web)).toBe('recordings-secret-needed');
  expect(await set({ ...web, url: 'http://pbx.example/rec' }, 'a-password')).toBe('wrong-recordings-url');
  expect(await set(web, 'another')).toBe('saved');
  expect(await set({ ...web, url: 'https://pbx.example/other' })).toBe('saved');
  expect(await set({ ...web, url: 'https://elsewhere.example/rec' })).toBe('recordings-secret-needed');
  for (const wrong of [
    { kind: 'folder', folder: 'monitor' },
    { ...web, url: 'ftp://x' },
    { ...ssh, host: 'a b' },
    { kind: 'x' },
  ]) {
    expect(await set(wrong)).toBe('wrong-request');
  }
  const listed = await admin.send('GET', '/api/accounts/a.example/pbxs');
  expect(listed.body).not.toContain('another');
  expect(await set(null)).toBe('saved');
  expect(await api.pbxs.recordingsSecret('sounds')).toBeUndefined();
});
