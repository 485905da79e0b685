import {
  type LicensingHouse,
  type StaffVisitor,
  staffPassword,
  startLicensingHouse,
} from '../../tests/rig/licensing-staff.ts';

jest.setTimeout(60_000); // every operation is tried several times

let house: LicensingHouse;

beforeAll(async () => {
  house = await startLicensingHouse();
});
afterAll(() => house.close());

interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  id: string;
  hasBody: boolean;
}

/** Every operation of the pages. @param id in the place of each parameter */
function operations(id = 1): Operation[] {
  const paths = house.app.swagger().paths as Record<
    string,
    Record<string, { operationId: string; requestBody?: object }>
  >;
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
        method: method.toUpperCase() as Operation['method'],
        url: path.replaceAll(/\{\w+\}/g, String(id)),
        id: operationId,
        hasBody: requestBody !== undefined,
      })),
    );
}

const forAnybody = ['signIn', 'readPasswordLink', 'choosePassword'];
const forAdmins = [
  ...['revokePurchase', 'giveBackPurchase', 'addPartner', 'renamePartner'],
  ...['listUsers', 'addUser', 'changeUser', 'removeUser', 'endSessionsOf', 'issuePasswordLink'],
];
const notForPartners = [...forAdmins, 'listPartners', 'extendTrial', 'correctEnd'];

/** A body that each operation takes, so that only who asks can be what is wrong. */
const later = Date.now() + 400 * 86_400_000;
const bodies: Record<string, unknown> = {
  addCustomer: { name: 'Mine', email: '', note: '', partnerId: null },
  changeCustomer: { name: 'Mine', email: '', note: '', partnerId: null },
  sell: { planId: 'professional' },
  changeTerms: { planId: 'professional', seats: 3, features: ['cards'] },
  extendPurchase: { untilMs: later },
  awaitInvoice: { untilMs: later + 86_400_000 },
  correctEnd: { untilMs: later, reason: 'typed wrongly' },
  revokePurchase: { reason: '' },
  movePurchase: { thumbprint: 'x'.repeat(43) },
  issueOfflinePermit: { request: 'x' },
  extendTrial: { untilMs: later },
  reserveTrial: { account: 'shop.amocrm.ru', customerId: 1 },
  addPartner: { name: 'Another partner' },
  renamePartner: { name: 'Renamed' },
  addUser: { login: 'new', name: 'New', role: 'admin', partnerId: null },
  changeUser: { login: 'new', name: 'New', role: 'admin', partnerId: null },
};

async function partnerPerson(name: string) {
  const admin = await house.person();
  const partners = (await admin.send('POST', '/api/partners', { name })).json() as { id: number; name: string }[];
  const partnerId = partners.find((one) => one.name === name)?.id ?? 0;
  return { ...(await house.person({ role: 'partner', partnerId })), partnerId };
}

async function customerOf(who: StaffVisitor, name: string): Promise<{ customerId: number; purchaseId: number }> {
  const body = { name, email: '', note: '', partnerId: null };
  const customerId = (await who.send('POST', '/api/customers', body)).json().id;
  const sold = await who.send('POST', `/api/customers/${customerId}/purchases`, { planId: 'professional' });
  return { customerId, purchaseId: sold.json().purchase.id };
}

