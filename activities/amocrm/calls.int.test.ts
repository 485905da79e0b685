import type { RegisterCall } from '../../proto/crm-action.ts';
import { callOf, knownPhone, setUpAmocrmWorkshop, strangerPhone, waitFor } from '../../tests/rig/amocrm-workshop.ts';
import type { CallRecord } from './effects.ts';

const shop = setUpAmocrmWorkshop();

describe('registering a call', () => {
  it('stands once with its client, however often it is asked for', async () => {
    const what = callOf(knownPhone);
    const answers = [await shop.register(what), await shop.register(what)];
    expect(answers[0]).toEqual(answers[1]);
    const { calls } = await shop.amocrm.state();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ uniq: what.uniq, duration: 42, direction: 'inbound', responsibleUserId: 504141 });
  });

  it('carries the link to its recording, by whichever way it goes', async () => {
    const recorded = (uniq: string) => ({
      recording: { pbxId: 'main', linkedid: `r-${uniq}`, startedAtMs: 0, file: 'exten-101-79161234567.wav' },
    });
    const [first, second, third] = [callOf(knownPhone), callOf(knownPhone), callOf(strangerPhone())];
    await shop.register({ ...first, ...recorded(first.uniq) });
    await shop.register({ ...second, ...recorded(second.uniq) }); // its client is known now: a note
    const request = { accountId: shop.accountId, key: third.uniq, call: { ...third, ...recorded(third.uniq) } };
    const incomingLead = { kind: 'create-incoming-lead', phone: third.phone, name: 'New', tags: [] } as const;
    await shop.activities.registerAsIncomingLead({ ...request, incomingLead: { ...incomingLead, tags: [] } });
    const { calls, unsorted } = await shop.amocrm.state();
    const links = Object.fromEntries(calls.map(({ uniq, link }) => [uniq, link]));
    for (const { uniq } of [first, second]) expect(links[uniq]).toBe(`https://ringflow.example/recordings/r-${uniq}`);
    expect(unsorted.map(({ call }) => call?.link)).toEqual([`https://ringflow.example/recordings/r-${third.uniq}`]);
    expect(JSON.stringify(links)).not.toContain('7916');
  });

  it('stands with the only open lead of a client who has one, and is found there again', async () => {
    const what = callOf('79161110001');
    await shop.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
    expect(await shop.insist(() => shop.register(what))).toMatchObject({
      outcome: 'registered',
      record: { entityType: 'leads' },
    });
    expect((await shop.amocrm.state()).calls).toHaveLength(1);
  });

  it('stores nothing for a number that amoCRM does not know, and says so', async () => {
    expect(await shop.register(callOf(strangerPhone()))).toEqual({ outcome: 'unknown-client' });
    expect((await shop.amocrm.state()).calls).toHaveLength(0);
  });

  it.each([
    ['the answer was lost', { kind: 'cut-after' }],
    ['the answer said nothing', { kind: 'empty-after' }],
    ['the request was lost', { kind: 'cut-before' }],
    ['amoCRM had trouble', { kind: 'status', status: 502 }],
    ['a proxy answered in its place', { kind: 'html', status: 504 }],
    ['a proxy did not find amoCRM', { kind: 'html', status: 404 }],
    ['amoCRM asked for fewer requests', { kind: 'status', status: 429, retryAfterSeconds: 3 }],
    ['amoCRM blocked the account for a while', { kind: 'html', status: 403 }],
  ] as const)('stands once after %s', async (_, fault) => {
    const what = callOf(knownPhone);
    await shop.amocrm.fault({ match: 'POST /api/v4/calls', ...fault });
    await expect(shop.register(what)).rejects.toMatchObject({ name: 'AmocrmError', isHopeless: false });
    expect(await shop.insist(() => shop.register(what))).toMatchObject({ outcome: 'registered' });
    expect((await shop.amocrm.state()).calls).toHaveLength(1);
  });

  it('stands once when two workers register it at the same time and the first answer is lost', async () => {
    const what = callOf(knownPhone);
    await shop.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
    const register = () => shop.insist(() => waitFor(() => shop.register(what)));
    await Promise.all([register(), register()]);
    expect((await shop.amocrm.state()).calls).toHaveLength(1);
  });

  it('goes without a user that amoCRM does not take any more', async () => {
    expect(await shop.register(callOf(knownPhone, { responsible: 999_999 }))).toMatchObject({ outcome: 'registered' });
    expect((await shop.amocrm.state()).calls).toHaveLength(1);
  });

  it('waits, with no hint of the token, while amoCRM refuses it', async () => {
    shop.useToken('a-wrong-token');
    const error = await shop.register(callOf(knownPhone)).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'TokenRefused', isHopeless: false });
    expect(String(error)).not.toContain('a-wrong-token');
  });

  it('fails for good with the field that amoCRM refuses', async () => {
    const error = await shop.register(callOf(knownPhone, { durationSeconds: -1 })).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'ValidationFailed', isHopeless: true });
    expect(String(error)).toContain('duration');
  });
});

