import { decodeJwt } from 'jose';
import type { RowDataPacket } from 'mysql2/promise';
import { allFeatures } from '../../proto/licence/feature.ts';
import { makeMachine } from '../../tests/rig/licensed-machine.ts';
import { type LicensingHouse, type StaffVisitor, startLicensingHouse } from '../../tests/rig/licensing-staff.ts';

jest.setTimeout(60_000);

const dayMs = 86_400_000;
let house: LicensingHouse;
let admin: Awaited<ReturnType<LicensingHouse['person']>>;

/** For a test that counts what there is. */
async function anew(): Promise<void> {
  await house?.close();
  house = await startLicensingHouse();
  admin = await house.person();
}
beforeAll(anew);
afterAll(() => house.close());

const answer = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, who: StaffVisitor = admin) =>
  (await who.send(method, url, body)).json();

async function sold(sale: object = {}, name = 'Acme') {
  const { id: customerId } = await answer('POST', '/api/customers', { name, email: '', note: '', partnerId: null });
  const { purchase, key } = await answer('POST', `/api/customers/${customerId}/purchases`, {
    ...{ planId: 'professional', ...sale },
  });
  return { customerId, id: purchase.id as number, key: key as string, purchase };
}

/** Asks as a machine does. @returns the claims, or the error */
async function ask(own: Awaited<ReturnType<typeof machine>>, purpose: 'activate' | 'check' | 'trial', changes: object) {
  const iat = Math.floor(house.tools.nowMs() / 1_000);
  const request = await own.request(purpose, { iat, ...changes });
  const body = (await house.visitor().send('POST', `/v1/${purpose}`, { request })).json();
  return body.permit ? decodeJwt(body.permit) : body;
}

const machine = () => makeMachine({ url: '', caFile: 'package.json', rootKey: '' });

