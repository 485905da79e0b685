import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.app.close());

const post = (...contacts: unknown[]) => standIn.api('POST', '/api/v4/contacts', contacts);
const phone = (value: unknown, more: object = {}) => ({ field_code: 'PHONE', values: [{ value, ...more }] });
const namesOf = (body: { _embedded: { contacts: { name: string }[] } }) => body._embedded.contacts.map((c) => c.name);

describe('a new contact', () => {
  it('is stored with its phone, and found by its last ten digits', async () => {
    const { status, body } = await post({ name: 'Новый', custom_fields_values: [phone('+79990001122')] });
    expect(status).toBe(200);
    const [{ id, request_id }] = body._embedded.contacts;
    expect(request_id).toBe('0');
    const found = (await standIn.api('GET', '/api/v4/contacts?query=9990001122')).body._embedded.contacts;
    expect(found).toMatchObject([{ id, name: 'Новый', custom_fields_values: [{ field_code: 'PHONE' }] }]);
    expect(found[0].custom_fields_values[0].values).toEqual([
      { value: '+79990001122', enum_code: 'WORK', enum_id: expect.any(Number) },
    ]);
  });

  it('is stored twice if it is sent twice: amoCRM looks for no duplicates', async () => {
    for (const _ of [1, 2]) await post({ name: 'Двойник', custom_fields_values: [phone('+79990001122')] });
    const { contacts } = await standIn.state();
    expect(contacts.filter(({ name }) => name === 'Двойник')).toHaveLength(2);
  });

  it.each([
    ['a null', { name: null }, { code: 'NotNullable', path: 'name' }],
    ['a number for a name', { name: 5 }, { code: 'InvalidType', path: 'name' }],
    ['an unknown field', { phone: '1' }, { code: 'FieldNotExpected', path: 'phone' }],
    ['an unknown user', { responsible_user_id: 1 }, { code: 'NotSupportedChoice', path: 'responsible_user_id' }],
    [
      'a field that the account lacks',
      { custom_fields_values: [{ field_code: 'SHOE_SIZE', values: [{ value: '42' }] }] },
      { code: 'NotSupportedChoice', path: 'custom_fields_values.0.field_code' },
    ],
    [
      'a field without code and id',
      { custom_fields_values: [{ values: [{ value: '42' }] }] },
      { code: 'FieldMissing', path: 'custom_fields_values.0.field_id' },
    ],
    [
      'a field without values',
      { custom_fields_values: [{ field_code: 'PHONE', values: [] }] },
      { code: 'NotBlank', path: 'custom_fields_values.0.values' },
    ],
    [
      'a phone of an unknown kind',
      { custom_fields_values: [phone('1', { enum_code: 'PAGER' })] },
      { code: 'NotSupportedChoice', path: 'custom_fields_values.0.values.0.enum_code' },
    ],
  ])('is refused with %s', async (_, contact, error) => {
    const before = (await standIn.state()).counts.clients;
    const answer = await post(
      { name: 'Хороший', request_id: 'good' },
      { name: 'Плохой', request_id: 'bad', ...contact },
    );
    expectRefusal(answer, [error], 'bad');
    expect((await standIn.state()).counts.clients).toBe(before);
  });
});

