import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const path = '/api/v4/leads';
const [won, lost, unknown] = [142, 143, 999];
const [sales, firstContact, talks] = [8000100, 8000110, 8000120];
const [fitting, measuring] = [8000200, 8000210];
const unsortedStage = sales + 1;

let standIn: StandIn;
let nowSeconds: number;
let contactId: number;
let companyId: number;
beforeEach(async () => {
  nowSeconds = 1_794_000_000;
  standIn = await startStandIn({ seed: false, now: () => nowSeconds * 1000 });
  companyId = (await standIn.addClient({ type: 'company', name: 'ООО «Окна»' })).id;
  contactId = (await standIn.addClient({ name: 'Иван', phones: ['+79120001122'], companyId })).id;
});
afterEach(() => standIn.app.close());

const post = (...leads: unknown[]) => standIn.api('POST', path, leads);
const patch = (id: number, change: unknown) => standIn.api('PATCH', `${path}/${id}`, change);
const read = async (id: number, query = '') => (await standIn.api('GET', `${path}/${id}${query}`)).body;
const addLead = async (more: object = {}): Promise<number> =>
  (await post({ name: 'Окна', ...more })).body._embedded.leads[0].id;
const linked = (more: object = {}) => ({ _embedded: { contacts: [{ id: contactId }] }, ...more });
const tagNames = async (id: number) => (await read(id))._embedded.tags.map((tag: { name: string }) => tag.name);

/** What amoCRM refuses in a new lead as well as in a change of one. */
const faults: [what: string, wrong: object, error: { code: string; path: string }][] = [
  ['null for a name', { name: null }, { code: 'NotNullable', path: 'name' }],
  ['a price as text', { price: '5' }, { code: 'InvalidType', path: 'price' }],
  ['an unknown user', { responsible_user_id: 1 }, { code: 'NotSupportedChoice', path: 'responsible_user_id' }],
  ['an unknown stage', { status_id: unknown }, { code: 'NotSupportedChoice', path: 'status_id' }],
  ["another pipeline's stage", { status_id: measuring }, { code: 'NotSupportedChoice', path: 'status_id' }],
  [
    'a stage that its pipeline lacks',
    { pipeline_id: fitting, status_id: talks },
    { code: 'NotSupportedChoice', path: 'status_id' },
  ],
  ['the stage of incoming leads', { status_id: unsortedStage }, { code: 'NotSupportedChoice', path: 'status_id' }],
  ['an unknown pipeline', { pipeline_id: 1 }, { code: 'NotSupportedChoice', path: 'pipeline_id' }],
  [
    'a tag that is neither named nor known',
    { tags_to_add: [{ id: 5 }] },
    { code: 'NotSupportedChoice', path: 'tags_to_add.0.id' },
  ],
  ['a tag without anything', { tags_to_add: [{}] }, { code: 'NotBlank', path: 'tags_to_add.0' }],
  ['an unknown field', { budget: 5 }, { code: 'FieldNotExpected', path: 'budget' }],
];

