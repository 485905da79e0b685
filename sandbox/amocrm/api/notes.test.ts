import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const params = { uniq: 'pbx:1', duration: 42, source: 'Ringflow', phone: '+79120001122', call_status: 4 };

let standIn: StandIn;
let contactId: number;
beforeEach(async () => {
  standIn = await startStandIn({ seed: false });
  contactId = (
    await standIn.addClient({ name: 'Иван', phones: ['+79120001122'], leads: ['Окна'], customers: ['Постоянный'] })
  ).id;
});
afterEach(() => standIn.app.close());

const post = (type: string, ...notes: unknown[]) => standIn.api('POST', `/api/v4/${type}/notes`, notes);
const callNote = (more: object = {}) => ({ entity_id: contactId, note_type: 'call_in', params, ...more });
const withParams = (more: object) => callNote({ params: { ...params, ...more } });

describe('a call that is noted at a chosen entity', () => {
  it('stands there and among the calls, as one of POST /calls does', async () => {
    const answer = await post('contacts', {
      ...callNote({ request_id: 'mine', created_by: 504142, responsible_user_id: 504142, created_at: 1_793_000_000 }),
      params: { ...params, call_responsible: 504142, link: 'https://calls.example/1.mp3' },
    });
    expect(answer.status).toBe(200);
    const [{ id, entity_id, request_id }] = answer.body._embedded.notes;
    expect([entity_id, request_id]).toEqual([contactId, 'mine']);
    const [note] = (await standIn.api('GET', `/api/v4/contacts/${contactId}/notes?filter[note_type]=call_in`)).body
      ._embedded.notes;
    expect(note).toMatchObject({ id, created_by: 504142, created_at: 1_793_000_000, params: { uniq: 'pbx:1' } });
    expect((await standIn.state()).calls).toMatchObject([
      {
        ...{ noteId: id, entityType: 'contact', entityId: contactId, entityName: 'Иван', uniq: 'pbx:1', duration: 42 },
        ...{ direction: 'inbound', callStatus: 4, responsible: 504142, createdBy: 504142 },
      },
    ]);
  });

  it.each([
    ['leads', 3000001, 'lead'],
    ['customers', 4000001, 'customer'],
    ['companies', 2000001, 'company'],
  ])('can stand with %s, named in the path', async (type, id, entityType) => {
    await standIn.addClient({ type: 'company', name: 'ООО' });
    const note = { note_type: 'call_out', params };
    expect((await post(`${type}/${id}`, note)).body._embedded.notes).toMatchObject([
      { entity_id: id, request_id: '0' },
    ]);
    expect((await standIn.state()).calls).toMatchObject([{ entityType, entityId: id, direction: 'outbound' }]);
  });

  it('stands twice if it is sent twice', async () => {
    for (const _ of [1, 2]) await post('contacts', callNote());
    expect((await standIn.state()).calls).toHaveLength(2);
  });

  it.each([
    ['no source', { source: undefined }, { code: 'FieldMissing', path: 'params.source' }],
    ['a blank source', { source: ' ' }, { code: 'NotBlank', path: 'params.source' }],
    ['no duration', { duration: undefined }, { code: 'FieldMissing', path: 'params.duration' }],
    ['a duration as text', { duration: '42' }, { code: 'InvalidType', path: 'params.duration' }],
    ['null for a link', { link: null }, { code: 'NotNullable', path: 'params.link' }],
    ['null for a result', { call_result: null }, { code: 'NotNullable', path: 'params.call_result' }],
    ['null for a status', { call_status: null }, { code: 'NotNullable', path: 'params.call_status' }],
    ['a status that is none', { call_status: 8 }, { code: 'NotSupportedChoice', path: 'params.call_status' }],
    [
      'somebody who is no user',
      { call_responsible: 1 },
      { code: 'NotSupportedChoice', path: 'params.call_responsible' },
    ],
    ['a text', { text: 'x' }, { code: 'FieldNotExpected', path: 'params.text' }],
  ])('is refused with %s, and the whole batch with it', async (_, wrong, error) => {
    const bad = { ...withParams(wrong), request_id: 'bad' };
    const errors = (await post('contacts', callNote(), bad)).body['validation-errors'];
    expect(errors).toMatchObject([{ request_id: 'bad' }]);
    expect(errors[0].errors).toContainEqual(expect.objectContaining(error));
    expect((await standIn.state()).calls).toEqual([]);
  });

  it.each([
    ['an unknown entity', { entity_id: 77 }, { code: 'NotSupportedChoice', path: 'entity_id' }],
    ['no entity', { entity_id: undefined }, { code: 'FieldMissing', path: 'entity_id' }],
    ['an unknown author', { created_by: 1 }, { code: 'NotSupportedChoice', path: 'created_by' }],
    ['no params', { params: undefined }, { code: 'FieldMissing', path: 'params' }],
    ['an unknown field', { text: 'x' }, { code: 'FieldNotExpected', path: 'text' }],
  ])('is refused with %s', async (_, wrong, error) => {
    expectRefusal(await post('contacts', callNote(wrong)), [error]);
  });

  it('is refused at a path of an unknown entity, or of another than it names', async () => {
    const unknown = [{ code: 'NotSupportedChoice', path: 'entity_id' }];
    expectRefusal(await post('leads/77', { note_type: 'call_in', params }), unknown);
    expectRefusal(await post('leads/3000001', callNote()), unknown);
  });

  it('is refused as a note of another type', async () => {
    const [{ errors }] = (await post('contacts', callNote({ note_type: 'sms_in' }))).body['validation-errors'];
    expect(errors).toContainEqual(expect.objectContaining({ code: 'NotSupportedChoice', path: 'note_type' }));
  });
});

describe('a text that is noted', () => {
  it('stands with its entity, and is no call', async () => {
    const note = { entity_id: contactId, note_type: 'common', params: { text: 'Просил не звонить' }, created_by: 0 };
    const [{ id }] = (await post('contacts', note)).body._embedded.notes;
    await post('contacts', callNote());
    const notes = `/api/v4/contacts/notes?filter[entity_id]=${contactId}`;
    const common = (await standIn.api('GET', `${notes}&filter[note_type]=common`)).body._embedded.notes;
    expect(common).toMatchObject([{ id, note_type: 'common', params: { text: 'Просил не звонить' }, created_by: 0 }]);
    expect((await standIn.api('GET', notes)).body._embedded.notes).toHaveLength(2);
    expect((await standIn.state()).calls).toHaveLength(1);
  });

  it.each([
    ['a blank text', { text: ' ' }, { code: 'NotBlank', path: 'params.text' }],
    ['null', { text: null }, { code: 'NotNullable', path: 'params.text' }],
    ['none', {}, { code: 'FieldMissing', path: 'params.text' }],
  ])('is refused with %s', async (_, wrong, error) => {
    expectRefusal(await post('contacts', { entity_id: contactId, note_type: 'common', params: wrong }), [error]);
  });
});
