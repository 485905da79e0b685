import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createPayloadCodec } from '../../runtime/payload-codec.ts';
import { startTestApi, type TestApi } from '../../tests/rig/api.ts';
import { newSecretKeys } from '../../tests/rig/permits.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example', {}, 'https://temporal.example/namespaces/default');
});
afterAll(() => api.close());

const ofTemporalUi = { origin: 'https://temporal.example', 'sec-fetch-site': 'same-site', 'x-namespace': 'default' };
const value = { phone: '79161234567' };
const payload = defaultPayloadConverter.toPayload(value) as Payload;

const inJson = ([{ metadata = {}, data = new Uint8Array() } = {}]: Payload[]) => ({
  payloads: [
    {
      metadata: Object.fromEntries(
        Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
      ),
      data: Buffer.from(data ?? []).toString('base64'),
    },
  ],
});

const ask = (work: string, body: object, headers: Record<string, string>) =>
  api.app.inject({ method: 'POST', url: `/api/temporal/codec/${work}`, payload: body, headers });

it('the Temporal UI of an administrator who is signed in reads what is encrypted, and can write it', async () => {
  const { cookie } = await api.person({ role: 'admin' });
  const encoded = await ask('encode', inJson([payload]), { ...ofTemporalUi, cookie });
  expect(encoded.headers).toMatchObject({
    'access-control-allow-origin': 'https://temporal.example',
    'access-control-allow-credentials': 'true',
  });
  expect(encoded.json()).not.toEqual(inJson([payload]));
  const decoded = await ask('decode', encoded.json(), { ...ofTemporalUi, cookie });
  expect(decoded.json()).toEqual(inJson([payload]));
});

it('a browser is told before that only the pages of the Temporal UI may ask', async () => {
  const preflight = await api.app.inject({
    ...{ method: 'OPTIONS', url: '/api/temporal/codec/decode' },
    headers: { ...ofTemporalUi, 'access-control-request-method': 'POST' },
  });
  expect(preflight.statusCode).toBe(204);
  expect(preflight.headers['access-control-allow-origin']).toBe('https://temporal.example');
  expect(preflight.headers['access-control-allow-headers']).toContain('x-namespace');
  const elsewhere = await api.app.inject({
    ...{ method: 'OPTIONS', url: '/api/temporal/codec/decode', headers: { origin: 'https://evil.example' } },
  });
  expect(elsewhere.statusCode).toBe(403);
  expect(elsewhere.headers['access-control-allow-origin']).not.toBe('https://evil.example');
});

it('nobody else gets anything decrypted', async () => {
  const [admin, head, viewer] = await Promise.all([
    api.person({ role: 'admin' }),
    api.person({ role: 'head' }),
    api.person({ role: 'viewer' }),
  ]);
  const encoded = (await ask('encode', inJson([payload]), { ...ofTemporalUi, cookie: admin.cookie })).json();
  const refused = async (headers: Record<string, string>) => {
    const answer = await ask('decode', encoded, headers);
    return [answer.statusCode, answer.json().code];
  };
  expect(await refused(ofTemporalUi)).toEqual([401, 'sign-in-needed']);
  expect(await refused({ ...ofTemporalUi, cookie: head.cookie })).toEqual([403, 'not-allowed']);
  expect(await refused({ ...ofTemporalUi, cookie: viewer.cookie })).toEqual([403, 'not-allowed']);
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', cookie: admin.cookie };
  expect(await refused(evil)).toEqual([403, 'foreign-page']);
});

it('says that the key is missing by which a history was encrypted', async () => {
  const { cookie } = await api.person({ role: 'admin' });
  const foreign = await createPayloadCodec(newSecretKeys()).encode([payload]);
  const answer = await ask('decode', inJson(foreign), { ...ofTemporalUi, cookie });
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'no-payload-key']);
  expect(answer.json().whatToDo).toContain('TEMPORAL_PAYLOAD_KEYS');
});