describe('looking for clients', () => {
  it('finds text in any field, so that a number can belong to somebody else', async () => {
    const { body } = await standIn.api('GET', '/api/v4/contacts?query=9161234567');
    expect(namesOf(body)).toEqual(['Иван Петров', 'Ольга Белова']);
  });

  it('answers 204 with nothing when nobody fits', async () => {
    expect(await standIn.api('GET', '/api/v4/contacts?query=0000000000')).toMatchObject({ status: 204, text: '' });
    expect(await standIn.api('GET', '/api/v4/contacts/77')).toMatchObject({ status: 204, text: '' });
  });

  it('takes no notice of filters, as an account without that option', async () => {
    const all = (await standIn.api('GET', '/api/v4/contacts')).body;
    const filtered = (await standIn.api('GET', '/api/v4/contacts?filter[name]=nobody')).body;
    expect(namesOf(filtered)).toEqual(namesOf(all));
  });

  it('gives open and lost leads only if they are asked for', async () => {
    const [plain] = (await standIn.api('GET', '/api/v4/contacts?query=9161110001')).body._embedded.contacts;
    expect(plain._embedded).not.toHaveProperty('leads');
    const [asked] = (await standIn.api('GET', '/api/v4/contacts?query=9161110001&with=leads')).body._embedded.contacts;
    expect(asked._embedded.leads).toHaveLength(1);
  });

  it('comes in pages, and announces a next one after every full page', async () => {
    const count = (await standIn.state()).contacts.length;
    const full = (await standIn.api('GET', `/api/v4/contacts?limit=${count}`)).body;
    expect(full._links.next.href).toContain('page=2');
    expect((await standIn.api('GET', `/api/v4/contacts?limit=${count}&page=2`)).status).toBe(204);
    expect((await standIn.api('GET', `/api/v4/contacts?limit=${count + 1}`)).body._links).not.toHaveProperty('next');
  });

  it('refuses pages that are none', async () => {
    expect((await standIn.api('GET', '/api/v4/contacts?limit=251')).status).toBe(422);
    expectRefusal(await standIn.api('GET', '/api/v4/contacts?page=0'), [{ code: 'InvalidType', path: 'page' }]);
  });
});

it('tells the phones of users only if they are asked for', async () => {
  const [plain] = (await standIn.api('GET', '/api/v4/users')).body._embedded.users;
  expect(plain).not.toHaveProperty('phone_number');
  const { body } = await standIn.api('GET', '/api/v4/users?with=phone_number');
  expect(body._embedded.users[0].phone_number).toBe('101');
  expect(body).toMatchObject({ _total_items: 6, _page_count: 1 });
});

it.each([
  ['GET', '/api/v4/nothing'],
  ['GET', '/api/v4/calls'],
  ['GET', '/api/v4/contacts/x'],
] as const)('answers %s %s with a problem', async (method, url) => {
  const answer = await standIn.api(method, url);
  expect(answer).toMatchObject({ status: 404, body: { status: 404, title: 'Not Found' } });
  expect(answer.contentType).toContain('application/problem+json');
});