describe('a new lead', () => {
  it('is stored with all that was said, and answered with its id', async () => {
    const { status, body } = await post({
      ...{ name: 'Балкон', price: 90_000, status_id: measuring, pipeline_id: fitting, responsible_user_id: 504142 },
      ...{ created_by: 0, created_at: 1_793_000_000, tags_to_add: [{ name: 'звонок' }], request_id: 'mine' },
      _embedded: {
        contacts: [{ id: contactId, is_main: true }],
        companies: [{ id: companyId }],
        tags: [{ name: 'реклама' }, { name: 'звонок' }],
        source: { external_id: 'line-1', type: 'widget' },
      },
    });
    expect(status).toBe(200);
    const [{ id, request_id }] = body._embedded.leads;
    expect(request_id).toBe('mine');
    expect(await read(id, '?with=contacts')).toMatchObject({
      ...{ id, name: 'Балкон', price: 90_000, status_id: measuring, pipeline_id: fitting, responsible_user_id: 504142 },
      ...{ created_by: 0, created_at: 1_793_000_000, updated_at: 1_793_000_000, closed_at: null, is_deleted: false },
      _embedded: { contacts: [{ id: contactId, is_main: true }], companies: [{ id: companyId }] },
    });
    expect(await tagNames(id)).toEqual(['реклама', 'звонок']);
    expect((await standIn.state()).leads).toMatchObject([
      {
        ...{ id, statusName: 'Замер назначен', pipelineName: 'Монтаж', sourceExternalId: 'line-1', isOpen: true },
        ...{ contacts: [{ name: 'Иван', isMain: true }], companyName: 'ООО «Окна»', tags: ['реклама', 'звонок'] },
      },
    ]);
  });

  it('needs nothing: it stands at the first stage of the main pipeline and is named by its number', async () => {
    const id = (await post({ price: 0 })).body._embedded.leads[0].id;
    expect(await read(id)).toMatchObject({
      ...{ name: `Сделка #${id}`, status_id: firstContact, pipeline_id: sales, responsible_user_id: 504141, price: 0 },
      ...{ created_at: nowSeconds, custom_fields_values: null },
    });
  });

  it('of a named pipeline stands at its first stage', async () => {
    expect(await read(await addLead({ pipeline_id: fitting }))).toMatchObject({ status_id: measuring });
  });

  it('that is closed at once knows when', async () => {
    expect(await read(await addLead({ status_id: lost }))).toMatchObject({ closed_at: nowSeconds });
  });

  it('is linked to contacts, the first of which is the main one if none is said to be', async () => {
    const other = (await standIn.addClient({ name: 'Мария' })).id;
    const id = await addLead({ _embedded: { contacts: [{ id: other }, { id: contactId }] } });
    expect((await read(id, '?with=contacts'))._embedded.contacts).toMatchObject([
      { id: other, is_main: true },
      { id: contactId, is_main: false },
    ]);
    expect((await read(id))._embedded).not.toHaveProperty('contacts');
    const contact = (await standIn.api('GET', `/api/v4/contacts/${contactId}?with=leads`)).body;
    expect(contact._embedded.leads).toMatchObject([{ id }]);
    expect(contact._embedded.companies).toMatchObject([{ id: companyId }]);
  });

  it.each([
    ...faults,
    [
      'an unknown contact',
      { _embedded: { contacts: [{ id: 1 }] } },
      { code: 'NotSupportedChoice', path: '_embedded.contacts.0.id' },
    ],
    [
      'an unknown company',
      { _embedded: { companies: [{ id: 1 }] } },
      { code: 'NotSupportedChoice', path: '_embedded.companies.0.id' },
    ],
    [
      'a contact with a name',
      { _embedded: { contacts: [{ id: 1, name: 'x' }] } },
      { code: 'FieldNotExpected', path: '_embedded.contacts.0.name' },
    ],
    [
      'a source of an unknown type',
      { _embedded: { source: { external_id: '1', type: 'site' } } },
      { code: 'NotSupportedChoice', path: '_embedded.source.type' },
    ],
  ] as typeof faults)('is refused with %s, and the whole batch with it', async (_, wrong, error) => {
    expectRefusal(await post({ name: 'Хорошая' }, { request_id: 'bad', ...wrong }), [error], 'bad');
    expect((await standIn.state()).leads).toEqual([]);
  });

  it.each([
    ['an empty list', '[]', 400],
    ['one object in place of a list', '{"name":"x"}', 400],
    ['more than 250', JSON.stringify(Array.from({ length: 251 }, () => ({ name: 'x' }))), 422],
  ])('is refused as %s', async (_, text, status) => {
    expect(await standIn.api('POST', path, text)).toMatchObject({ status, body: { status } });
  });
});

