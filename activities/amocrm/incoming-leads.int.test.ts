import type { CreateIncomingLead, CreateLead, RegisterCall } from '../../proto/crm-action.ts';
import { callOf, contactOf, setUpAmocrmWorkshop, strangerPhone } from '../../tests/rig/amocrm-workshop.ts';

const shop = setUpAmocrmWorkshop();

describe('an incoming lead', () => {
  const create = (phone: string) => {
    const lead: CreateLead = { kind: 'create-lead', phone, name: 'A call', tags: [], contact: contactOf(phone) };
    return shop.activities.createLead({ accountId: shop.accountId, lead });
  };
  const take = (what: RegisterCall, changes: Partial<CreateIncomingLead> = {}) => {
    const common = { kind: 'create-incoming-lead' as const, phone: what.phone, name: 'Night call', tags: [] };
    const incomingLead = { ...common, ...changes };
    return shop.activities.registerAsIncomingLead({
      accountId: shop.accountId,
      key: what.uniq,
      call: what,
      incomingLead,
    });
  };

  it('holds the first call of a stranger, and their next ones until it is accepted', async () => {
    const phone = strangerPhone();
    const [first, second] = [callOf(phone), callOf(phone)];
    await take(first);
    expect(await shop.register(second)).toMatchObject({ outcome: 'registered' });
    const { unsorted, calls } = await shop.amocrm.state();
    expect(unsorted).toMatchObject([{ call: { uniq: first.uniq } }]);
    expect(calls).toMatchObject([{ uniq: second.uniq, entityId: unsorted[0]?.leadId }]);
    await shop.amocrm.acceptUnsorted(unsorted[0]?.uid ?? '');
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityType: 'leads' } });
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const what = callOf(strangerPhone());
    await shop.amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind });
    await shop.insist(() => take(what));
    await take(what);
    const { unsorted, calls } = await shop.amocrm.state();
    expect(unsorted).toMatchObject([{ call: { uniq: what.uniq } }]);
    expect(calls).toHaveLength(0);
  });

  it('is made without a phone where the account has no field for it, and that is told', async () => {
    await shop.amocrm.setPhoneField(false);
    const what = callOf(strangerPhone());
    expect(await take(what)).toMatchObject({ troubles: [expect.stringContaining('add the field Phone')] });
    expect((await shop.amocrm.state()).unsorted).toMatchObject([{ call: { uniq: what.uniq } }]);
  });

  it('takes every call of its caller, also when they are called back, and no second contact is made', async () => {
    const phone = strangerPhone();
    await take(callOf(phone));
    const back = callOf(phone, { direction: 'outbound' });
    expect(await shop.register(back)).toMatchObject({ outcome: 'registered', record: { entityType: 'leads' } });
    const contact = contactOf(phone);
    expect(await shop.activities.createContact({ accountId: shop.accountId, contact })).toBeNull();
    await shop.amocrm.acceptUnsorted((await shop.amocrm.state()).unsorted[0]?.uid ?? '');
    expect((await shop.amocrm.state()).contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it.each([
    ['whose lead was just made', async (phone: string) => void (await create(phone))],
    ['whose contact was just made', async (phone: string) => void (await shop.createContact(phone))],
    [
      'whose incoming lead was just accepted',
      async (phone: string) => {
        await take(callOf(phone));
        await shop.amocrm.acceptUnsorted((await shop.amocrm.state()).unsorted[0]?.uid ?? '');
      },
    ],
  ])('is not made for a caller %s, though a search does not find them yet', async (_, make) => {
    const phone = strangerPhone();
    await make(phone);
    const before = await shop.amocrm.state();
    await shop.forgetClients();
    await take(callOf(phone));
    const state = await shop.amocrm.state();
    expect(state.leads).toHaveLength(before.leads.length);
    expect(state.contacts).toHaveLength(before.contacts.length);
    expect(state.unsorted).toEqual([]);
  });

  it('exists once although the answer was lost and somebody accepted it meanwhile', async () => {
    const what = callOf(strangerPhone());
    await shop.amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind: 'cut-after' });
    await expect(take(what)).rejects.toMatchObject({ hadNoEffect: false });
    await shop.amocrm.acceptUnsorted((await shop.amocrm.state()).unsorted[0]?.uid ?? '');
    await shop.insist(() => take(what));
    const { unsorted, calls } = await shop.amocrm.state();
    expect(unsorted).toEqual([]);
    expect(calls.filter(({ uniq }) => uniq === what.uniq)).toHaveLength(1);
  });

  it('whose answer was lost takes the next call of its caller, and its own call stands once', async () => {
    const phone = strangerPhone();
    const [first, second] = [callOf(phone), callOf(phone)];
    await shop.amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind: 'cut-after' });
    await expect(take(first)).rejects.toMatchObject({ hadNoEffect: false });
    await shop.insist(() => take(second));
    await shop.insist(() => take(first));
    const { unsorted, calls } = await shop.amocrm.state();
    expect(unsorted).toMatchObject([{ call: { uniq: first.uniq } }]);
    expect(calls).toMatchObject([{ uniq: second.uniq, entityId: unsorted[0]?.leadId }]);
  });

  it('whose answer was lost is the open lead of its caller also for a rule that asks for a lead', async () => {
    const what = callOf(strangerPhone());
    await shop.amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind: 'cut-after' });
    await expect(take(what)).rejects.toMatchObject({ hadNoEffect: false });
    const { leads, contacts } = await shop.amocrm.state();
    await shop.insist(() => create(what.phone));
    const after = await shop.amocrm.state();
    expect([after.leads.length, after.contacts.length]).toEqual([leads.length, contacts.length]);
  });

  it('is not made for a caller whom a person has written down meanwhile', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const what = callOf(phone);
    expect(await take(what)).toMatchObject({ entityType: 'contacts', entityId: contactId });
    const { unsorted, calls } = await shop.amocrm.state();
    expect(unsorted).toEqual([]);
    expect(calls).toMatchObject([{ uniq: what.uniq, entityId: contactId }]);
  });

  it('of a pipeline that was deleted is made without it, and that is told', async () => {
    const what = callOf(strangerPhone());
    const record = await take(what, { pipelineId: 999, responsibleUserId: 999_999 });
    expect(record).toMatchObject({ entityType: 'leads', troubles: [expect.stringMatching(/pipeline: .*pipeline_id/)] });
    expect((await shop.amocrm.state()).unsorted).toMatchObject([{ call: { uniq: what.uniq } }]);
    expect(await take(what)).toEqual(record);
  });

  it('that somebody declined makes room for another', async () => {
    const phone = strangerPhone();
    await take(callOf(phone));
    await shop.amocrm.declineUnsorted((await shop.amocrm.state()).unsorted[0]?.uid ?? '');
    await take(callOf(phone));
    expect((await shop.amocrm.state()).unsorted).toHaveLength(1);
  });

  it('counts as the open lead of its client', async () => {
    const phone = strangerPhone();
    await take(callOf(phone));
    const before = (await shop.amocrm.state()).leads.length;
    const lead: CreateLead = { kind: 'create-lead', phone, name: 'A call', tags: [], contact: contactOf(phone) };
    await shop.activities.createLead({ accountId: shop.accountId, lead });
    expect((await shop.amocrm.state()).leads).toHaveLength(before);
  });
});
