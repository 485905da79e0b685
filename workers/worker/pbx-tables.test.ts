import { SecretKeyError } from '../../activities/store/key-ring.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { createPbxTables } from './pbx-tables.ts';

const office: Pbx = { id: 'office', accountId: 'a', celTable: 'cel_2', cdrTable: 'cdr', timezone: 'Asia/Omsk' };

function knownPbxs() {
  const urls: Record<string, string> = { office: 'mysql://a:b@127.0.0.1:1/c' };
  const find = async (id: string) => (urls[id] ? { ...office, id } : undefined);
  return { urls, find, list: async () => [office], databaseUrl: async (id: string) => String(urls[id]) };
}

it('a PBX is read in its own database, by the same connections each time, until its address changes', async () => {
  const known = knownPbxs();
  const tablesOf = createPbxTables(known);
  const first = await tablesOf('office');
  expect(first).toMatchObject({ celTable: 'cel_2', cdrTable: 'cdr', timezone: 'Asia/Omsk' });
  expect((await tablesOf('office')).pool).toBe(first.pool);
  known.urls.branch = 'mysql://a:b@127.0.0.1:1/c';
  expect((await tablesOf('branch')).pool).not.toBe(first.pool);
  known.urls.office = 'mysql://a:b@127.0.0.1:1/d';
  expect((await tablesOf('office')).pool).not.toBe(first.pool);
});

it('of one that nobody knows it says where to look', async () => {
  await expect(createPbxTables(knownPbxs())('attic')).rejects.toThrow(/no PBX attic here: see bin\/ringflow pbx list/);
});

it('of one whose address is lost it says that it is to be entered anew', async () => {
  const known = knownPbxs();
  const databaseUrl = () => Promise.reject(new SecretKeyError('RINGFLOW_SECRET_KEYS lacks the key "a".'));
  await expect(createPbxTables({ ...known, databaseUrl })('office')).rejects.toMatchObject({
    code: 'LOCKED',
    message: expect.stringMatching(/enter it anew. RINGFLOW_SECRET_KEYS lacks/),
  });
});
