import { type Exchange, faultsOfAnswer, operationIdOf, operationIds } from './testing/contract.ts';
import { type StandIn, startStandIn, token } from './testing/start-stand-in.ts';
import { tapInto, type Wiretap } from './testing/wiretap.ts';

/** The contract file and the stand-in are kept from drifting apart. */

let standIn: StandIn;
let tap: Wiretap;
beforeEach(async () => {
  standIn = await startStandIn();
  tap = await tapInto(standIn.url);
});
afterEach(async () => {
  await standIn.app.close();
  await tap.close();
});

it('the stand-in plays every operation of the contract, and answers well and badly as amoCRM does', async () => {
  await askForEverything(standIn, tap.url);
  await askWrongly(standIn, tap.url);

  expect(tap.exchanges.flatMap(faultsOfAnswer)).toEqual([]);
  const done = ({ method, url, status }: Exchange) =>
    status === 200 || status === 201 || (status === 204 && method === 'DELETE' && url === webhooks);
  const answered = tap.exchanges.filter(done).map(operationIdOf);
  expect(new Set(answered)).toEqual(new Set(operationIds));
  const statuses = new Set(tap.exchanges.map(({ status }) => status));
  expect([...statuses].sort()).toEqual([200, 201, 204, 400, 401, 402, 403, 404, 422, 429, 500]);
});

const call = { direction: 'inbound', duration: 42, source: 'Ringflow', phone: '+79161234567' };
const stranger = { ...call, phone: '+79990000000' };
const task = { text: 'Перезвонить', complete_till: 1_795_000_000 };
const webhooks = '/api/v4/webhooks';
const card = { type: 'phone_call', phone_number: '+79161234567', users: [504141] };

