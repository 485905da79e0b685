import { password, startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';

jest.setTimeout(30_000); // every operation is tried several times

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example');
});
afterAll(() => api.close());

const signIn = (who: Visitor, login: string, word = password) =>
  who.send('POST', '/api/session', { login, password: word });

/** Every operation of the API, with something in the place of each parameter. */
function operations(): {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  id: string;
  hasBody: boolean;
  isEndless: boolean;
}[] {
  const paths = api.app.swagger().paths as Record<
    string,
    Record<string, { operationId: string; requestBody?: object; responses: Record<string, { content?: object }> }>
  >;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody, responses }]) => ({
      method: method.toUpperCase() as 'GET',
      url: path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'account' ? 'shop.example' : '1')),
      id: operationId,
      hasBody: requestBody !== undefined,
      isEndless: 'text/event-stream' in (responses[200]?.content ?? {}),
    })),
  );
}

const forAnybody = ['signIn', 'readPasswordLink', 'choosePassword'];
const forWhoeverIsSignedIn = ['signOut', 'endSession'];

describe('the API', () => {
  it('answers nobody who is not signed in', async () => {
    const others = operations().filter(({ id }) => !forAnybody.includes(id));
    expect(others.length).toBeGreaterThan(10);
    for (const { method, url } of others) {
      const answer = await api.visitor('ringflow_session=forged').send(method, url);
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, 'sign-in-needed']);
    }
  });

  it('lets nobody in the network choose the address by which their guesses are counted', async () => {
    const { user } = await api.person({});
    const payload = { login: user.login, password };
    for (const remoteAddress of ['192.168.1.5', '10.0.0.5']) {
      const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '203.0.113.7' };
      await api.app.inject({ method: 'POST', url: '/api/session', payload, remoteAddress, headers });
    }
    const seen = (await api.sessions.list(user.id)).map(({ address }) => address);
    expect(new Set(seen)).toEqual(new Set(['::1', '192.168.1.5', '203.0.113.7'])); // the proxy that is named is believed
  });

  it('lets viewers and heads change nothing', async () => {
    const people = await Promise.all([api.person({ role: 'viewer' }), api.person({ role: 'head' })]);
    const changes = operations().filter(
      ({ method, id }) => method !== 'GET' && ![...forAnybody, ...forWhoeverIsSignedIn].includes(id),
    );
    expect(changes.length).toBeGreaterThan(4);
    for (const { method, url } of changes) {
      for (const person of people) {
        expect([url, (await person.send(method, url)).statusCode]).toEqual([url, 403]);
      }
    }
    expect((await people[0]?.send('GET', '/api/users'))?.statusCode).toBe(403);
  });

  it('does not let pages of others act for who is signed in', async () => {
    const { cookie, user } = await api.person({});
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await api.app.inject({ method: 'DELETE', url: '/api/session', headers: { ...headers, cookie } });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'foreign-page']);
    }
    expect(await api.sessions.list(user.id)).toHaveLength(1);
  });

  it('tells nobody of an account that is not theirs', async () => {
    await api.accounts.add('shop.example', 'https://shop.example');
    await api.accounts.add('house.example', 'https://house.example');
    const viewer = await api.person({ role: 'viewer', accounts: ['house.example'] });
    const listed = (await viewer.send('GET', '/api/accounts')).json() as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(['house.example']);
    const ofShop = operations().filter(({ url, method }) => url.includes('shop.example') && method === 'GET');
    expect(ofShop.length).toBeGreaterThan(2);
    for (const { method, url } of ofShop)
      expect([url, (await viewer.send(method, url)).statusCode]).toEqual([url, 404]);
    const own = ofShop
      .filter(({ isEndless }) => !isEndless)
      .map(({ url }) => url.replace('shop.example', 'house.example'))
      .filter(
        (url) =>
          !/\/1(\/case|\/rows|\/routing|\/recording|\/recording\/sound)?$|\/(widget|held-back|backfills(\/1(\/calls)?)?)$/.test(
            url,
          ),
      );
    for (const url of own) expect([url, (await viewer.send('GET', url)).statusCode]).toEqual([url, 200]);
    for (const url of ['calls/1/1/rows', 'pbxs/1/routing', 'widget', 'held-back', 'backfills', 'backfills/1']) {
      expect((await viewer.send('GET', `/api/accounts/house.example/${url}`)).statusCode).toBe(403);
    }
  });

  it('names what is wrong with a request, and never fails by it', async () => {
    const admin = await api.person({});
    const answer = await admin.send('POST', '/api/users', { login: 'x', role: 'king' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'wrong-request', faults: [expect.stringContaining('body')] });
    const nonsense = [null, [], 'text', { __proto__: {} }, { basedOn: -1 }, { basedOn: 1e99, sections: { rules: 7 } }];
    for (const { method, url, id } of operations().filter((one) => one.hasBody)) {
      for (const body of nonsense) {
        const { statusCode } = await api.visitor(admin.cookie).send(method, url, body);
        expect([id, body, statusCode < 500]).toEqual([id, body, true]);
      }
    }
  });
});

