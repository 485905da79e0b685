import { callOf, knownPhone, setUpAmocrmWorkshop, strangerPhone, waitFor } from '../../tests/rig/amocrm-workshop.ts';

const shop = setUpAmocrmWorkshop();

describe('a contact for a new client', () => {
  it('exists once although two calls of one number ask for it at the same time', async () => {
    const phone = strangerPhone();
    const create = () => waitFor(() => shop.createContact(phone));
    const records = await Promise.all([create(), create(), create()]);
    expect(new Set(records.map(({ entityId }) => entityId)).size).toBe(1);
    const { contacts } = await shop.amocrm.state();
    expect(contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it.each(['cut-after', 'empty-after'] as const)('exists once although the answer was lost (%s)', async (kind) => {
    const phone = strangerPhone();
    await shop.amocrm.fault({ match: 'POST /api/v4/contacts', kind });
    await shop.insist(() => shop.createContact(phone));
    const { contacts } = await shop.amocrm.state();
    expect(contacts.filter(({ phones }) => phones.includes(`+${phone}`))).toHaveLength(1);
  });

  it('is made anew when somebody took the number from the old one', async () => {
    const phone = strangerPhone();
    const create = () => shop.createContact(phone);
    const { entityId } = await create();
    await shop.amocrm.setPhones(entityId, ['+79990000000']);
    const anew = await create();
    expect(anew.entityId).not.toBe(entityId);
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityId: anew.entityId } });
  });

  it('exists once, for all calls of the number, also in an account that has no field for phones', async () => {
    await shop.amocrm.setPhoneField(false);
    const phone = strangerPhone();
    const create = () => shop.createContact(phone);
    const { entityId } = await create();
    expect(await shop.register(callOf(phone))).toMatchObject({ outcome: 'registered', record: { entityId } });
    await shop.forgetClients();
    expect(await shop.register(callOf(phone))).toEqual({ outcome: 'unknown-client' });
    expect(await create()).toMatchObject({ entityId });
    expect(await shop.register(callOf(phone))).toMatchObject({ record: { entityId } });
    expect((await shop.amocrm.state()).calls).toHaveLength(2);
  });

  it('is the one that somebody wrote down meanwhile, in whatever spelling', async () => {
    const phone = strangerPhone();
    await shop.amocrm.addContact(
      `8 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`,
    );
    const before = (await shop.amocrm.state()).contacts.length;
    await shop.createContact(phone);
    expect((await shop.amocrm.state()).contacts).toHaveLength(before);
  });
});

describe('the brake', () => {
  it('holds after so many new contacts in an hour, tells it once, and lets known clients through', async () => {
    const limit = { did: '74951230001', mostPerHour: 3 };
    const create = (phone: string) => shop.createContact(phone, limit);
    const phones = Array.from({ length: 6 }, strangerPhone);
    const outcomes = await Promise.allSettled(phones.map(create));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual(
      Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'Braked', isHopeless: true }) }),
    );
    expect(shop.alarms).toEqual([expect.stringContaining('74951230001')]);
    expect(await create(knownPhone)).toMatchObject({ entityType: 'contacts' });
    expect(await shop.createContact(strangerPhone())).toBeDefined();
  });
});
