import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const path = '/api/v4/leads/unsorted';
const [sales, fitting, firstContact, talks] = [8000100, 8000200, 8000110, 8000120];
const phone = '+79990001122';
const metadata = {
  ...{ phone, called_at: 1_793_999_000, duration: 0, service_code: 'ringflow', uniq: 'pbx:1' },
  ...{ link: 'https://calls.example/1.mp3', call_responsible: 504142, is_call_event_needed: true },
};
const item = {
  ...{ source_uid: 'line-1', source_name: 'Первая линия', metadata },
  _embedded: {
    leads: [{ name: 'Звонок', responsible_user_id: 504142, tags_to_add: [{ name: 'звонок' }] }],
    contacts: [{ name: 'Незнакомец', custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone }] }] }],
  },
};
const call = { direction: 'inbound', duration: 1, source: 'Ringflow', phone };

let standIn: StandIn;
let nowSeconds: number;
beforeEach(async () => {
  nowSeconds = 1_794_000_000;
  standIn = await startStandIn({ seed: false, now: () => nowSeconds * 1000 });
});
afterEach(() => standIn.app.close());

const post = (...items: unknown[]) => standIn.api('POST', `${path}/sip`, items);
const add = async (more: object = {}) => {
  const [{ uid, _embedded }] = (await post({ ...item, ...more })).body._embedded.unsorted;
  return { uid, leadId: _embedded.leads[0].id, contactId: _embedded.contacts[0]?.id };
};
const accept = (uid: string, body: unknown) => standIn.api('POST', `${path}/${uid}/accept`, body);
const seen = async () => ({
  list: (await standIn.api('GET', '/api/v4/contacts')).status,
  search: (await standIn.api('GET', '/api/v4/contacts?query=9990001122')).status,
  call: (await standIn.api('POST', '/api/v4/calls', [call])).status,
  leads: (await standIn.api('GET', '/api/v4/leads')).status,
});

