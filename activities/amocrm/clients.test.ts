import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hurriedClientOf } from '../../tests/rig/amocrm-client.ts';
import { findCompanies, findContacts } from './clients.ts';

/** @returns what amoCRM's answer to a search is taken for */
async function searchesAnswered(status: number, body: string): Promise<unknown[]> {
  const headers = { 'content-type': 'application/json', ...(status !== 204 && { 'content-length': body.length }) };
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = hurriedClientOf({ url, token: 'token' });
  const taken = await Promise.allSettled([findContacts(client, '79161234567'), findCompanies(client, '79161234567')]);
  server.close();
  return taken.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code));
}

it('that nobody was found only 204 and an empty list say', async () => {
  expect(await searchesAnswered(204, '')).toEqual([[], []]);
  const empty = { _embedded: { contacts: [], companies: [] } };
  expect(await searchesAnswered(200, JSON.stringify(empty))).toEqual([[], []]);
});

it.each(['', 'null', '[]', '""', '{}', '{"_embedded":{}}', '{"_embedded":{"contacts":null,"companies":null}}'])(
  'an answer that says nothing (%s) is not taken for nobody: a client would be made twice',
  async (body) => {
    expect(await searchesAnswered(200, body)).toEqual(['ServerTrouble', 'ServerTrouble']);
  },
);