describe('signing in', () => {
  it('gives a cookie that scripts and other pages do not get, and that ends when one signs out', async () => {
    const { user } = await api.person({});
    const answer = await signIn(api.visitor(), user.login.toUpperCase());
    expect(answer.json()).toMatchObject({ login: user.login, role: 'admin' });
    const header = String(answer.headers['set-cookie']);
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(header).toContain(part);
    const cookie = header.split(';')[0] as string;
    expect((await api.visitor(cookie).send('GET', '/api/session')).json()).toMatchObject({ id: user.id });
    expect((await api.visitor(cookie).send('DELETE', '/api/session')).statusCode).toBe(204);
    expect((await api.visitor(cookie).send('GET', '/api/session')).statusCode).toBe(401);
  });

  it('says the same of a wrong name and of a wrong password, and nothing of either', async () => {
    const { user } = await api.person({});
    const answers = [
      await signIn(api.visitor(), user.login, 'a wrong password'),
      await signIn(api.visitor(), 'nobody@firm.example'),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    expect(answers[0]?.body).toBe(answers[1]?.body);
    expect(answers[0]?.body).not.toContain('a wrong password');
  });

  it('lets nobody guess on, not even rightly', async () => {
    const [{ user }, guesser] = [await api.person({}), api.visitor()];
    for (let guess = 0; guess < 10; guess++) {
      expect((await signIn(guesser, user.login, `guess ${guess}`)).statusCode).toBe(401);
    }
    const last = await signIn(guesser, user.login);
    expect([last.statusCode, last.json().code]).toEqual([429, 'too-many-guesses']);
    expect((await signIn(api.visitor(), user.login)).statusCode).toBe(200); // from elsewhere
  });
});

describe('a link to choose a password', () => {
  it('serves once, and ends what was begun with the old password', async () => {
    const person = await api.person({});
    const admin = await api.person({});
    const { link } = (await admin.send('POST', `/api/users/${person.user.id}/password-link`)).json();
    const token = new URL(link).hash.slice(1);
    const choose = () => api.visitor().send('POST', '/api/password', { token, password: 'another password' });
    const answers = await Promise.all([choose(), choose()]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410]);
    expect((await person.send('GET', '/api/session')).statusCode).toBe(401);
    expect((await signIn(api.visitor(), person.user.login)).statusCode).toBe(401);
    expect((await signIn(api.visitor(), person.user.login, 'another password')).statusCode).toBe(200);
  });

  it('is void after its time and after a newer one', async () => {
    const { user } = await api.person({});
    const older = await api.users.issueLink(user.id);
    const newer = await api.users.issueLink(user.id);
    expect(await api.users.holderOf(older)).toBeUndefined();
    expect(await api.users.holderOf(newer)).toMatchObject({ id: user.id });
    await api.database.pool.query('UPDATE password_links SET expires_at = UTC_TIMESTAMP(3)');
    const answer = await api.visitor().send('POST', '/api/password', { token: newer, password: 'another password' });
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'password-link-void']);
  });
});

describe('managing users', () => {
  it('never leaves nobody who may', async () => {
    await api.database.pool.query('DELETE FROM users');
    const admin = await api.person({});
    const { id, hasPassword: _, ...description } = admin.user;
    const answers = [
      await admin.send('DELETE', `/api/users/${id}`),
      await admin.send('PUT', `/api/users/${id}`, { ...description, role: 'viewer' }),
    ];
    expect(answers.map((answer) => answer.json().code)).toEqual(['no-admin', 'no-admin']);
    expect((await admin.send('GET', '/api/users')).json()).toMatchObject([{ role: 'admin' }]);
    const second = await api.person({});
    expect((await second.send('DELETE', `/api/users/${id}`)).statusCode).toBe(204);
    expect((await admin.send('GET', '/api/session')).statusCode).toBe(401);
  });

  it('gives no name twice', async () => {
    const admin = await api.person({});
    const olga = { login: 'Olga@firm.example', name: 'Olga', role: 'head', extensions: ['101'], accounts: null };
    expect((await admin.send('POST', '/api/users', olga)).statusCode).toBe(200);
    const again = await admin.send('POST', '/api/users', { ...olga, login: 'olga@FIRM.example' });
    expect([again.statusCode, again.json().code]).toEqual([409, 'login-taken']);
  });
});
