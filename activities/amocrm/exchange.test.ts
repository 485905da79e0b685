import { type Exchange, heard } from './exchange.ts';

const ask = async (url: string, send: () => Promise<Response>) => {
  const told: Exchange[] = [];
  const answer = await heard((exchange) => told.push(exchange), { method: 'GET', url }, send).catch((error) => error);
  return { told, answer };
};

it.each([
  ['https://acme.amocrm.ru/api/v4/contacts/43519265?with=leads', '/api/v4/contacts/{id}'],
  ['https://acme.amocrm.ru/api/v4/leads/7/notes/12', '/api/v4/leads/{id}/notes/{id}'],
  ['https://acme.amocrm.ru/api/v4/contacts?query=79161234567', '/api/v4/contacts'],
  ['https://acme.amocrm.ru/oauth2/access_token', '/oauth2/access_token'],
  ['https://acme.amocrm.ru/api/v2/events/', '/api/v2/events/'],
])('kinds of requests are few, and name nobody: %s', async (url, path) => {
  const { told } = await ask(url, async () => new Response('{}'));
  expect(told).toMatchObject([{ method: 'GET', path, status: 200 }]);
});

it('what is not answered is told as well, and fails as before', async () => {
  const broken = new Error('the line is cut');
  const { told, answer } = await ask('https://acme.amocrm.ru/api/v4/account', () => Promise.reject(broken));
  expect([told.length, told[0]?.status, answer]).toEqual([1, undefined, broken]);
});
