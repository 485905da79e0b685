import { randomUUID } from 'node:crypto';
import type { ChangeEntity, CreateLead } from '../../proto/crm-action.ts';
import { hurriedClientOf } from '../../tests/rig/amocrm-client.ts';
import {
  callOf,
  contactOf,
  knownPhone,
  setUpAmocrmWorkshop,
  strangerPhone,
  waitFor,
} from '../../tests/rig/amocrm-workshop.ts';

const shop = setUpAmocrmWorkshop();

describe('a lead', () => {
  const lead = (phone: string, changes: Partial<CreateLead> = {}): CreateLead => ({
    ...{ kind: 'create-lead', phone, name: 'A call', tags: ['call'], contact: contactOf(phone) },
    ...changes,
  });
  const create = (what: CreateLead) => shop.activities.createLead({ accountId: shop.accountId, lead: what });
  const leadsNamed = async (name: string) => (await shop.amocrm.state()).leads.filter((one) => one.name === name);

  it('comes with a contact for a stranger, whose call then stands on it', async () => {
    const phone = strangerPhone();
    const { leadId } = await create(lead(phone, { responsibleUserId: 504142 }));
    expect(await leadsNamed('A call')).toMatchObject([{ responsibleUserId: 504142, tags: ['call'] }]);
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityType: 'leads', entityId: leadId } });
  });

  it('is the open one that the client has already', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const own = await shop.amocrm.addLead({ name: 'Own', contactIds: [contactId] });
    expect(await create(lead(phone))).toEqual({ leadId: own });
    expect(await leadsNamed('A call')).toHaveLength(0);
  });

  it('is made anew once the old one is won, lost or deleted', async () => {
    const phone = strangerPhone();
    const { leadId } = await create(lead(phone));
    await shop.amocrm.changeLead(leadId as number, { statusId: 142 });
    const { leadId: second } = await create(lead(phone));
    expect(second).not.toBe(leadId);
    await shop.amocrm.deleteLead(second as number);
    expect((await create(lead(phone))).leadId).not.toBe(second);
  });

  it('exists once although two calls of one new number ask for it at the same time', async () => {
    const phone = strangerPhone();
    await Promise.all([1, 2, 3].map(() => waitFor(() => create(lead(phone)))));
    expect(await leadsNamed('A call')).toHaveLength(1);
    expect((await shop.amocrm.state()).contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const phone = strangerPhone();
    await shop.amocrm.fault({ match: 'POST /api/v4/leads', kind });
    await shop.insist(() => create(lead(phone)));
    expect(await leadsNamed('A call')).toHaveLength(1);
  });

  it('of a user whom amoCRM does not take any more is nobody’s in particular', async () => {
    await shop.amocrm.setUserActive(504142, false);
    await create(lead(strangerPhone(), { responsibleUserId: 504142 }));
    expect(await leadsNamed('A call')).toHaveLength(1);
  });

  it.each([
    ['nobody else has the number', 0],
    ['another contact has the number, too', 1],
  ])(
    'is made once though its contact is deleted while it is on its way, and then an answer is lost: %s',
    async (_, others) => {
      const phone = strangerPhone();
      const deleted = await shop.amocrm.addContact(phone);
      for (let added = 0; added < others; added++) await shop.amocrm.addContact(phone);
      await shop.happensDuring(
        'POST /api/v4/leads',
        () => shop.amocrm.deleteContact(deleted),
        () => shop.amocrm.fault({ match: 'POST /api/v4/leads', kind: 'cut-after' }),
      );
      await expect(create(lead(phone))).rejects.toMatchObject({ hadNoEffect: false });
      const { leadId } = await shop.insist(() => create(lead(phone)));
      const { contacts } = await shop.amocrm.state();
      const [own, ...doubles] = contacts.filter(({ phones }) => phones.some((each) => each.endsWith(phone)));
      expect(doubles).toEqual([]);
      expect(await leadsNamed('A call')).toMatchObject([{ id: leadId, contacts: [{ id: own?.id }] }]);
      expect(await create(lead(phone))).toEqual({ leadId });
      expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityType: 'leads', entityId: leadId } });
    },
  );

  it('is made with a contact if its company is deleted while it is on its way', async () => {
    const { companies } = await shop.amocrm.state();
    const company = companies.find(({ leads }) => leads === 0);
    await shop.happensDuring('POST /api/v4/leads', () => shop.amocrm.deleteClient(company?.id as number));
    const { leadId } = await create(lead(company?.phones[0]?.replaceAll(/\D/g, '') ?? ''));
    expect(await leadsNamed('A call')).toMatchObject([{ id: leadId, companyId: null, contacts: [{ isMain: true }] }]);
  });

  it('of a pipeline that was deleted is refused in words', async () => {
    await expect(create(lead(strangerPhone(), { pipelineId: 999 }))).rejects.toMatchObject({
      code: 'ValidationFailed',
      message: expect.stringContaining('pipeline_id'),
    });
  });
});

