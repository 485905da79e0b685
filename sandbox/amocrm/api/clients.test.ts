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
