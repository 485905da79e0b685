import { type HookReceiver, startHookReceiver } from '../testing/hook-receiver.ts';
import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';
import type { HookDelivery } from './hook-sender.ts';

const path = '/api/v4/webhooks';
const talks = 8000120;

let standIn: StandIn;
let receiver: HookReceiver;
let nowMs: number;
beforeEach(async () => {
  nowMs = 1_794_000_000_000;
  standIn = await startStandIn({ seed: false, now: () => nowMs });
  receiver = await startHookReceiver();
});
afterEach(async () => {
  await receiver.close();
  await standIn.app.close();
});

const subscribe = (...settings: string[]) =>
  standIn.api('POST', path, { destination: receiver.url, settings, sort: 1 });
const patience = (waitMs: number, answerWithinMs = 60_000) =>
  standIn.control('PUT', '/sandbox/webhooks/patience', { answerWithinMs, waitsMs: [waitMs, waitMs, waitMs, waitMs] });
const next = async () => Object.fromEntries((await receiver.next()).fields);

/** Waits until so many attempts are over: their answers come after they were received. */
async function deliveries(count: number): Promise<readonly HookDelivery[]> {
  for (;;) {
    const { hookDeliveries } = await standIn.state();
    if (hookDeliveries.length >= count) return hookDeliveries;
    await new Promise(setImmediate);
  }
}

describe('a subscription', () => {
  it('is answered with 201, listed, changed by the same destination, and ended', async () => {
    const created = await subscribe('add_contact', 'status_lead');
    expect(created).toMatchObject({ status: 201, body: { destination: receiver.url, disabled: false, sort: 1 } });
    expect((await subscribe('add_lead')).body).toMatchObject({ id: created.body.id, settings: ['add_lead'] });
    const listed = (await standIn.api('GET', `${path}?filter[destination]=${receiver.url}`)).body._embedded.webhooks;
    expect(listed).toMatchObject([{ id: created.body.id, settings: ['add_lead'], account_id: expect.any(Number) }]);
    expect((await standIn.api('GET', `${path}?filter[destination]=http://127.0.0.1/`)).status).toBe(204);
    expect((await standIn.api('DELETE', path, { destination: receiver.url })).status).toBe(204);
    expect((await standIn.api('DELETE', path, { destination: receiver.url })).status).toBe(404);
    expect((await standIn.api('GET', path)).status).toBe(204);
  });

  it.each([
    ['another machine', { destination: 'https://example.com/' }, { code: 'NotSupportedChoice', path: 'destination' }],
    [
      'a name that only looks like this machine',
      { destination: 'http://127.0.0.1.example.com/' },
      { code: 'NotSupportedChoice', path: 'destination' },
    ],
    ['no address', { destination: 'ftp://127.0.0.1/' }, { code: 'NotBlank', path: 'destination' }],
    ['an unknown event', { settings: ['add_note'] }, { code: 'NotSupportedChoice', path: 'settings.0' }],
    ['no events', { settings: [] }, { code: 'NotBlank', path: 'settings' }],
  ])('to %s is refused', async (_, wrong, error) => {
    const hook = { destination: 'http://127.0.0.1:1/', settings: ['add_lead'], ...wrong };
    expectRefusal(await standIn.api('POST', path, hook), [error]);
    expect((await standIn.state()).webhooks).toEqual([]);
  });
});

