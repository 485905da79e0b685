import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hurriedClientOf, noLimit } from '../../tests/rig/amocrm-client.ts';
import { fixedAccess } from './access.ts';
import { readPipelines, readUsers } from './catalogue.ts';
import type { AmocrmClient } from './client.ts';
import { findCompanies, findContacts, isOpenLead } from './clients.ts';
import { findTask } from './find-task.ts';
import { createGathering, type Gathering } from './gathering/index.ts';
import { findIncomingLead } from './incoming-lead-request.ts';
import { standsOpen } from './incoming-leads.ts';

type Question = (client: AmocrmClient, gathering: Gathering) => Promise<unknown>;

const phone = '79161234567';
const calls = { entityIds: [5], noteType: 'call_in' as const };

/** Each with what it is answered where there is nothing. */
const questions: Record<string, [Question, nothing: unknown]> = {
  contacts: [(client) => findContacts(client, phone), []],
  companies: [(client) => findCompanies(client, phone), []],
  users: [(client) => readUsers(client), []],
  pipelines: [(client) => readPipelines(client), []],
  'a task by what it says': [(client) => findTask(client, {}, { text: 'Call back', dueAtSeconds: 7 }), undefined],
  'a task by its id': [(_, gathering) => gathering.readTask(7, { key: '7' }), undefined],
  'an incoming lead by its call': [
    (client, gathering) => findIncomingLead(client, gathering, phone, { callUniq: 'main:1.1' }),
    undefined,
  ],
  'a note': [(_, gathering) => gathering.findCallNote('contacts', { ...calls, uniq: 'main:1.1' }), undefined],
  notes: [
    (_, gathering) => gathering.listCallNotes('contacts', { ...calls, sinceSeconds: 0 }),
    { notes: [], isCut: false },
  ],
};
/** Things that are asked for by their ids. */
const singles: Record<string, Question> = {
  'a lead': (client) => isOpenLead(client, 7),
  'an incoming lead': (client) => standsOpen(client, { leadId: null, uid: 'u' }),
};

/** @returns what amoCRM's answer is taken for; of an error its code */
async function answered(ask: Question, status: number, body: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(status !== 204 && { 'content-length': body.length }) };
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const entrance = { access: fixedAccess({ baseUrl: url, token: 'token' }), limiter: noLimit };
  const gathering = createGathering({ cards: entrance, others: entrance, pbxIds: async () => [] });
  const taken = await ask(hurriedClientOf({ url, token: 'token' }), gathering).catch((error) => error.code ?? error);
  server.close();
  return taken;
}

const names = ['contacts', 'companies', 'users', 'pipelines', 'tasks', 'unsorted', 'notes'];
const lists = (list: unknown) => JSON.stringify({ _embedded: Object.fromEntries(names.map((name) => [name, list])) });
const saysNothing = ['', 'null', '[]', '""', '{}', '{"_embedded":{}}'];

describe.each(Object.entries(questions))('that there is nothing, asked for %s', (_, [ask, nothing]) => {
  it('only 204 and an empty list say', async () => {
    expect(await answered(ask, 204, '')).toEqual(nothing);
    expect(await answered(ask, 200, lists([]))).toEqual(nothing);
  });

  it.each([...saysNothing, lists(null)])(
    'no other answer does (%s): what it does not show would be made twice',
    async (body) => {
      expect(await answered(ask, 200, body)).toBe('ServerTrouble');
    },
  );
});

describe.each(Object.entries(singles))('that it is missing, asked for %s by its id', (_, ask) => {
  it('only 204 and 404 say', async () => {
    expect(await answered(ask, 204, '')).toBe(false);
    expect(await answered(ask, 404, '{"status":404}')).toBe(false);
  });

  it.each(saysNothing)('no other answer does (%s): another would be made', async (body) => {
    expect(await answered(ask, 200, body)).toBe('ServerTrouble');
  });
});