describe('a known client', () => {
  const notesOf = async () => (await shop.amocrm.state()).requests.filter(({ path }) => path.endsWith('/notes')).length;

  it('is not asked for again: the next call goes straight to where the last one stands', async () => {
    await shop.register(callOf(knownPhone));
    await shop.register(callOf(knownPhone));
    const { calls, requests } = await shop.amocrm.state();
    expect(calls).toHaveLength(2);
    expect(calls[0]?.entityId).toBe(calls[1]?.entityId);
    expect(requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'POST /api/v4/calls',
      'POST /api/v4/contacts/notes',
    ]);
  });

  it.each([
    ['the answer was lost', { kind: 'cut-after' }],
    ['the answer said nothing', { kind: 'empty-after' }],
    ['amoCRM had trouble', { kind: 'status', status: 500 }],
  ] as const)('has the call once after %s', async (_, fault) => {
    await shop.register(callOf(knownPhone));
    const what = callOf(knownPhone);
    await shop.amocrm.fault({ match: 'POST /api/v4/contacts/notes', ...fault });
    await expect(shop.register(what)).rejects.toMatchObject({ isHopeless: false });
    expect(await shop.insist(() => shop.register(what))).toMatchObject({ outcome: 'registered' });
    expect((await shop.amocrm.state()).calls).toHaveLength(2);
  });

  it('has many calls in few requests', async () => {
    await shop.register(callOf(knownPhone));
    const many = Array.from({ length: 30 }, () => shop.register(callOf(knownPhone)));
    expect(await Promise.all(many)).toHaveLength(30);
    expect((await shop.amocrm.state()).calls).toHaveLength(31);
    expect(await notesOf()).toBeLessThan(10);
  });

  it('whom somebody deleted meanwhile is asked for anew', async () => {
    const phone = strangerPhone();
    const { entityId } = await shop.createContact(phone);
    await shop.amocrm.deleteContact(entityId);
    expect(await shop.register(callOf(phone))).toEqual({ outcome: 'unknown-client' });
    const anew = await shop.createContact(phone);
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityId: anew.entityId } });
  });

  it('has the call on themselves or on the newest of their leads, if so asked', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    await shop.amocrm.addLead({ name: 'Older', contactIds: [contactId] });
    const newest = await shop.amocrm.addLead({ name: 'Newer', contactIds: [contactId] });
    await shop.amocrm.addLead({ name: 'Lost', contactIds: [contactId], statusId: 143 });
    const onLead = await shop.register(callOf(phone, { attachTo: 'newest-lead' }));
    expect(onLead).toMatchObject({ record: { entityType: 'leads', entityId: newest } });
    expect(await shop.register(callOf(phone, { attachTo: 'client' }))).toMatchObject({
      record: { entityType: 'contacts' },
    });
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityType: 'contacts' } });
  });
});

describe('a call of before our database was lost', () => {
  let made = 0;
  let linkedid: string;
  beforeEach(() => {
    linkedid = `1795417935.${++made}`;
  });
  const brought = (phone: string, pbxId = 'main') => shop.register(callOf(phone, { uniq: `${pbxId}:${linkedid}` }));

  it.each([
    ['is found', 'main'],
    ['is found though the PBX has another name now', 'office'],
  ])('%s, and not registered anew', async (_, pbxId) => {
    const before = await brought(knownPhone);
    await shop.loseDatabase();
    shop.pbxIds = [pbxId, 'branch'];
    expect(await brought(knownPhone, pbxId)).toEqual(before);
    expect((await shop.amocrm.state()).calls).toHaveLength(1);
  });

  it('is found behind hundreds of later ones', async () => {
    const before = await brought(knownPhone);
    const { entityType, entityId } = (before as { record: CallRecord }).record;
    const later = Array.from({ length: 250 }, (_, i) => ({
      ...{ entity_id: entityId, note_type: 'call_in' },
      params: { uniq: `later-${i}`, duration: 1, source: 'Another', phone: knownPhone },
    }));
    const headers = { authorization: `Bearer ${shop.amocrm.token}`, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(later) };
    expect((await fetch(`${shop.amocrm.url}/api/v4/${entityType}/notes`, request)).status).toBe(200);
    await shop.loseDatabase();
    expect(await brought(knownPhone)).toEqual(before);
  });

  it('is not one of another PBX that gave the same linkedid', async () => {
    const before = await brought(knownPhone);
    await shop.loseDatabase();
    shop.pbxIds = ['main', 'branch'];
    expect(await brought(knownPhone, 'branch')).not.toEqual(before);
    expect(await brought(knownPhone)).toEqual(before);
    expect((await shop.amocrm.state()).calls.map(({ uniq }) => uniq)).toEqual([
      `main:${linkedid}`,
      `branch:${linkedid}`,
    ]);
  });

  it('is not one of another client, or of another moment', async () => {
    await brought(knownPhone);
    await shop.loseDatabase();
    await shop.register(callOf(knownPhone, { uniq: 'main:1795417936.17' }));
    expect((await shop.amocrm.state()).calls).toHaveLength(2);
  });
});