describe('a webhook', () => {
  it('tells of a new contact, form-encoded', async () => {
    await subscribe('add_contact');
    const company = (await standIn.addClient({ type: 'company', name: 'ООО' })).id;
    const { id } = await standIn.addClient({ name: 'Иван & Co', phones: ['+79120001122'], companyId: company });
    const { contentType, fields } = await receiver.next();
    expect(contentType).toContain('application/x-www-form-urlencoded');
    expect(Object.fromEntries(fields)).toMatchObject({
      'contacts[add][0][id]': String(id),
      'contacts[add][0][type]': 'contact',
      'contacts[add][0][name]': 'Иван & Co',
      'contacts[add][0][responsible_user_id]': '504141',
      'contacts[add][0][linked_company_id]': String(company),
      'contacts[add][0][company_name]': 'ООО',
      'contacts[add][0][created_at]': '1794000000',
      'contacts[add][0][custom_fields][0][code]': 'PHONE',
      'contacts[add][0][custom_fields][0][values][0][value]': '+79120001122',
      'contacts[add][0][custom_fields][0][values][0][enum]': '460001',
      'account[subdomain]': 'romashka',
      'account[_links][self]': 'https://romashka.amocrm.ru',
    });
  });

  it('tells of changed and deleted clients, companies under the same key', async () => {
    await subscribe('update_contact', 'delete_contact', 'update_company', 'responsible_contact');
    const { id } = await standIn.addClient({ name: 'Иван', leads: ['Окна'] });
    await standIn.api('PATCH', `/api/v4/contacts/${id}`, { name: 'Пётр' });
    const key = 'contacts[update][0]';
    expect(await next()).toMatchObject({
      [`${key}[name]`]: 'Пётр',
      [`${key}[linked_leads_id][3000001][ID]`]: '3000001',
    });
    await standIn.control('PATCH', `/sandbox/contacts/${id}`, { responsibleUserId: 504142 });
    const both = [await next(), await next()].map((fields) => Object.keys(fields)[0]);
    expect(both.toSorted()).toEqual(['contacts[responsible][0][id]', 'contacts[update][0][id]']);
    await standIn.control('DELETE', `/sandbox/contacts/${id}`);
    expect(await next()).toMatchObject({ 'contacts[delete][0][id]': String(id) });
    const company = (await standIn.addClient({ type: 'company', name: 'ООО' })).id;
    await standIn.control('PATCH', `/sandbox/contacts/${company}`, { name: 'АО' });
    expect(await next()).toMatchObject({ 'contacts[update][0][type]': 'company', 'contacts[update][0][name]': 'АО' });
  });

  it('tells of leads: new, moved, given away, deleted', async () => {
    await subscribe('add_lead');
    const [{ id }] = (await standIn.api('POST', '/api/v4/leads', [{ name: 'Окна', price: 5 }])).body._embedded.leads;
    expect(await next()).toMatchObject({ 'leads[add][0][id]': String(id), 'leads[add][0][price]': '5' });
    await subscribe('status_lead');
    await standIn.control('PATCH', `/sandbox/leads/${id}`, { statusId: talks });
    expect(await next()).toMatchObject({
      'leads[status][0][status_id]': String(talks),
      'leads[status][0][old_status_id]': '8000110',
      'leads[status][0][modified_user_id]': '504141',
    });
    await subscribe('responsible_lead');
    await standIn.api('PATCH', '/api/v4/leads', [{ id, responsible_user_id: 504143 }]);
    expect(await next()).toMatchObject({ 'leads[responsible][0][responsible_user_id]': '504143' });
    await subscribe('delete_lead');
    await standIn.control('DELETE', `/sandbox/leads/${id}`);
    expect(await next()).toMatchObject({ 'leads[delete][0][id]': String(id) });
  });

  it('tells of tasks, with the times of the account', async () => {
    await subscribe('add_task', 'update_task', 'delete_task');
    const contact = (await standIn.addClient({ name: 'Иван' })).id;
    const task = { text: 'Перезвонить', complete_till: 1_794_003_600, entity_id: contact, entity_type: 'contacts' };
    const [{ id }] = (await standIn.api('POST', '/api/v4/tasks', [task])).body._embedded.tasks;
    expect(await next()).toMatchObject({
      ...{ 'task[add][0][id]': String(id), 'task[add][0][status]': '0', 'task[add][0][element_type]': '1' },
      'task[add][0][complete_till]': '2026-11-07 01:20:00',
    });
    await standIn.completeTask(id);
    expect(await next()).toMatchObject({ 'task[update][0][status]': '1', 'task[update][0][action_close]': '1' });
    await standIn.control('DELETE', `/sandbox/tasks/${id}`);
    expect(await next()).toMatchObject({ 'task[delete][0][id]': String(id) });
  });

  it('tells of an incoming lead only once it is accepted', async () => {
    await subscribe('add_lead', 'add_contact');
    const metadata = { phone: '+7', called_at: 1, duration: 0, service_code: 'ringflow', uniq: 'u' };
    const item = { source_uid: 's', source_name: 's', metadata, _embedded: { contacts: [{ name: 'Кто-то' }] } };
    const [{ uid }] = (await standIn.api('POST', '/api/v4/leads/unsorted/sip', [item])).body._embedded.unsorted;
    await standIn.addClient({ name: 'Первый' });
    expect(await next()).toMatchObject({ 'contacts[add][0][name]': 'Первый' });
    await standIn.api('POST', `/api/v4/leads/unsorted/${uid}/accept`, { user_id: 504141, status_id: talks });
    const keys = [await next(), await next()].map((fields) => Object.keys(fields)[0]);
    expect(keys.toSorted()).toEqual(['contacts[add][0][id]', 'leads[add][0][id]']);
  });
});

