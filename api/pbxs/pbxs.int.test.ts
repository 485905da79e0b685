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