describe('a change of a lead', () => {
  let id: number;
  beforeEach(async () => {
    id = await addLead(linked({ tags_to_add: [{ name: 'старая' }, { name: 'общая' }] }));
    nowSeconds += 60;
  });

  it('moves it, gives it to somebody else, changes its tags, and leaves the rest alone', async () => {
    const before = await read(id, '?with=contacts');
    const change = { status_id: talks, responsible_user_id: 504143, updated_by: 0 };
    const answer = await patch(id, {
      ...change,
      tags_to_add: [{ name: 'новая' }],
      tags_to_delete: [{ name: 'старая' }],
    });
    expect(answer).toMatchObject({ status: 200, body: { id, updated_at: nowSeconds } });
    expect(await tagNames(id)).toEqual(['общая', 'новая']);
    const after = await read(id, '?with=contacts');
    expect({ ...after, _embedded: { ...after._embedded, tags: [] } }).toEqual({
      ...{ ...before, ...change, updated_at: nowSeconds },
      _embedded: { ...before._embedded, tags: [] },
    });
  });

  it('closes it, and opens it again', async () => {
    await patch(id, { status_id: won });
    expect(await read(id)).toMatchObject({ status_id: won, pipeline_id: sales, closed_at: nowSeconds });
    await patch(id, { status_id: talks });
    expect(await read(id)).toMatchObject({ closed_at: null });
  });

  it('of the pipeline alone puts it at the first stage there', async () => {
    await patch(id, { pipeline_id: fitting });
    expect(await read(id)).toMatchObject({ pipeline_id: fitting, status_id: measuring });
  });

  it('of the pipeline where it is leaves its stage alone', async () => {
    await patch(id, { status_id: talks });
    await patch(id, { pipeline_id: sales });
    expect(await read(id)).toMatchObject({ status_id: talks });
  });

  it.each(faults)('is refused with %s', async (_, wrong, error) => {
    const before = await read(id);
    expectRefusal(await patch(id, { price: 1, ...wrong }), [error]);
    expect(await read(id)).toEqual(before);
  });

  it('can be of many, of which one bad item refuses all', async () => {
    const other = await addLead();
    const both = [
      { id, price: 1, request_id: 'a' },
      { id: other, price: 2 },
    ];
    const { status, body } = await standIn.api('PATCH', path, both);
    expect(status).toBe(200);
    expect(body._embedded.leads).toMatchObject([
      { id, request_id: 'a' },
      { id: other, request_id: '1' },
    ]);
    const worse = [
      { id, price: 3 },
      { id: other, status_id: unknown, request_id: 'bad' },
    ];
    expectRefusal(await standIn.api('PATCH', path, worse), [{ code: 'NotSupportedChoice', path: 'status_id' }], 'bad');
    expect((await read(id)).price).toBe(1);
  });

  it('of a lead that is not there is refused', async () => {
    expect(await patch(77, { price: 1 })).toMatchObject({ status: 404 });
    expectRefusal(await standIn.api('PATCH', path, [{ id: 77, price: 1 }]), [
      { code: 'NotSupportedChoice', path: 'id' },
    ]);
    expectRefusal(await standIn.api('PATCH', path, [{ price: 1 }]), [{ code: 'FieldMissing', path: 'id' }]);
  });
});

describe('looking for leads', () => {
  it('answers a missing one with 204, and a path that is none with 404', async () => {
    expect(await standIn.api('GET', `${path}/77`)).toMatchObject({ status: 204, text: '' });
    expect((await standIn.api('GET', `${path}/x`)).status).toBe(404);
  });

  it('finds them by their names, in the order that is asked for', async () => {
    const [first, second] = [await addLead({ name: 'Окна на дачу' }), await addLead({ name: 'Балкон' })];
    nowSeconds += 60;
    const third = await addLead({ name: 'окна' });
    nowSeconds += 60;
    await patch(first, { price: 1 });
    const ids = async (query: string) =>
      (await standIn.api('GET', `${path}?${query}`)).body._embedded.leads.map((lead: { id: number }) => lead.id);
    expect(await ids('query=окна')).toEqual([first, third]);
    expect(await ids('order[updated_at]=desc')).toEqual([first, third, second]);
    expect(await ids('order[created_at]=asc')).toEqual([first, second, third]);
    expect(await ids('order[updated_at]=desc&limit=1&page=2')).toEqual([third]);
    expect((await standIn.api('GET', `${path}?query=дверь`)).status).toBe(204);
  });

  it('heeds the filter by changes only in an account that paid for it', async () => {
    await addLead();
    nowSeconds += 60;
    const fresh = await addLead();
    const search = `${path}?filter[updated_at][from]=${nowSeconds}`;
    expect((await standIn.api('GET', search)).body._embedded.leads).toHaveLength(2);
    await standIn.control('PUT', '/sandbox/account', { isApiFilterEnabled: true });
    expect((await standIn.api('GET', search)).body._embedded.leads).toMatchObject([{ id: fresh }]);
    const account = (await standIn.api('GET', '/api/v4/account?with=is_api_filter_enabled')).body;
    expect(account.is_api_filter_enabled).toBe(true);
  });

  it('shows deleted ones only if they are asked for', async () => {
    const id = await addLead(linked());
    await standIn.control('DELETE', `/sandbox/leads/${id}`);
    expect((await standIn.api('GET', path)).status).toBe(204);
    expect((await standIn.api('GET', `${path}?with=only_deleted`)).body._embedded.leads).toMatchObject([{ id }]);
    expect(await read(id)).toMatchObject({ is_deleted: true });
    expect((await patch(id, { price: 1 })).status).toBe(404);
  });
});