describe.each([
  ['contacts', 'contact' as const],
  ['companies', 'company' as const],
])('a change of %s', (type, clientType) => {
  const path = `/api/v4/${type}`;
  const phones = (client: { custom_fields_values: { values: { value: string }[] }[] }) =>
    client.custom_fields_values.flatMap(({ values }) => values.map(({ value }) => value));
  let id: number;
  let nowSeconds: number;
  beforeEach(async () => {
    await standIn.app.close();
    nowSeconds = 1_794_000_000;
    standIn = await startStandIn({ now: () => nowSeconds * 1000 });
    id = (await standIn.addClient({ type: clientType, name: 'Старое имя', phones: ['+79120001122'], tags: ['VIP'] }))
      .id;
    nowSeconds += 60;
  });
  const patch = (change: unknown) => standIn.api('PATCH', `${path}/${id}`, change);
  const read = async () => (await standIn.api('GET', `${path}/${id}`)).body;

  it('writes what it names and leaves the rest alone', async () => {
    const before = await read();
    const answer = await patch({ name: 'Новое имя', responsible_user_id: 504142, tags_to_add: [{ name: 'звонок' }] });
    expect(answer).toMatchObject({ status: 200, body: { id, name: 'Новое имя', updated_at: nowSeconds } });
    const after = await read();
    expect(after).toMatchObject({
      ...before,
      name: 'Новое имя',
      responsible_user_id: 504142,
      updated_at: nowSeconds,
      _embedded: {},
    });
    expect(after._embedded.tags.map(({ name }: { name: string }) => name)).toEqual(['VIP', 'звонок']);
    const state = await standIn.state();
    const shown = [...state.contacts, ...state.companies].find((client) => client.id === id);
    expect(shown).toMatchObject({ tags: ['VIP', 'звонок'], responsibleUserId: 504142 });
  });

  it('of the phones replaces them all', async () => {
    await patch({ custom_fields_values: [phone('+79120003344')] });
    expect(phones(await read())).toEqual(['+79120003344']);
    const call = { direction: 'inbound', duration: 1, source: 'Ringflow' };
    const landing = async (number: string) =>
      (await standIn.api('POST', '/api/v4/calls', [{ ...call, phone: number }])).status;
    expect([await landing('+79120001122'), await landing('+79120003344')]).toEqual([400, 200]);
  });

  it('puts it first among the changed', async () => {
    await patch({ name: 'Новое имя' });
    const { body } = await standIn.api('GET', `${path}?order[updated_at]=desc&limit=1`);
    expect(body._embedded[type]).toMatchObject([{ id }]);
  });

  it('can be of many, of which one bad item refuses all', async () => {
    const good = { id, name: 'Хорошее имя' };
    expect((await standIn.api('PATCH', path, [good])).body._embedded[type]).toMatchObject([{ id, request_id: '0' }]);
    const bad = { id, responsible_user_id: 1, request_id: 'bad' };
    const answer = await standIn.api('PATCH', path, [{ id, name: 'Не запишется' }, bad]);
    expectRefusal(answer, [{ code: 'NotSupportedChoice', path: 'responsible_user_id' }], 'bad');
    expect((await read()).name).toBe('Хорошее имя');
  });

  it.each([
    ['null', { name: null }, { code: 'NotNullable', path: 'name' }],
    ['an unknown user', { responsible_user_id: 1 }, { code: 'NotSupportedChoice', path: 'responsible_user_id' }],
    ['an unknown field', { is_deleted: false }, { code: 'FieldNotExpected', path: 'is_deleted' }],
    ['an unknown tag', { tags_to_add: [{ id: 1 }] }, { code: 'NotSupportedChoice', path: 'tags_to_add.0.id' }],
    [
      'a field that the account lacks',
      { custom_fields_values: [{ field_code: 'SHOE_SIZE', values: [{ value: '42' }] }] },
      { code: 'NotSupportedChoice', path: 'custom_fields_values.0.field_code' },
    ],
  ])('is refused with %s', async (_, wrong, error) => {
    const before = await read();
    expectRefusal(await patch({ name: 'Новое имя', ...wrong }), [error]);
    expect(await read()).toEqual(before);
  });

  it('is refused as long as its responsible is no user any more', async () => {
    await patch({ responsible_user_id: 504143 });
    await standIn.control('PUT', '/sandbox/users/504143/active', { isActive: false });
    expectRefusal(await patch({ name: 'Имя' }), [{ code: 'NotSupportedChoice', path: 'responsible_user_id' }]);
    expect((await patch({ name: 'Имя', responsible_user_id: 504142 })).status).toBe(200);
  });

  it('of one that is not there is refused', async () => {
    expect((await standIn.api('PATCH', `${path}/77`, { name: 'x' })).status).toBe(404);
    expectRefusal(await standIn.api('PATCH', path, [{ id: 77, name: 'x' }]), [
      { code: 'NotSupportedChoice', path: 'id' },
    ]);
    expect((await standIn.api('PATCH', `${path}/${id}`, [{ name: 'x' }])).status).toBe(400);
  });

  it('can be made by hand', async () => {
    const change = { name: 'Имя', phones: ['+79120005566'], tags: ['звонок'], responsibleUserId: 504142 };
    await standIn.control('PATCH', `/sandbox/contacts/${id}`, change);
    const after = await read();
    expect(after).toMatchObject({ name: 'Имя', responsible_user_id: 504142, updated_at: nowSeconds });
    expect(phones(after)).toEqual(['+79120005566']);
    await standIn.control('DELETE', `/sandbox/contacts/${id}`);
    expect((await standIn.api('GET', `${path}/${id}`)).status).toBe(204);
    await expect(standIn.control('PATCH', `/sandbox/contacts/${id}`, change)).rejects.toThrow('404');
  });

  it('heeds the filter by changes only in an account that paid for it', async () => {
    await patch({ name: 'Имя' });
    const found = async () =>
      (await standIn.api('GET', `${path}?filter[updated_at][from]=${nowSeconds}`)).body._embedded[type].length;
    expect(await found()).toBeGreaterThan(1);
    await standIn.control('PUT', '/sandbox/account', { isApiFilterEnabled: true });
    expect(await found()).toBe(1);
  });
});