describe('the API of the pages', () => {
  it('answers nobody who is not signed in', async () => {
    const others = operations().filter(({ id }) => !forAnybody.includes(id));
    expect(others.length).toBeGreaterThan(30);
    for (const { method, url, id } of others) {
      const answer = await house.visitor('__Host-ringflow_licensing=forged').send(method, url, bodies[id]);
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'sign-in-needed']);
    }
  });

  it('lets support and partners do what is theirs, and no more', async () => {
    const people = [
      { who: await house.person({ role: 'support' }), forbidden: forAdmins },
      { who: await partnerPerson('Walking partner'), forbidden: notForPartners },
    ];
    for (const { who, forbidden } of people) {
      const walk = operations(999_999).filter(({ id }) => !['signOut', 'endSession'].includes(id));
      for (const { method, url, id } of walk.filter((one) => !forAnybody.includes(one.id))) {
        const { statusCode } = await who.send(method, url, bodies[id]);
        expect([id, statusCode === 403]).toEqual([id, forbidden.includes(id)]);
      }
    }
  });

  it('tells a partner nothing of the customers of others', async () => {
    const [own, other] = [await partnerPerson('Own'), await partnerPerson('Other')];
    const [mine, theirs] = [await customerOf(own, 'Mine'), await customerOf(other, 'Secret Ltd')];
    const admin = await house.person();
    await admin.send('POST', '/api/trials', { account: 'secret.amocrm.ru', customerId: theirs.customerId });
    for (const { method, url, id } of operations(theirs.purchaseId).filter(({ url: one }) =>
      one.includes('/purchases/'),
    )) {
      if (notForPartners.includes(id)) continue;
      expect([id, (await own.send(method, url, bodies[id])).statusCode]).toEqual([id, 404]);
    }
    for (const { method, url, id } of operations(theirs.customerId).filter(({ url: one }) =>
      /customers\/\d/.test(one),
    )) {
      expect([id, (await own.send(method, url, bodies[id])).statusCode]).toEqual([id, 404]);
    }
    const reads = operations(mine.customerId).filter(
      ({ method, id }) => method === 'GET' && !notForPartners.includes(id),
    );
    for (const { url } of reads) expect((await own.send('GET', url)).body).not.toMatch(/Secret Ltd|secret\.amocrm/);
    const listed = (await own.send('GET', '/api/customers')).json();
    expect(listed).toMatchObject({ total: 1, customers: [{ name: 'Mine', partnerId: own.partnerId }] });
    const trial = { account: 'new.amocrm.ru', customerId: theirs.customerId };
    expect((await own.send('POST', '/api/trials', trial)).statusCode).toBe(404);
    expect((await own.send('GET', '/api/overview')).json()).toMatchObject({ customers: 1, active: 1, trials: 0 });
  });

  it('does not let pages of others act for who is signed in', async () => {
    const { cookie, user } = await house.person();
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await house.app.inject({ method: 'DELETE', url: '/api/session', headers: { ...headers, cookie } });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'foreign-page']);
    }
    expect(await house.tools.sessions.list(user.id)).toHaveLength(1);
  });

  it('lets an administrator sign a person out wherever they are, which the history tells', async () => {
    const [admin, other] = [await house.person(), await house.person({ role: 'support' })];
    expect((await other.send('GET', '/api/customers')).statusCode).toBe(200);
    expect((await admin.send('DELETE', `/api/users/${other.user.id}/sessions`)).statusCode).toBe(204);
    expect((await other.send('GET', '/api/customers')).statusCode).toBe(401);
    const [last] = (await admin.send('GET', '/api/history')).json();
    expect(last).toMatchObject({ event: 'signed-out-everywhere', details: { login: other.user.login } });
  });

  it('names what is wrong with a request, and never fails by it', async () => {
    const admin = await house.person();
    const answer = await admin.send('POST', '/api/users', { login: 'x', role: 'king' });
    expect(answer.json()).toMatchObject({ code: 'wrong-request', faults: [expect.stringContaining('body')] });
    const nonsense = [null, [], 'text', { __proto__: {} }, { untilMs: -1 }, { untilMs: 1e99, planId: "'" }];
    for (const { method, url, id } of operations().filter((one) => one.hasBody)) {
      for (const body of nonsense) {
        const { statusCode } = await house.visitor(admin.cookie).send(method, url, body);
        expect([id, body, statusCode < 500]).toEqual([id, body, true]);
      }
    }
    for (const search of ['%', "' OR 1=1 --", '\\', '_'.repeat(200)]) {
      const { statusCode } = await admin.send('GET', `/api/customers?search=${encodeURIComponent(search)}`);
      expect(statusCode).toBe(200);
    }
  });
});

describe('signing in', () => {
  const signIn = (who: StaffVisitor, login: string, password = staffPassword) =>
    who.send('POST', '/api/session', { login, password });

  it('gives a cookie that scripts and other pages do not get, and that ends when one signs out', async () => {
    const { user } = await house.person();
    const answer = await signIn(house.visitor(), user.login.toUpperCase());
    expect(answer.json()).toMatchObject({ login: user.login, role: 'admin' });
    const header = String(answer.headers['set-cookie']);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(header).toContain(part);
    const cookie = header.split(';')[0] as string;
    expect((await house.visitor(cookie).send('GET', '/api/session')).json()).toMatchObject({ id: user.id });
    expect((await house.visitor(cookie).send('DELETE', '/api/session')).statusCode).toBe(204);
    expect((await house.visitor(cookie).send('GET', '/api/session')).statusCode).toBe(401);
  });

  it('says the same of a wrong name and of a wrong password, and lets nobody guess on', async () => {
    const [{ user }, guesser] = [await house.person(), house.visitor()];
    const answers = [
      await signIn(house.visitor(), user.login, 'a wrong password'),
      await signIn(house.visitor(), 'nobody@firm.example'),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    expect(answers[0]?.body).toBe(answers[1]?.body);
    for (let guess = 0; guess < 10; guess++) await signIn(guesser, user.login, `guess ${guess}`);
    expect((await signIn(guesser, user.login)).json().code).toBe('too-many-guesses');
    expect((await signIn(house.visitor(), user.login)).statusCode).toBe(200); // from elsewhere
  });

  it('by a link serves once, and ends what was begun with the old password', async () => {
    const [person, admin] = [await house.person(), await house.person()];
    const { link } = (await admin.send('POST', `/api/users/${person.user.id}/password-link`)).json();
    const token = new URL(link).hash.slice(1);
    const choose = () => house.visitor().send('POST', '/api/password', { token, password: 'another password' });
    const answers = await Promise.all([choose(), choose()]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410]);
    expect((await person.send('GET', '/api/session')).statusCode).toBe(401);
    expect((await signIn(house.visitor(), person.user.login)).statusCode).toBe(401);
  });

  it('is for those who are still there: the last admin stays', async () => {
    const house2 = await startLicensingHouse();
    try {
      const admin = await house2.person();
      const { id, hasPassword: _, ...description } = admin.user;
      expect((await admin.send('DELETE', `/api/users/${id}`)).json().code).toBe('no-admin');
      const demoted = await admin.send('PUT', `/api/users/${id}`, { ...description, role: 'support' });
      expect(demoted.json().code).toBe('no-admin');
      const second = await house2.person();
      expect((await second.send('DELETE', `/api/users/${id}`)).statusCode).toBe(204);
      expect((await admin.send('GET', '/api/session')).statusCode).toBe(401);
    } finally {
      await house2.close();
    }
  });
});