describe('a webhook that is answered badly', () => {
  it('comes three times after a refusal', async () => {
    await subscribe('add_contact');
    await patience(0);
    receiver.answerWith(404);
    await standIn.addClient({ name: 'Иван' });
    for (let attempt = 1; attempt <= 3; attempt++) await receiver.next();
    await deliveries(3);
    receiver.answerWith(200);
    await standIn.addClient({ name: 'Пётр' });
    await receiver.next();
    const statuses = (await deliveries(4)).map(({ attempt, status }) => [attempt, status]);
    expect(statuses).toEqual([
      [1, 404],
      [2, 404],
      [3, 404],
      [1, 200],
    ]);
  });

  it.each([
    ['an error of the server', 503 as const, 503],
    ['no answer in time', 'silence' as const, 499],
  ])('comes five times after %s', async (_, answer, status) => {
    await subscribe('add_contact');
    await patience(0, answer === 'silence' ? 50 : 60_000);
    receiver.answerWith(answer);
    await standIn.addClient({ name: 'Иван' });
    for (let attempt = 1; attempt <= 5; attempt++) await receiver.next();
    const attempts = (await deliveries(5)).map((delivery) => [delivery.attempt, delivery.status]);
    expect(attempts).toEqual([1, 2, 3, 4, 5].map((attempt) => [attempt, status]));
  });

  it('is not followed to where a redirection leads', async () => {
    await subscribe('add_contact');
    receiver.answerWith(302);
    await standIn.addClient({ name: 'Иван' });
    expect(await deliveries(1)).toMatchObject([{ status: 302, attempt: 1 }]);
  });

  it('comes once if the second attempt finds an answer', async () => {
    await subscribe('add_contact');
    await patience(0);
    receiver.answerWith(500);
    await standIn.addClient({ name: 'Иван' });
    await receiver.next();
    receiver.answerWith(200);
    const attempts = await deliveries(2);
    expect(attempts.at(-1)).toMatchObject({ status: 200 });
  });

  it('more than a hundred times in two hours is sent no more, until it is subscribed anew', async () => {
    await subscribe('add_contact');
    receiver.answerWith(403); // the next attempts are minutes away
    for (let count = 0; count < 100; count++) await standIn.addClient({ name: 'Иван' });
    await deliveries(100);
    expect((await standIn.state()).webhooks).toMatchObject([{ isDisabled: false }]);
    nowMs += 2 * 3_600_000;
    await standIn.addClient({ name: 'Иван' });
    await deliveries(101);
    expect((await standIn.state()).webhooks).toMatchObject([{ isDisabled: false }]);
    for (let count = 0; count < 100; count++) await standIn.addClient({ name: 'Иван' });
    await deliveries(201);
    const disabled = async () => (await standIn.api('GET', path)).body._embedded.webhooks[0].disabled;
    expect(await disabled()).toBe(true);
    await standIn.addClient({ name: 'Иван' });
    await subscribe('add_contact');
    expect(await disabled()).toBe(true);
    await standIn.api('DELETE', path, { destination: receiver.url });
    expect((await subscribe('add_contact')).body.disabled).toBe(false);
    await standIn.addClient({ name: 'Последний' });
    expect(await deliveries(202)).toHaveLength(202);
  });
});