describe('pipelines', () => {
  it('tell their stages, each with the one of incoming leads, won and lost', async () => {
    const { body } = await standIn.api('GET', `${path}/pipelines`);
    expect(body._total_items).toBe(2);
    expect(body._embedded.pipelines).toMatchObject([
      { id: sales, is_main: true, is_archive: false, is_unsorted_on: true },
      { id: fitting, is_main: false, is_archive: false },
    ]);
    for (const { _embedded } of body._embedded.pipelines) {
      const { statuses } = _embedded;
      expect(statuses[0].type).toBe(1);
      expect(statuses.slice(1).map(({ type }: { type: number }) => type)).not.toContain(1);
      expect(statuses.slice(-2).map((status: { id: number }) => status.id)).toEqual([won, lost]);
    }
  });

  it('can be archived: new leads are refused, those that are there stay', async () => {
    const id = await addLead({ pipeline_id: fitting });
    await standIn.control('PUT', `/sandbox/pipelines/${fitting}/archive`, { isArchive: true });
    expectRefusal(await post({ pipeline_id: fitting }), [{ code: 'NotSupportedChoice', path: 'pipeline_id' }]);
    expect((await patch(id, { price: 1 })).status).toBe(200);
    const { pipelines } = (await standIn.api('GET', `${path}/pipelines`)).body._embedded;
    expect(pipelines[1].is_archive).toBe(true);
  });

  it('and stages can be deleted: their leads go to the first stage that is left', async () => {
    const [here, there] = [await addLead({ status_id: talks }), await addLead({ pipeline_id: fitting })];
    await standIn.control('DELETE', `/sandbox/pipelines/${sales}/statuses/${talks}`);
    await standIn.control('DELETE', `/sandbox/pipelines/${fitting}`);
    for (const id of [here, there])
      expect(await read(id)).toMatchObject({ pipeline_id: sales, status_id: firstContact });
    expectRefusal(await post({ status_id: talks }), [{ code: 'NotSupportedChoice', path: 'status_id' }]);
    expectRefusal(await post({ pipeline_id: fitting }), [{ code: 'NotSupportedChoice', path: 'pipeline_id' }]);
    await expect(standIn.control('DELETE', `/sandbox/pipelines/${sales}`)).rejects.toThrow('409');
  });
});

describe('a call lands with', () => {
  const call = { direction: 'inbound', duration: 1, source: 'Ringflow', phone: '+79120001122' };
  const landing = async () => {
    const [stored] = (await standIn.api('POST', '/api/v4/calls', [call])).body._embedded.calls;
    return [stored.entity_type, stored.entity_id];
  };

  it.each([
    ['is won', won],
    ['is lost', lost],
  ])('the contact once its only lead %s', async (_, status_id) => {
    const id = await addLead(linked());
    expect(await landing()).toEqual(['lead', id]);
    await patch(id, { status_id });
    expect(await landing()).toEqual(['contact', contactId]);
  });

  it('the contact once its only lead is deleted, and the lead that is left of two', async () => {
    const [first, second] = [await addLead(linked()), await addLead(linked())];
    expect(await landing()).toEqual(['contact', contactId]);
    await standIn.control('DELETE', `/sandbox/leads/${first}`);
    expect(await landing()).toEqual(['lead', second]);
    await standIn.control('DELETE', `/sandbox/leads/${second}`);
    expect(await landing()).toEqual(['contact', contactId]);
  });
});

describe('a person', () => {
  it('enters a lead, moves it, gives it away and tags it', async () => {
    const lead = await standIn.control('POST', '/sandbox/leads', { name: 'Дверь', contactIds: [contactId], companyId });
    nowSeconds += 60;
    const change = { statusId: talks, responsibleUserId: 504142, tags: ['VIP'] };
    await standIn.control('PATCH', `/sandbox/leads/${lead.id}`, change);
    expect(await read(lead.id, '?with=contacts')).toMatchObject({
      ...{ name: 'Дверь', status_id: talks, responsible_user_id: 504142, updated_at: nowSeconds, updated_by: 504141 },
      _embedded: { contacts: [{ id: contactId, is_main: true }], tags: [{ name: 'VIP' }] },
    });
  });

  it.each([
    ['a stage that is not there', { name: 'x', statusId: unknown }],
    ['somebody who is no user', { name: 'x', responsibleUserId: 1 }],
    ['a stranger', { name: 'x', contactIds: [1] }],
    ['a field that is none', { name: 'x', stage: 1 }],
  ])("can't name %s", async (_, lead) => {
    await expect(standIn.control('POST', '/sandbox/leads', lead)).rejects.toThrow('400');
    expect((await standIn.state()).leads).toEqual([]);
  });
});
