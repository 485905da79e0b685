import { clientSecretOf, tokensOf } from '../../activities/store/secrets.ts';
import { writeTokenPair } from '../../activities/store/token-pair.ts';
import { ownAccountId, startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';

jest.setTimeout(30_000);

let api: TestApi;
let admin: Visitor;
const integration = { clientId: 'c-1', clientSecret: 's3cret-of-tests' };
const of = (id: string, rest = '') => `/api/accounts/${id}/amocrm${rest}`;

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example');
  admin = await api.person({});
  await api.accounts.add(ownAccountId, `https://${ownAccountId}`);
});
afterAll(() => api.close());

const connection = async (id: string) => (await admin.send('GET', of(id))).json();
async function addAccount(name: string): Promise<string> {
  return (await admin.send('POST', '/api/accounts', { address: `${name}.amocrm.ru`, ...integration })).json().id;
}
async function allow(id: string): Promise<void> {
  const [issuedAtMs, expiresAtMs] = [Date.now(), Date.now() + 4_000_000];
  const tokens = { version: 1, accessToken: 'access-s3cret', refreshToken: 'refresh-s3cret' };
  await writeTokenPair(api.secrets, id, { ...tokens, issuedAtMs, expiresAtMs, permission: 'p' });
}

describe('an account that is added in the browser', () => {
  it('is known by its host, and its secret is kept encrypted and never told', async () => {
    const address = 'https://First.amocrm.ru/leads/pipeline/1?skip=1';
    const answer = await admin.send('POST', '/api/accounts', { address, ...integration });
    expect([answer.statusCode, answer.json()]).toEqual([200, { id: 'first.amocrm.ru' }]);
    expect(await api.secrets.read(clientSecretOf('first.amocrm.ru'))).toBe(integration.clientSecret);
    const { body } = await admin.send('GET', of('first.amocrm.ru'));
    expect(body).not.toContain('s3cret');
    expect(JSON.parse(body)).toMatchObject({
      ...{ state: 'pending', access: 'integration', clientId: 'c-1', isAllowed: false, refreshAtMs: null, pause: null },
      redirectUri: 'https://ringflow.example/oauth/amocrm',
    });
  });

  it.each([
    ['https://evil.example', 400, 'wrong-account-url'],
    ['http://second.amocrm.ru', 400, 'wrong-account-url'],
    ['https://user:word@second.amocrm.ru', 400, 'wrong-account-url'],
    ['first.amocrm.ru', 409, 'account-taken'],
    [`https://${ownAccountId}`, 409, 'account-taken'],
  ])('is refused at %s', async (address, status, code) => {
    const answer = await admin.send('POST', '/api/accounts', { address, ...integration });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});

it('another integration ends what the one before was allowed', async () => {
  const id = await addAccount('other');
  await allow(id);
  await api.accounts.enter(id, 'connected', '');
  await admin.send('PUT', of(id, '/integration'), { ...integration, clientId: 'c-2' });
  expect(await connection(id)).toMatchObject({ clientId: 'c-2', state: 'pending', isAllowed: false });
});

it('what the environment says is not changed here', async () => {
  const answer = await admin.send('PUT', of(ownAccountId, '/integration'), integration);
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'account-of-environment']);
  expect(await connection(ownAccountId)).toMatchObject({ access: 'integration-of-environment' });
});

it('the link leads to amoCRM once, and who refuses there comes back to the page', async () => {
  const id = await addAccount('linked');
  const { link } = (await admin.send('POST', of(id, '/link'))).json();
  const open = () => api.app.inject({ url: link.replace('https://ringflow.example', '') });
  const asked = new URL(String((await open()).headers.location));
  expect([asked.host, asked.searchParams.get('client_id')]).toEqual(['www.amocrm.ru', 'c-1']);
  expect((await open()).statusCode).toBe(403);
  const query = { error: 'access_denied', state: String(asked.searchParams.get('state')) };
  const back = await api.app.inject({ url: '/oauth/amocrm', query });
  expect(back.headers.location).toBe(`https://ringflow.example/accounts/${id}/amocrm?permission=denied`);
});

it('what was installed from the widget is accepted once amoCRM has given access', async () => {
  const id = await addAccount('widget');
  const accept = () => admin.send('POST', of(id, '/accept'));
  expect((await accept()).json().code).toBe('nothing-to-accept');
  await allow(id);
  expect(await connection(id)).toMatchObject({ state: 'pending', isAllowed: true });
  expect((await accept()).statusCode).toBe(204);
  const { state, refreshAtMs } = await connection(id);
  expect([state, refreshAtMs]).toEqual(['connected', expect.any(Number)]);
  expect((await admin.send('GET', of(id))).body).not.toContain('s3cret');
});

it('who disconnects an account leaves no tokens behind', async () => {
  const id = await addAccount('gone');
  await allow(id);
  await api.accounts.enter(id, 'connected', '');
  expect((await admin.send('POST', of(id, '/disconnect'))).statusCode).toBe(204);
  expect(await connection(id)).toMatchObject({ state: 'disconnected', isAllowed: false, refreshAtMs: null });
  expect(await api.secrets.read(tokensOf(id))).toBeUndefined();
});

it('a pause is told with its reason and its end, and ended', async () => {
  const id = await addAccount('paused');
  const pause = { code: 'AccountUnpaid', reason: 'The account is not paid for.', untilMs: 1_795_000_000_000 };
  await api.redis.set(`ringflow:budget:c-1:${id}:pause`, JSON.stringify(pause), 'PX', 60_000);
  expect((await connection(id)).pause).toEqual(pause);
  await admin.send('POST', of(id, '/resume'));
  expect((await connection(id)).pause).toBeNull();
});