it('a sale is as its plan says, unless something else is said; its key is told once', async () => {
  const { purchase, key, customerId } = await sold();
  expect(purchase).toMatchObject({ planId: 'professional', seats: 10, features: allFeatures, state: 'active' });
  expect(purchase.paidUntilMs - purchase.createdAtMs).toBe(365 * dayMs);
  expect(key).toMatch(/^RF(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
  const read = await admin.send('GET', `/api/customers/${customerId}`);
  expect(read.body).not.toContain(key);
  expect(read.json().purchases).toMatchObject([{ keyHint: key.slice(-5), installation: null }]);
  expect((await admin.send('GET', `/api/history?customerId=${customerId}`)).body).not.toContain(key);
  const free = await sold({ planId: 'free', seats: 3 });
  expect(free.purchase).toMatchObject({ paidUntilMs: null, seats: 3, graceUntilMs: null });
});

it.each([
  ['a trial, which is begun and never sold', { planId: 'trial' }, 'plan-unknown'],
  ['a plan that is none', { planId: 'golden' }, 'plan-unknown'],
  ['a term that has passed', { planId: 'professional', untilMs: 1 }, 'end-passed'],
])('%s is not sold', async (_, sale, code) => {
  const { customerId } = await sold();
  const refused = await admin.send('POST', `/api/customers/${customerId}/purchases`, sale);
  expect([refused.statusCode, refused.json().code]).toEqual([409, code]);
  expect(refused.json().whatToDo).toMatch(/\w/);
});

it('a term goes through invoice, payment, grace and end, and everybody is told so', async () => {
  await anew();
  const { id, key } = await sold({ untilMs: house.tools.nowMs() + 20 * dayMs });
  const own = await machine();
  await ask(own, 'activate', { key });
  const state = async () => (await answer('GET', `/api/purchases/${id}`)).purchase.state;
  const overview = () => answer('GET', '/api/overview');
  expect(await overview()).toMatchObject({ active: 1, endsSoon: [], grace: [] });
  house.passDays(7);
  expect(await overview()).toMatchObject({ endsSoon: [{ id, daysLeft: 13 }], silent: 1 });
  const dueMs = house.tools.nowMs() + 18 * dayMs;
  await answer('POST', `/api/purchases/${id}/invoice-pending`, { untilMs: dueMs });
  expect(await overview()).toMatchObject({ invoicePending: 1, pending: [{ id, invoiceUntilMs: dueMs }] });
  house.passDays(14);
  expect([await state(), (await ask(own, 'check', {})).isInvoicePending]).toEqual(['invoice-pending', true]);
  expect(await overview()).toMatchObject({ invoicePending: 1, active: 1, silent: 0 });
  house.passDays(5);
  expect([await state(), (await ask(own, 'check', {})).kind]).toEqual(['grace', 'paid']);
  expect(await overview()).toMatchObject({ inGrace: 1, grace: [{ id }], active: 1, endsSoon: [], pending: [] });
  house.passDays(20);
  expect([await state(), (await ask(own, 'check', {})).reason]).toEqual(['over', 'term-over']);
  await answer('POST', `/api/purchases/${id}/extend`, { untilMs: house.tools.nowMs() + 365 * dayMs });
  expect([await state(), (await ask(own, 'check', {})).kind]).toEqual(['active', 'paid']);
});

it('a term is never shortened by extending it', async () => {
  const paidUntilMs = house.tools.nowMs() + 100 * dayMs;
  const { id } = await sold({ untilMs: paidUntilMs });
  const extend = (untilMs: number) => answer('POST', `/api/purchases/${id}/extend`, { untilMs });
  expect(await extend(paidUntilMs - dayMs)).toMatchObject({
    code: 'would-shorten',
    whatToDo: expect.stringMatching(/\w/),
  });
  expect((await answer('GET', `/api/purchases/${id}`)).purchase.paidUntilMs).toBe(paidUntilMs);
  expect((await extend(paidUntilMs + dayMs)).paidUntilMs).toBe(paidUntilMs + dayMs);
});

it('an end that was typed too late is corrected with a reason, and never lengthened so', async () => {
  const paidUntilMs = house.tools.nowMs() + 1_000 * dayMs;
  const { id, key } = await sold({ untilMs: paidUntilMs });
  const own = await machine();
  await ask(own, 'activate', { key });
  const untilMs = house.tools.nowMs() + 100 * dayMs;
  const correct = (body: object, who: StaffVisitor = admin) =>
    who.send('POST', `/api/purchases/${id}/correct-end`, body);
  expect((await correct({ untilMs })).statusCode).toBe(400);
  expect((await correct({ untilMs, reason: ' ' })).statusCode).toBe(400);
  expect((await correct({ untilMs: paidUntilMs + dayMs, reason: 'x' })).json().code).toBe('would-lengthen');
  expect((await correct({ untilMs: house.tools.nowMs() - 1, reason: 'x' })).json().code).toBe('end-passed');
  expect((await correct({ untilMs, reason: 'A year too much' })).json()).toMatchObject({ paidUntilMs: untilMs });
  expect((await ask(own, 'check', {})).paidUntil).toBe(Math.floor(untilMs / 1_000));
  expect((await answer('GET', `/api/history?purchaseId=${id}`))[0]).toMatchObject({
    ...{ event: 'end-corrected', details: { untilMs, reason: 'A year too much', before: { paidUntilMs } } },
  });
});

it('of a revocation and an activation that come at once the revocation holds', async () => {
  for (let time = 0; time < 5; time++) {
    const { id, key } = await sold();
    const own = await machine();
    const [came] = await Promise.all([
      ask(own, 'activate', { key }),
      answer('POST', `/api/purchases/${id}/revoke`, { reason: 'at once' }),
    ]);
    expect(came.kind === 'paid' || came.code === 'key-revoked').toBe(true);
    const next = await ask(own, 'check', {});
    expect(next.code ?? next.reason).toBe(came.kind === 'paid' ? 'revoked' : 'installation-unknown');
    expect((await ask(await machine(), 'activate', { key })).code).toBe('key-revoked');
  }
});

it('while the server itself was away nobody was silent: a thief does not come first', async () => {
  const [{ key }, own, thief] = [await sold(), await machine(), await machine()];
  const accounts = ['shop-that-is-known.amocrm.ru'];
  await ask(own, 'activate', { key, accounts });
  house.passDays(1);
  house.tools.upSinceMs = house.tools.nowMs();
  expect((await ask(thief, 'activate', { key, accounts })).code).toBe('key-in-use');
  expect((await ask(own, 'check', { accounts })).kind).toBe('paid');
  house.passDays(1); // now it was there to be asked
  expect((await ask(thief, 'activate', { key, accounts })).kind).toBe('paid');
});

it('whoever makes up machines for a stolen key hides nobody else and fills no table', async () => {
  await anew();
  const [stolen, other] = [await sold(), await sold({}, 'Other')];
  for (const { key } of [stolen, other]) await ask(await machine(), 'activate', { key });
  await ask(await machine(), 'activate', { key: other.key });
  for (let thief = 0; thief < 105; thief++) await ask(await machine(), 'activate', { key: stolen.key });
  expect(await answer('GET', '/api/foreign-keys')).toMatchObject([
    { purchaseId: stolen.id, machines: 100 },
    { purchaseId: other.id, machines: 1 },
  ]);
  const [[row]] = await house.pool.query<RowDataPacket[]>(
    "SELECT COUNT(*) AS n FROM history WHERE event = 'foreign-key-refused' AND purchase_id = ?",
    [stolen.id],
  );
  expect(row?.n).toBe(100);
});

it('seats, features and plan change from the next check on', async () => {
  const { id, key } = await sold();
  const own = await machine();
  await ask(own, 'activate', { key });
  await answer('PUT', `/api/purchases/${id}/terms`, { planId: 'professional', seats: 3, features: ['cards'] });
  expect(await ask(own, 'check', {})).toMatchObject({ seats: 3, features: ['cards'] });
});

it('customers are found by parts of their names and by the last signs of a key, page by page', async () => {
  await anew();
  const { key } = await sold({}, 'Заря 100%');
  for (let index = 0; index < 55; index++) {
    await answer('POST', '/api/customers', {
      name: `Firm ${index}`,
      email: `f${index}@firm.example`,
      note: '',
      partnerId: null,
    });
  }
  const names = async (query: string) =>
    (await answer('GET', `/api/customers?${query}`)).customers.map(({ name }: { name: string }) => name);
  expect(await names(`search=${encodeURIComponent('заря')}`)).toEqual(['Заря 100%']);
  expect(await names(`search=${encodeURIComponent('0%')}`)).toEqual(['Заря 100%']);
  expect(await names(`search=${key.slice(-5).toLowerCase()}`)).toEqual(['Заря 100%']);
  expect(await names('search=f54@')).toEqual(['Firm 54']);
  expect(await names('page=2')).toHaveLength(6);
  expect(await answer('GET', '/api/customers')).toMatchObject({ total: 56, pageSize: 50 });
});

it('who came with the key of another is seen, and may be let in', async () => {
  await anew();
  const { id, key } = await sold();
  const [own, thief] = [await machine(), await machine()];
  await ask(own, 'activate', { key });
  expect((await ask(thief, 'activate', { key, accounts: ['thief.amocrm.ru'] })).code).toBe('key-in-use');
  const { refusedAttempts } = await answer('GET', `/api/purchases/${id}`);
  expect(refusedAttempts).toMatchObject([{ thumbprint: thief.thumbprint, accounts: ['thief.amocrm.ru'] }]);
  expect(await answer('GET', '/api/foreign-keys')).toMatchObject([{ purchaseId: id, customer: 'Acme', times: 1 }]);
  expect(await answer('GET', '/api/overview')).toMatchObject({ foreignKeys: 1 });
  await answer('POST', `/api/purchases/${id}/move`, { thumbprint: thief.thumbprint });
  expect(await ask(thief, 'activate', { key })).toMatchObject({ kind: 'paid' });
  expect(await ask(own, 'check', {})).toMatchObject({ kind: 'restricted', reason: 'moved' });
  const { installations } = await answer('GET', `/api/installations?search=${thief.thumbprint}`);
  expect(installations).toMatchObject([{ purchaseId: id, usage: { employees: 3 }, version: '1.0.0' }]);
  expect((await answer('POST', `/api/purchases/${id}/release`)).installation).toBeNull();
  expect((await answer('POST', `/api/purchases/${id}/release`)).code).toBe('not-activated');
});

it('the history says who did what, when, about whom', async () => {
  const { id, customerId } = await sold();
  await answer('POST', `/api/purchases/${id}/revoke`, { reason: 'not paid' });
  await answer('POST', `/api/purchases/${id}/give-back`);
  const history = await answer('GET', `/api/history?customerId=${customerId}`);
  expect(history.map(({ event }: { event: string }) => event)).toEqual([
    'given-back',
    'revoked',
    'sold',
    'customer-added',
  ]);
  expect(history[1]).toMatchObject({
    actor: `user:${admin.user.login}`,
    purchaseId: id,
    details: { reason: 'not paid' },
  });
  expect(await answer('GET', `/api/history?before=${history[2].id}&customerId=${customerId}`)).toHaveLength(1);
});

it('a trial is extended by our own people, over its end too', async () => {
  const own = await machine();
  await ask(own, 'trial', { accounts: ['shop.amocrm.ru'] });
  house.passDays(40);
  expect((await ask(own, 'check', {})).reason).toBe('trial-over');
  const { trials } = await answer('GET', '/api/trials?search=shop');
  const untilMs = house.tools.nowMs() + 7 * dayMs;
  await answer('POST', `/api/trials/${trials[0].id}/extend`, { untilMs });
  expect(await ask(own, 'check', {})).toMatchObject({ kind: 'trial', paidUntil: Math.floor(untilMs / 1_000) });
});

describe('a machine that reaches nobody', () => {
  const permitFor = async (request: string, who: StaffVisitor = admin) =>
    (await who.send('POST', '/api/offline-permits', { request })).json();

  it('gets a permit as a file, good until the end of term and grace, however old its request', async () => {
    const { key, purchase, id } = await sold();
    const own = await machine();
    const request = await own.request('offline', { key, iat: 1_700_000_000 });
    const claims = decodeJwt((await permitFor(request)).permit);
    expect(claims).toMatchObject({
      askedAt: 1_700_000_000,
      isOffline: true,
      kind: 'paid',
      sub: own.thumbprint,
      seats: 10,
    });
    expect((claims.exp ?? 0) * 1_000).toBeGreaterThanOrEqual(purchase.paidUntilMs + 14 * dayMs);
    expect((await answer('GET', `/api/purchases/${id}`)).purchase).toMatchObject({
      ...{ isOffline: true, offlineUntilMs: (claims.exp ?? 0) * 1_000 },
    });
    const again = decodeJwt((await permitFor(request)).permit);
    expect(again.serial).toBe((claims.serial as number) + 1);
  });

  it('keeps its key, however silent it is: only people move it', async () => {
    const [{ key, id }, own, other] = [await sold(), await machine(), await machine()];
    await permitFor(await own.request('offline', { key }));
    house.passDays(30);
    expect((await ask(other, 'activate', { key })).code).toBe('key-in-use');
    await answer('POST', `/api/purchases/${id}/release`);
    expect((await ask(other, 'activate', { key })).kind).toBe('paid');
    expect((await permitFor(await own.request('offline', { key }))).code).toBe('key-in-use');
  });

  it('gets nothing for a key whose term and grace are over', async () => {
    const [{ key, id }, own] = [await sold({ untilMs: house.tools.nowMs() + dayMs }), await machine()];
    house.passDays(30);
    expect((await permitFor(await own.request('offline', { key }))).code).toBe('key-over');
    expect((await answer('GET', `/api/purchases/${id}`)).purchase.installation).toBeNull();
  });

  it('gets nothing for a key that is revoked, unknown, of the customer of another, or for another purpose', async () => {
    const [{ key, id }, own] = [await sold(), await machine()];
    await answer('POST', '/api/partners', { name: 'A partner' });
    const [{ id: partnerId }] = await answer('GET', '/api/partners');
    const partner = await house.person({ role: 'partner', partnerId });
    expect((await permitFor(await own.request('offline', { key }), partner)).code).toBe('key-unknown');
    expect((await permitFor(await own.request('check', { key }))).code).toBe('request-invalid');
    expect((await permitFor(await own.request('offline'))).code).toBe('key-unknown');
    await answer('POST', `/api/purchases/${id}/revoke`, { reason: '' });
    expect((await permitFor(await own.request('offline', { key }))).code).toBe('key-revoked');
  });

  it('is not served over the wire: who sells must see the request', async () => {
    const [{ key }, own] = [await sold(), await machine()];
    const request = await own.request('offline', { key });
    for (const path of ['/v1/activate', '/v1/offline']) {
      expect((await house.visitor().send('POST', path, { request })).statusCode).toBeGreaterThanOrEqual(400);
    }
  });
});

it('the schema can be taken down and put up again', async () => {
  const { migrate } = await import('../store/migrate.ts');
  const { createDatabase } = await import('../../tests/rig/databases.ts');
  const database = await createDatabase('licensing');
  await migrate(database.url);
  await migrate(database.url, 0);
  expect((await migrate(database.url)).length).toBeGreaterThan(0);
  await database.drop();
});