describe('a call whose answer was lost', () => {
  it.each([
    ['moved', async (contactId: number) => shop.amocrm.setPhones(contactId, ['+79990001122'])],
    [
      'given to another, too',
      async (contactId: number, phone: string) => {
        await shop.amocrm.setPhones(contactId, ['+79990001122']);
        await shop.amocrm.addContact(phone, 'Another');
      },
    ],
  ])('is found where it was sent, though the number was %s meanwhile', async (_, move) => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    await shop.register(callOf(phone));
    const what = callOf(phone);
    await shop.amocrm.fault({ match: 'POST /api/v4/contacts/notes', kind: 'cut-after' });
    await expect(shop.register(what)).rejects.toMatchObject({ hadNoEffect: false });
    await move(contactId, phone);
    await shop.forgetClients();
    await shop.insist(() => shop.register(what));
    expect((await shop.amocrm.state()).calls.filter(({ uniq }) => uniq === what.uniq)).toHaveLength(1);
  });
});

describe('a client with hundreds of leads', () => {
  const longMs = 30_000;
  const clientWithLeads = async () => {
    const phone = strangerPhone();
    const contactIds = [await shop.amocrm.addContact(phone)];
    for (let made = 0; made < 400; made++) await shop.amocrm.addLead({ name: 'Old', contactIds, statusId: 143 });
    return { phone, newest: await shop.amocrm.addLead({ name: 'New', contactIds }) };
  };
  const looks = async () => {
    const { requests } = await shop.amocrm.state();
    return requests.filter(({ method, path }) => method === 'GET' && path === '/api/v4/leads/notes').length;
  };

  it(
    'has a call whose answer was lost once: it is looked for on the newest leads first',
    async () => {
      const { phone, newest } = await clientWithLeads();
      const what = callOf(phone, { attachTo: 'newest-lead' });
      await shop.amocrm.fault({ match: 'POST /api/v4/leads/notes', kind: 'cut-after' });
      await expect(shop.register(what)).rejects.toMatchObject({ hadNoEffect: false });
      expect(await shop.insist(() => shop.register(what))).toMatchObject({ record: { entityId: newest } });
      expect((await shop.amocrm.state()).calls).toHaveLength(1);
      expect(await looks()).toBe(1);
    },
    longMs,
  );

  it(
    'has a call that never came in the end: it is looked for on all of them',
    async () => {
      const { phone, newest } = await clientWithLeads();
      const what = callOf(phone, { attachTo: 'newest-lead' });
      await shop.amocrm.fault({ match: 'POST /api/v4/leads/notes', kind: 'cut-before' });
      await expect(shop.register(what)).rejects.toMatchObject({ hadNoEffect: false });
      expect(await shop.insist(() => shop.register(what))).toMatchObject({ record: { entityId: newest } });
      expect((await shop.amocrm.state()).calls).toHaveLength(1);
      expect(await looks()).toBeGreaterThanOrEqual(9);
    },
    longMs,
  );
});

describe('what is of unknown fate where amoCRM does not let us look', () => {
  const cutOff = async (): Promise<RegisterCall> => {
    await shop.register(callOf(knownPhone));
    const what = callOf(knownPhone);
    await shop.amocrm.fault({ match: 'POST /api/v4/contacts/notes', kind: 'cut-after' });
    await expect(shop.register(what)).rejects.toMatchObject({ hadNoEffect: false });
    await shop.amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'status', status: 403, times: 100 });
    await expect(shop.insist(() => shop.register(what))).rejects.toMatchObject({
      code: 'Uncertain',
      effectKey: what.uniq,
    });
    return what;
  };

  it('is uncertain, and found as soon as a look is allowed', async () => {
    const what = await cutOff();
    await shop.amocrm.clearFaults();
    expect(await shop.insist(() => shop.register(what))).toMatchObject({ outcome: 'registered' });
    expect((await shop.amocrm.state()).calls).toHaveLength(2);
  });

  it('is sent again if a person says that it is not there', async () => {
    const what = await cutOff();
    await shop.activities.settleUncertain({ accountId: shop.accountId, key: what.uniq, verdict: 'send-again' });
    expect(await shop.register(what)).toMatchObject({ outcome: 'registered' });
    expect((await shop.amocrm.state()).calls).toHaveLength(3); // they have looked badly
  });
});
