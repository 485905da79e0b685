import { startTestApi, type TestApi } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';

let api: TestApi;
const shop = 'shop.example';
const url = `/api/accounts/${shop}/personal-data`;

beforeAll(async () => {
  api = await startTestApi();
  await api.accounts.add(shop, 'https://shop.example');
  await api.tools.pbxStore.add(
    { id: 'shop-pbx', accountId: shop, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' },
    'mysql://u:p@127.0.0.1/a',
  );
  const own = { pbxId: 'shop-pbx', externalNumber: '79161234567', recordingFile: 'in-79161234567.wav' };
  await api.tools.journal.write(journalEntry(own));
  await api.tools.journal.write(
    journalEntry({ ...own, linkedid: '1795597200.9', externalNumber: '79031112233', recordingFile: null }),
  );
});
afterAll(() => api.close());

it('tells an administrator first what there is, however the number is written', async () => {
  const admin = await api.person({ role: 'admin' });
  for (const phone of ['+7 (916) 123-45-67', '89161234567', '9161234567']) {
    const found = await admin.send('POST', `${url}/search`, { phone });
    expect(found.json()).toMatchObject({
      calls: 1,
      mentions: 0,
      isKnownClient: false,
      recordings: [{ pbxId: 'shop-pbx', file: 'in-79161234567.wav' }],
    });
  }
  const short = await admin.send('POST', `${url}/search`, { phone: '4567' });
  expect([short.statusCode, short.json().code]).toEqual([422, 'no-whole-number']);
});

it('deletes only what was asked for by its last digits, and tells others than administrators nothing', async () => {
  const [admin, head] = [await api.person({ role: 'admin' }), await api.person({ role: 'head', accounts: [shop] })];
  const order = { phone: '+7 916 123-45-67', lastDigits: '4568' };
  const refused = await admin.send('POST', `${url}/deletions`, order);
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'other-last-digits']);
  expect((await head.send('POST', `${url}/search`, { phone: order.phone })).statusCode).toBe(403);
  expect((await head.send('POST', `${url}/deletions`, { ...order, lastDigits: '4567' })).statusCode).toBe(403);
  const asked = await admin.send('POST', `${url}/deletions`, { ...order, lastDigits: '4567' });
  const { id } = asked.json() as { id: number };
  expect((await admin.send('GET', `${url}/deletions/${id}`)).json()).toEqual({ result: null });
  expect((await admin.send('GET', `${url}/deletions/${id + 1}`)).statusCode).toBe(404);
});