describe('a change', () => {
  const change = (changes: Partial<ChangeEntity>): ChangeEntity => ({
    ...{ kind: 'change', effect: randomUUID(), phone: knownPhone, target: 'client', tags: [] },
    ...changes,
  });
  const make = (what: ChangeEntity) =>
    shop.activities.changeEntity({ accountId: shop.accountId, key: what.effect, change: what });

  it('of the client comes once, and stays undone when a person undoes it', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const what = change({ phone, tags: ['vip'], responsibleUserId: 504143 });
    await make(what);
    const own = async () => (await shop.amocrm.state()).contacts.find(({ id }) => id === contactId);
    expect(await own()).toMatchObject({ tags: ['vip'], responsibleUserId: 504143 });
    const { requestCount } = await shop.amocrm.state();
    await make(what);
    expect((await shop.amocrm.state()).requestCount).toBe(requestCount);
  });

  it('of the lead takes the newest open one', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const leadId = await shop.amocrm.addLead({ name: 'Own', contactIds: [contactId] });
    await make(change({ phone, target: 'lead', tags: ['call'], responsibleUserId: 504142 }));
    const own = (await shop.amocrm.state()).leads.find(({ id }) => id === leadId);
    expect(own).toMatchObject({ tags: ['call'], responsibleUserId: 504142 });
  });

  it('does nothing where there is no client or no open lead', async () => {
    expect(await make(change({ phone: strangerPhone(), tags: ['x'] }))).toEqual({ changed: null });
    expect(await make(change({ phone: strangerPhone(), target: 'lead', tags: ['x'] }))).toEqual({ changed: null });
  });

  it.each([
    ['amoCRM had trouble', { kind: 'status', status: 500 }],
    ['the request was lost', { kind: 'cut-before' }],
    ['the answer was lost', { kind: 'cut-after' }],
  ] as const)('of a lead that was just made comes after %s', async (_, fault) => {
    const phone = strangerPhone();
    const leadId = await shop.amocrm.addLead({ name: 'New', contactIds: [await shop.amocrm.addContact(phone)] });
    const status = { pipelineId: 8000100, statusId: 8000120 };
    const what = change({ phone, target: 'lead', tags: ['Call'], responsibleUserId: 504142, status });
    await shop.amocrm.fault({ match: 'PATCH /api/v4/leads', ...fault });
    await expect(make(what)).rejects.toMatchObject({ hadNoEffect: false });
    expect(await shop.insist(() => make(what))).toMatchObject({ changed: { entityId: leadId } });
    const { leads, requests } = await shop.amocrm.state();
    const own = leads.find(({ id }) => id === leadId);
    expect(own).toMatchObject({ tags: ['Call'], responsibleUserId: 504142, statusId: status.statusId });
    const patches = requests.filter(({ method }) => method === 'PATCH');
    expect(patches).toHaveLength(fault.kind === 'cut-after' ? 1 : 2);
  });

  it('of a contact comes after trouble also where our clock is slow', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const now = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 60_000);
    const what = change({ phone, tags: ['vip'] });
    await shop.amocrm.fault({ match: 'PATCH /api/v4/contacts', kind: 'status', status: 500 });
    await expect(make(what)).rejects.toMatchObject({ hadNoEffect: false });
    await shop.insist(() => make(what));
    clock.mockRestore();
    const own = (await shop.amocrm.state()).contacts.find(({ id }) => id === contactId);
    expect(own).toMatchObject({ tags: ['vip'] });
  });

  it('whose answer was lost is not repeated over what others have done since, and that is told', async () => {
    const phone = strangerPhone();
    const contactId = await shop.amocrm.addContact(phone);
    const what = change({ phone, responsibleUserId: 504143 });
    await shop.amocrm.fault({ match: 'PATCH /api/v4/contacts', kind: 'cut-after' });
    await expect(make(what)).rejects.toMatchObject({ hadNoEffect: false });
    const later = { id: contactId, responsible_user_id: 504144, updated_at: Math.floor(Date.now() / 1000) + 10 };
    await hurriedClientOf(shop.amocrm).PATCH('/api/v4/contacts', { body: [later] });
    const told = { isHopeless: true, message: expect.stringMatching(/not certain.*somebody has changed it since/) };
    await expect(shop.insist(() => make(what))).rejects.toMatchObject(told);
    await expect(make(what)).rejects.toMatchObject(told);
    const own = (await shop.amocrm.state()).contacts.find(({ id }) => id === contactId);
    expect(own).toMatchObject({ responsibleUserId: 504144 });
  });

  it('to a stage that was deleted is refused in words', async () => {
    const phone = strangerPhone();
    await shop.amocrm.addLead({ name: 'Own', contactIds: [await shop.amocrm.addContact(phone)] });
    const what = change({ phone, target: 'lead', status: { pipelineId: 1, statusId: 2 } });
    await expect(make(what)).rejects.toMatchObject({
      code: 'ValidationFailed',
      message: expect.stringContaining('id'),
    });
  });
});
