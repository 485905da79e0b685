import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const knownPhone = '+79161234567';
const call = { direction: 'inbound', duration: 42, source: 'Ringflow', phone: knownPhone };

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.app.close());

const post = (...calls: unknown[]) => standIn.api('POST', '/api/v4/calls', calls);

describe('a call that amoCRM would refuse', () => {
  afterEach(async () => expect((await standIn.state()).calls).toEqual([]));

  it.each(['direction', 'duration', 'source', 'phone'])('has no %s', async (field) => {
    const { [field]: _, ...rest } = call as Record<string, unknown>;
    expectRefusal(await post(rest), [{ code: 'FieldMissing', path: field }]);
  });

  it.each(['direction', 'duration', 'phone', 'uniq', 'link', 'call_result', 'call_status', 'call_responsible'])(
    'has null for %s',
    async (field) => {
      const errors = (await post({ ...call, [field]: null })).body['validation-errors'][0].errors;
      expect(errors).toContainEqual({ code: 'NotNullable', path: field, detail: 'This value should not be null.' });
    },
  );

  it.each([
    ['duration', '42', 'InvalidType'],
    ['duration', 1.5, 'InvalidType'],
    ['duration', -1, 'TooLow'],
    ['phone', 79161234567, 'InvalidType'],
    ['phone', '', 'NotBlank'],
    ['source', ' ', 'NotBlank'],
    ['direction', 'in', 'NotSupportedChoice'],
    ['call_status', 8, 'NotSupportedChoice'],
    ['uniq', 5, 'InvalidType'],
    ['created_at', '2026-11-24', 'InvalidType'],
    ['responsible_user_id', '504141', 'InvalidType'],
    ['recording', 'x', 'FieldNotExpected'],
  ])('has %s = %j', async (field, value, code) => {
    expectRefusal(await post({ ...call, [field]: value }), [{ code, path: field }]);
  });

  it.each(['responsible_user_id', 'created_by', 'updated_by', 'call_responsible'])(
    'names in %s a user that the account does not have',
    async (field) => {
      expectRefusal(await post({ ...call, [field]: 999_999 }), [{ code: 'NotSupportedChoice', path: field }]);
    },
  );

  it('has several faults, of which each is told', async () => {
    const errors = [
      { code: 'FieldMissing', path: 'source' },
      { code: 'InvalidType', path: 'duration' },
    ];
    expectRefusal(await post({ direction: 'inbound', phone: knownPhone, duration: '1' }), errors);
  });

  it('takes the whole batch with it, and is named by its request_id', async () => {
    const answer = await post(call, { ...call, duration: null, request_id: 'the bad one' });
    expectRefusal(answer, [{ code: 'NotNullable', path: 'duration' }], 'the bad one');
  });

  it.each([
    ['an empty list', '[]', 400],
    ['one object in place of a list', JSON.stringify(call), 400],
    ['no JSON', '[{', 400],
    ['nothing', '', 400],
    ['more than 250 calls', JSON.stringify(Array.from({ length: 251 }, () => call)), 422],
  ])('comes as %s', async (_, text, status) => {
    const answer = await standIn.api('POST', '/api/v4/calls', text);
    expect(answer).toMatchObject({ status, body: { status, detail: expect.any(String) } });
    expect(answer.contentType).toContain('application/problem+json');
  });

  it('is of a number that nobody has: `errors` and no `validation-errors`', async () => {
    const { status, body } = await post({ ...call, phone: '+79990000000' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ _total_items: 0, errors: [{ title: 'Entity not found' }], _embedded: { calls: [] } });
    expect(body).not.toHaveProperty('validation-errors');
  });
});

describe('a call that amoCRM takes', () => {
  it.each([
    ['the contact of the phone', { name: 'A' }, 'contact'],
    ['a company', { name: 'A', type: 'company' as const }, 'company'],
    ['the only open lead', { name: 'A', leads: ['one'] }, 'lead'],
    ['the contact if its only lead is lost', { name: 'A', lostLeads: ['one'] }, 'contact'],
    ['the contact if there are two open leads', { name: 'A', leads: ['one', 'two'] }, 'contact'],
    ['the only customer', { name: 'A', customers: ['one'] }, 'customer'],
    ['the contact if there are a lead and a customer', { name: 'A', leads: ['l'], customers: ['c'] }, 'contact'],
  ])('lands with %s', async (_, client, entityType) => {
    await standIn.addClient({ ...client, phones: ['8 (912) 000-11-22'] });
    const { status, body } = await post({ ...call, phone: '+79120001122', request_id: 'mine' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ _total_items: 1, errors: [], _embedded: { calls: [{ request_id: 'mine' }] } });
    const [stored] = body._embedded.calls;
    expect(stored.entity_type).toBe(entityType);
    expect((await standIn.state()).calls).toMatchObject([{ noteId: stored.id, entityType, duration: 42 }]);
  });

  it('can be read back as a note of its entity, and stands twice if it was sent twice', async () => {
    const sent = { ...call, uniq: 'u1', call_status: 4, call_responsible: 504142, created_at: 1_795_000_000 };
    const [stored] = (await post(sent)).body._embedded.calls;
    await post(sent);
    const path = `/api/v4/contacts/${stored.entity_id}/notes?filter[note_type]=call_in`;
    const notes = (await standIn.api('GET', path)).body._embedded.notes;
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatchObject({
      id: stored.id,
      note_type: 'call_in',
      created_at: 1_795_000_000,
      responsible_user_id: 504142,
      params: { uniq: 'u1', duration: 42, call_status: 4, call_responsible: 504142, phone: knownPhone },
    });
    const outbound = path.replace('call_in', 'call_out');
    expect(await standIn.api('GET', outbound)).toMatchObject({ status: 204, text: '' });
  });

  it('may name somebody of our side who is no user', async () => {
    expect((await post({ ...call, call_responsible: '999999' })).status).toBe(200);
    expect((await standIn.state()).calls[0]?.responsible).toBe('999999');
  });

  it('stands although another of its batch has an unknown number', async () => {
    const { status, body } = await post({ ...call, phone: '+79990000000', request_id: 'stranger' }, call);
    expect(status).toBe(200);
    expect(body).toMatchObject({ _total_items: 1, errors: [{ title: 'Entity not found', request_id: 'stranger' }] });
    expect((await standIn.state()).calls).toHaveLength(1);
  });
});