describe('an incoming lead', () => {
  it('is answered with its uid and its entities, and can be read', async () => {
    const { status, body } = await post({ ...item, request_id: 'mine' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ _total_items: 1, _embedded: { unsorted: [{ request_id: 'mine' }] } });
    const [{ uid, _embedded }] = body._embedded.unsorted;
    expect(_embedded).toMatchObject({ leads: [{ id: 3000001 }], contacts: [{ id: 1000001 }], companies: [] });
    const { is_call_event_needed: _, ...returned } = metadata;
    const known = { uid, source_uid: 'line-1', category: 'sip', pipeline_id: sales, created_at: nowSeconds, _embedded };
    const read = (await standIn.api('GET', `${path}/${uid}`)).body;
    expect(read).toMatchObject(known);
    expect(read.metadata).toEqual(returned);
    expect((await standIn.api('GET', path)).body._embedded.unsorted).toEqual([read]);
  });

  it('shows its contact nowhere and its lead only by its id, at the stage of incoming leads', async () => {
    const { leadId, contactId } = await add();
    expect(await seen()).toEqual({ list: 204, search: 204, call: 400, leads: 204 });
    expect((await standIn.api('GET', `/api/v4/contacts/${contactId}`)).status).toBe(204);
    const lead = (await standIn.api('GET', `/api/v4/leads/${leadId}`)).body;
    expect(lead).toMatchObject({ name: 'Звонок', status_id: sales + 1, responsible_user_id: 504142 });
    const state = await standIn.state();
    expect(state).toMatchObject({ contacts: [], calls: [], counts: { calls: 0, clients: 0 } });
    expect(state.unsorted).toMatchObject([
      { leadId, leadName: 'Звонок', contactName: 'Незнакомец', call: { direction: 'inbound', uniq: 'pbx:1', phone } },
    ]);
  });

  it('may come without entities, without a link and without a call', async () => {
    const { link: _, call_responsible: __, is_call_event_needed: ___, ...least } = metadata;
    const { uid, leadId } = await add({ metadata: least, _embedded: undefined, pipeline_id: fitting });
    expect((await standIn.state()).unsorted).toMatchObject([
      { uid, pipelineId: fitting, contactName: null, call: null },
    ]);
    expect((await standIn.api('GET', `/api/v4/leads/${leadId}`)).body.status_id).toBe(fitting + 1);
  });

  it('is stored twice if it is sent twice, but not in one request', async () => {
    for (const _ of [1, 2]) await post(item);
    expect((await standIn.state()).unsorted).toHaveLength(2);
    expectRefusal(await post(item, item), [{ code: 'NotUnique', path: 'metadata.uniq' }], '1');
  });

  it('comes in pages, in the order that is asked for', async () => {
    const first = await add();
    nowSeconds += 60;
    const second = await add();
    const uids = async (query: string) =>
      (await standIn.api('GET', `${path}?${query}`)).body._embedded.unsorted.map((each: { uid: string }) => each.uid);
    expect(await uids('order[created_at]=desc')).toEqual([second.uid, first.uid]);
    expect(await uids('limit=1&page=2')).toEqual([second.uid]);
  });

  it.each([
    ['no source', { source_uid: undefined }, { code: 'FieldMissing', path: 'source_uid' }],
    ['a blank source', { source_name: ' ' }, { code: 'NotBlank', path: 'source_name' }],
    ['no metadata', { metadata: undefined }, { code: 'FieldMissing', path: 'metadata' }],
    [
      'a phone that is a number',
      { metadata: { ...metadata, phone: 79990001122 } },
      { code: 'InvalidType', path: 'metadata.phone' },
    ],
    ['null for a link', { metadata: { ...metadata, link: null } }, { code: 'NotNullable', path: 'metadata.link' }],
    ['no uniq', { metadata: { ...metadata, uniq: undefined } }, { code: 'FieldMissing', path: 'metadata.uniq' }],
    [
      'an outbound call',
      { metadata: { ...metadata, direction: 'outbound' } },
      { code: 'FieldNotExpected', path: 'metadata.direction' },
    ],
    [
      'somebody who is no user',
      { metadata: { ...metadata, call_responsible: 1 } },
      { code: 'NotSupportedChoice', path: 'metadata.call_responsible' },
    ],
    ['an unknown pipeline', { pipeline_id: 1 }, { code: 'NotSupportedChoice', path: 'pipeline_id' }],
    [
      'a stage',
      { _embedded: { leads: [{ status_id: talks }] } },
      { code: 'FieldNotExpected', path: '_embedded.leads.0.status_id' },
    ],
    ['two leads', { _embedded: { leads: [{}, {}] } }, { code: 'TooMany', path: '_embedded.leads' }],
    [
      'a field that the account lacks',
      { _embedded: { contacts: [{ custom_fields_values: [{ field_code: 'SHOE_SIZE', values: [{ value: '42' }] }] }] } },
      { code: 'NotSupportedChoice', path: '_embedded.contacts.0.custom_fields_values.0.field_code' },
    ],
    [
      'an unknown responsible of the lead',
      { _embedded: { leads: [{ responsible_user_id: 1 }] } },
      { code: 'NotSupportedChoice', path: '_embedded.leads.0.responsible_user_id' },
    ],
  ])('is refused with %s', async (_, wrong, error) => {
    expectRefusal(await post(item, { ...item, request_id: 'bad', ...wrong }), [error], 'bad');
    expect((await standIn.state()).unsorted).toEqual([]);
  });

  it("can't be moved before it is accepted", async () => {
    const { leadId } = await add();
    const answer = await standIn.api('PATCH', `/api/v4/leads/${leadId}`, { status_id: talks });
    expectRefusal(answer, [{ code: 'NotSupportedChoice', path: 'status_id' }]);
  });
});