it('a new company is stored like a contact, but has no first name', async () => {
  const company = {
    name: 'ООО «Новая»',
    custom_fields_values: [phone('+79120007788')],
    tags_to_add: [{ name: 'звонок' }],
  };
  const [{ id }] = (await standIn.api('POST', '/api/v4/companies', [company])).body._embedded.companies;
  const read = (await standIn.api('GET', `/api/v4/companies/${id}?with=contacts`)).body;
  expect(read).toMatchObject({ name: 'ООО «Новая»', _embedded: { tags: [{ name: 'звонок' }], contacts: [] } });
  const wrong = await standIn.api('POST', '/api/v4/companies', [{ first_name: 'x' }]);
  expectRefusal(wrong, [{ code: 'FieldNotExpected', path: 'first_name' }]);
});

it('clients with the same tag have the same tag', async () => {
  const [first, second] = (await post({ tags_to_add: [{ name: 'звонок' }] }, { tags_to_add: [{ name: 'звонок' }] }))
    .body._embedded.contacts;
  const tagOf = async ({ id }: { id: number }) =>
    (await standIn.api('GET', `/api/v4/contacts/${id}`)).body._embedded.tags[0];
  expect(await tagOf(first)).toEqual(await tagOf(second));
  expect((await post({ tags_to_add: [{ id: (await tagOf(first)).id }] })).status).toBe(200);
});

describe('a user who is taken the access from', () => {
  beforeEach(() => standIn.control('PUT', '/sandbox/users/504142/active', { isActive: false }));
  const isActive = async () =>
    (await standIn.api('GET', '/api/v4/users')).body._embedded.users.find(({ id }: { id: number }) => id === 504142)
      .rights.is_active;

  it('is told to be so, until the access is given back', async () => {
    expect(await isActive()).toBe(false);
    await standIn.control('PUT', '/sandbox/users/504142/active', { isActive: true });
    expect(await isActive()).toBe(true);
  });

  it.each([
    ['contacts', {}],
    ['companies', {}],
    ['leads', {}],
    ['tasks', { text: 'x', complete_till: 1 }],
    ['contacts/1000001/notes', { note_type: 'common', params: { text: 'x' } }],
    ['calls', { direction: 'inbound', duration: 1, source: 'Ringflow', phone: '+79161234567' }],
  ])('can be responsible for no %s', async (path, item) => {
    const answer = await standIn.api('POST', `/api/v4/${path}`, [{ ...item, responsible_user_id: 504142 }]);
    expectRefusal(answer, [{ code: 'NotSupportedChoice', path: 'responsible_user_id' }]);
  });

  it('must be one of the account', async () => {
    await expect(standIn.control('PUT', '/sandbox/users/1/active', { isActive: false })).rejects.toThrow('404');
    await expect(standIn.control('PUT', '/sandbox/users/504142/active', {})).rejects.toThrow('400');
  });

  it('is back after a reset', async () => {
    await standIn.control('POST', '/sandbox/reset');
    expect(await isActive()).toBe(true);
  });
});