async function ask(url: string, method: string, path: string, body?: unknown, bearer = token): Promise<void> {
  await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function askForEverything(standIn: StandIn, url: string): Promise<void> {
  const { addClient, state } = standIn;
  const { id } = await addClient({ name: 'Всё сразу', phones: ['+79120001122'], leads: ['l'], customers: ['c', 'd'] });
  await ask(url, 'POST', '/api/v4/calls', [
    { ...call, phone: '+79120001122', uniq: 'u', call_responsible: 'доб. 101' },
  ]);
  await ask(url, 'POST', '/api/v4/calls', [stranger, { ...call, request_id: 'r' }]);
  await ask(url, 'POST', '/api/v4/contacts', [
    { name: 'Новый', custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7', enum_code: 'MOB' }] }] },
  ]);
  await ask(url, 'POST', '/api/v2/events', { add: [card, { ...card, phone_number: '+79990000000' }] });
  for (const path of [
    '/api/v4/account',
    '/api/v4/account?with=users_groups,task_types,datetime_settings,is_api_filter_enabled',
    '/api/v4/users?with=phone_number&limit=2&page=2',
    '/api/v4/contacts?with=leads,customers&order[updated_at]=desc',
    '/api/v4/contacts?query=nobody-has-this',
    `/api/v4/contacts/${id}?with=leads`,
    '/api/v4/contacts/1',
    '/api/v4/companies?with=leads',
    '/api/v4/contacts/notes?filter[note_type]=call_in',
    `/api/v4/contacts/${id}/notes`,
    '/api/v4/leads/notes',
  ]) {
    await ask(url, 'GET', path);
  }
  await askForClientChanges(url, id);
  await askForLeads(url, id);
  await askForUnsorted(url, async () => (await state()).unsorted.map((each) => each.uid));
  await askForNotes(url, id);
  await askForWebhooks(url);
  await askForTokens(standIn, url);
  await askForTasks(url, id, async () => (await state()).tasks.map((each) => each.id));
}

async function askForClientChanges(url: string, contactId: number): Promise<void> {
  const change = { tags_to_add: [{ name: 'звонок' }], responsible_user_id: 504142 };
  await ask(url, 'PATCH', '/api/v4/contacts', [{ id: contactId, ...change, request_id: 'r' }]);
  await ask(url, 'PATCH', `/api/v4/contacts/${contactId}`, { first_name: 'Иван' });
  await ask(url, 'POST', '/api/v4/companies', [{ name: 'ООО', ...change }]);
  await ask(url, 'PATCH', '/api/v4/companies', [{ id: 2000001, ...change }]);
  await ask(url, 'PATCH', '/api/v4/companies/2000001', { name: 'АО' });
  await ask(url, 'GET', '/api/v4/companies/2000001?with=leads,customers,contacts');
  await ask(url, 'GET', '/api/v4/companies/1');
}

async function askForLeads(url: string, contactId: number): Promise<void> {
  const tags = [{ name: 'реклама' }];
  const source = { external_id: 'line-1', type: 'widget' };
  const _embedded = { tags, contacts: [{ id: contactId, is_main: true }], companies: [{ id: 2000001 }], source };
  await ask(url, 'POST', '/api/v4/leads', [{ name: 'Окна', price: 5, status_id: 142, _embedded }, { request_id: 'r' }]);
  await ask(url, 'PATCH', '/api/v4/leads', [{ id: 3000001, price: 6, tags_to_add: tags, request_id: 'r' }]);
  await ask(url, 'PATCH', '/api/v4/leads/3000001', { pipeline_id: 8000200, tags_to_delete: tags });
  for (const path of [
    'leads?with=contacts&order[updated_at]=desc&filter[updated_at][from]=1',
    'leads?query=nobody-has-this',
    'leads/3000001?with=contacts',
    'leads/1',
    'leads/pipelines',
  ]) {
    await ask(url, 'GET', `/api/v4/${path}`);
  }
}

async function askForUnsorted(url: string, uids: () => Promise<string[]>): Promise<void> {
  const path = '/api/v4/leads/unsorted';
  const metadata = { phone: '+79997776655', called_at: 1, duration: 0, service_code: 'ringflow', uniq: 'u' };
  const item = { source_uid: 's', source_name: 'Линия', metadata, request_id: 'r' };
  const contacts = [{ name: 'Кто-то', custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7' }] }] }];
  const full = { ...metadata, uniq: 'v', link: 'https://x', call_responsible: 504141, is_call_event_needed: true };
  await ask(url, 'GET', path);
  await ask(url, 'POST', `${path}/sip`, [
    item,
    { ...item, metadata: full, _embedded: { leads: [{ name: 'Звонок' }], contacts, companies: [{ name: 'ООО' }] } },
  ]);
  const [first, second] = await uids();
  await ask(url, 'GET', `${path}?limit=1&order[created_at]=desc`);
  await ask(url, 'GET', `${path}/${second}`);
  await ask(url, 'POST', `${path}/${second}/accept`, { user_id: 504141, status_id: 1 });
  await ask(url, 'POST', `${path}/${second}/accept`, { user_id: 504141, status_id: 8000110 });
  await ask(url, 'DELETE', `${path}/${first}/decline`, { user_id: 1 });
  await ask(url, 'DELETE', `${path}/${first}/decline`, { user_id: 504141 });
  await ask(url, 'GET', `${path}/${first}`);
  await ask(url, 'POST', `${path}/sip`, [{ ...item, source_uid: 5 }]);
}

async function askForNotes(url: string, contactId: number): Promise<void> {
  const params = { source: 'Ringflow', duration: 5, uniq: 'n', call_status: 4 };
  const text = { note_type: 'common', params: { text: 'Просил не звонить' }, request_id: 'r' };
  const note = { entity_id: contactId, note_type: 'call_in', params };
  await ask(url, 'POST', '/api/v4/contacts/notes', [note, { ...text, entity_id: contactId }]);
  await ask(url, 'POST', '/api/v4/leads/3000001/notes', [{ note_type: 'call_out', params }, text]);
  await ask(url, 'GET', `/api/v4/contacts/${contactId}/notes?filter[note_type]=common`);
  for (const wrong of [{ ...note, entity_id: 1 }, { ...note, params: { ...params, link: null } }, text, {}]) {
    await ask(url, 'POST', '/api/v4/contacts/notes', [wrong]);
  }
  await ask(url, 'POST', '/api/v4/leads/1/notes', [text]);
}

async function askForWebhooks(url: string): Promise<void> {
  const hook = { destination: `${url}/nobody-listens-here`, settings: ['add_contact', 'status_lead'] };
  await ask(url, 'GET', webhooks);
  for (const _ of [1, 2]) await ask(url, 'POST', webhooks, hook);
  await ask(url, 'GET', `${webhooks}?filter[destination]=${hook.destination}`);
  for (const _ of [1, 2]) await ask(url, 'DELETE', webhooks, { destination: hook.destination });
  for (const wrong of [{}, [hook], { ...hook, settings: ['add_nothing'] }, { ...hook, destination: 'https://x.ru' }]) {
    await ask(url, 'POST', webhooks, wrong);
  }
  await ask(url, 'DELETE', webhooks, { destination: 5 });
}

const integration = { clientId: 'an-id', clientSecret: 'a-secret', redirectUri: 'http://127.0.0.1/oauth/amocrm' };
const client = { client_id: 'an-id', client_secret: 'a-secret', redirect_uri: integration.redirectUri };

async function askForTokens({ control, code }: StandIn, url: string): Promise<void> {
  await control('PUT', '/sandbox/oauth/integration', integration);
  const ask = async (grant: object) => {
    const body = JSON.stringify({ ...client, ...grant });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${url}/oauth2/access_token`, { method: 'POST', headers, body })).json();
  };
  const given = { grant_type: 'authorization_code', code: await code(integration.clientId) };
  const { refresh_token: token } = (await ask(given)) as { refresh_token: string };
  await ask(given);
  await ask({ grant_type: 'password' });
  const whereabouts = `${url}/oauth2/account/current/subdomain`;
  await fetch(whereabouts, { headers: { 'x-refresh-token': token } });
  await ask({ grant_type: 'refresh_token', refresh_token: token });
  await ask({ grant_type: 'refresh_token', refresh_token: token });
  await fetch(whereabouts, { headers: { 'x-refresh-token': token } });
}

async function askForTasks(url: string, clientId: number, taskIds: () => Promise<number[]>): Promise<void> {
  const ofClient = { responsible_user_id: 504142, entity_id: clientId, entity_type: 'contacts', request_id: 'r' };
  await ask(url, 'POST', '/api/v4/tasks', [task, { ...task, ...ofClient, task_type_id: 2, duration: 60 }]);
  const [id] = await taskIds();
  await ask(url, 'PATCH', `/api/v4/tasks/${id}`, { is_completed: true, result: { text: 'Дозвонились' } });
  for (const path of [
    '/api/v4/tasks?order[complete_till]=asc&limit=1',
    `/api/v4/tasks?filter[is_completed]=0&filter[entity_type]=contacts&filter[entity_id]=${clientId}`,
    '/api/v4/tasks?filter[responsible_user_id]=504142&filter[task_type]=1',
    `/api/v4/tasks/${id}`,
    '/api/v4/tasks/1',
  ]) {
    await ask(url, 'GET', path);
  }
}

async function askWrongly(standIn: StandIn, url: string): Promise<void> {
  const [calls, contacts, events] = ['/api/v4/calls', '/api/v4/contacts', '/api/v2/events'];
  await ask(url, 'POST', calls, [stranger]);
  for (const wrong of [{}, { ...call, phone: null }, { ...call, responsible_user_id: 1 }, { ...call, duration: '1' }]) {
    await ask(url, 'POST', calls, [wrong]);
  }
  await askWronglyOfTasks(url);
  await askWronglyOfChanges(url);
  const sip = '/api/v4/leads/unsorted/sip';
  for (const path of [calls, contacts, '/api/v4/tasks', '/api/v4/leads', sip, '/api/v4/contacts/notes']) {
    for (const body of [[], {}, Array.from({ length: 251 }, () => call)]) await ask(url, 'POST', path, body);
  }
  await ask(url, 'POST', contacts, [{ custom_fields_values: [{ field_code: 'NONE', values: [{ value: 'x' }] }] }]);
  for (const add of [[], [{ ...card, users: [1] }], [{}]]) await ask(url, 'POST', events, { add });
  for (const path of ['/api/v4/users?limit=0', '/api/v4/users?limit=999']) await ask(url, 'GET', path);
  await ask(url, 'GET', '/api/v4/account', undefined, 'wrong');
  for (const status of [402, 403, 429, 500]) {
    await standIn.fault({ kind: 'status', status });
    await ask(url, 'GET', '/api/v4/account');
  }
  for (const status of [403, 429, 500]) {
    await standIn.fault({ kind: 'html', status });
    await ask(url, 'POST', calls, [call]);
  }
}

async function askWronglyOfTasks(url: string): Promise<void> {
  const wrongs = [{ text: null }, { complete_till: 'soon' }, { responsible_user_id: 1 }, { title: 'x' }];
  for (const wrong of [...wrongs, { entity_id: 1, entity_type: 'leads' }]) {
    await ask(url, 'POST', '/api/v4/tasks', [{ ...task, ...wrong }]);
    await ask(url, 'PATCH', '/api/v4/tasks/6000001', wrong);
  }
  for (const body of [[], {}]) await ask(url, 'PATCH', '/api/v4/tasks/6000001', body);
  await ask(url, 'PATCH', '/api/v4/tasks/1', { is_completed: true });
  for (const query of ['filter[entity_id]=1', 'filter[is_completed]=2', 'limit=251']) {
    await ask(url, 'GET', `/api/v4/tasks?${query}`);
  }
}

async function askWronglyOfChanges(url: string): Promise<void> {
  for (const [type, id] of [
    ['contacts', 1000001],
    ['companies', 2000001],
    ['leads', 3000001],
  ]) {
    for (const wrong of [{ responsible_user_id: 1 }, { name: null }, { unknown: 1 }, { tags_to_add: [{ id: 1 }] }]) {
      await ask(url, 'PATCH', `/api/v4/${type}`, [{ id, ...wrong }]);
      await ask(url, 'PATCH', `/api/v4/${type}/${id}`, wrong);
    }
    await ask(url, 'PATCH', `/api/v4/${type}`, [{ id: 1, name: 'x' }]);
    await ask(url, 'PATCH', `/api/v4/${type}/1`, { name: 'x' });
    await ask(url, 'PATCH', `/api/v4/${type}/${id}`, {});
    await ask(url, 'GET', `/api/v4/${type}?limit=999`);
  }
}