describe('an incoming lead that is accepted', () => {
  it('is a lead like others, with its contact and its call', async () => {
    const { uid, leadId, contactId } = await add();
    expect(await accept(uid, { user_id: 504143, status_id: talks })).toMatchObject({ status: 200, body: { uid } });
    expect((await standIn.api('GET', `${path}/${uid}`)).status).toBe(404);
    expect((await standIn.api('GET', path)).status).toBe(204);
    const lead = (await standIn.api('GET', `/api/v4/leads/${leadId}?with=contacts`)).body;
    expect(lead).toMatchObject({ status_id: talks, pipeline_id: sales, responsible_user_id: 504143 });
    expect(lead._embedded.contacts).toMatchObject([{ id: contactId, is_main: true }]);
    const [note] = (await standIn.api('GET', `/api/v4/leads/${leadId}/notes`)).body._embedded.notes;
    expect(note).toMatchObject({ note_type: 'call_in', created_at: 1_793_999_000, responsible_user_id: 504142 });
    expect(note.params).toMatchObject({ uniq: 'pbx:1', phone, link: metadata.link, call_responsible: 504142 });
    expect((await standIn.state()).calls).toMatchObject([{ entityType: 'lead', entityId: leadId, uniq: 'pbx:1' }]);
    expect(await seen()).toEqual({ list: 200, search: 200, call: 200, leads: 200 });
    expect((await standIn.state()).calls[1]).toMatchObject({ entityType: 'lead', entityId: leadId });
  });

  it.each([
    ['nobody', { status_id: talks }, { code: 'FieldMissing', path: 'user_id' }],
    ['an unknown user', { user_id: 1, status_id: talks }, { code: 'NotSupportedChoice', path: 'user_id' }],
    [
      "another pipeline's stage",
      { user_id: 504141, status_id: 8000210 },
      { code: 'NotSupportedChoice', path: 'status_id' },
    ],
    [
      'the stage where it is',
      { user_id: 504141, status_id: sales + 1 },
      { code: 'NotSupportedChoice', path: 'status_id' },
    ],
  ])('for %s is refused', async (_, body, error) => {
    const { uid } = await add();
    expectRefusal(await accept(uid, body), [error]);
    expect((await standIn.state()).unsorted).toHaveLength(1);
  });

  it('by hand goes to the first stage', async () => {
    const { uid, leadId } = await add();
    await standIn.control('POST', `/sandbox/unsorted/${uid}/accept`, {});
    expect((await standIn.api('GET', `/api/v4/leads/${leadId}`)).body.status_id).toBe(firstContact);
    await expect(standIn.control('POST', `/sandbox/unsorted/${uid}/accept`, {})).rejects.toThrow('404');
  });
});

describe('an incoming lead that is declined', () => {
  it('is deleted, and its contact was never there', async () => {
    const { uid, leadId } = await add();
    const answer = await standIn.api('DELETE', `${path}/${uid}/decline`, { user_id: 504141 });
    expect(answer).toMatchObject({ status: 200, body: { uid } });
    expect((await standIn.api('GET', `${path}/${uid}`)).status).toBe(404);
    expect((await standIn.api('GET', `/api/v4/leads/${leadId}`)).body.is_deleted).toBe(true);
    expect(await seen()).toEqual({ list: 204, search: 204, call: 400, leads: 204 });
  });

  it('must be there, and by somebody who is', async () => {
    const { uid } = await add();
    const unknown = [{ code: 'NotSupportedChoice', path: 'user_id' }];
    expectRefusal(await standIn.api('DELETE', `${path}/${uid}/decline`, { user_id: 1 }), unknown);
    expect((await standIn.api('DELETE', `${path}/none/decline`, { user_id: 504141 })).status).toBe(404);
    await standIn.control('DELETE', `/sandbox/unsorted/${uid}`);
    expect((await standIn.state()).unsorted).toEqual([]);
  });
});

it('an incoming lead of a pipeline that is deleted goes to the main one', async () => {
  const { uid, leadId } = await add({ pipeline_id: fitting });
  await standIn.control('DELETE', `/sandbox/pipelines/${fitting}`);
  expect((await standIn.state()).unsorted).toMatchObject([{ uid, pipelineId: sales }]);
  expect((await accept(uid, { user_id: 504141, status_id: talks })).status).toBe(200);
  expect((await standIn.api('GET', `/api/v4/leads/${leadId}`)).body).toMatchObject({ pipeline_id: sales });
});
