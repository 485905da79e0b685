import { expectRefusal, type StandIn, startStandIn, token } from '../testing/start-stand-in.ts';

const call = { direction: 'inbound', duration: 42, source: 'Ringflow', phone: '+79161234567' };

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.app.close());

/** A real request: some faults are of the connection. */
const postCall = (signal?: AbortSignal) =>
  fetch(`${standIn.url}/api/v4/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([call]),
    ...(signal && { signal }),
  });
const getAccount = () => fetch(`${standIn.url}/api/v4/account`, { headers: { authorization: `Bearer ${token}` } });
const storedCalls = async () => (await standIn.state()).calls.length;

describe('a fault on demand', () => {
  it('cuts the connection after the work is done', async () => {
    await standIn.fault({ kind: 'cut-after' });
    await expect(postCall()).rejects.toThrow();
    expect(await storedCalls()).toBe(1);
    expect((await standIn.state()).requests).toMatchObject([{ status: 0, fault: 'cut-after' }]);
    expect((await postCall()).status).toBe(200);
  });

  it('cuts the connection before anything is done', async () => {
    await standIn.fault({ kind: 'cut-before' });
    await expect(postCall()).rejects.toThrow();
    expect(await storedCalls()).toBe(0);
  });

  it('never answers', async () => {
    await standIn.fault({ match: 'POST /api/v4/calls', kind: 'hang' });
    const patience = new AbortController();
    const answer = postCall(patience.signal);
    expect((await getAccount()).status).toBe(200);
    patience.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(await storedCalls()).toBe(0);
  });

  it('lets a request wait, while others overtake it, and then answers rightly', async () => {
    await standIn.fault({ match: 'POST /api/v4/calls', kind: 'delay', delayMs: 500 });
    const order: string[] = [];
    const late = postCall().then((answer) => {
      order.push('late');
      return answer;
    });
    await getAccount().then(() => order.push('next'));
    expect((await late).status).toBe(200);
    expect(order).toEqual(['next', 'late']);
    expect(await storedCalls()).toBe(1);
  });

  it.each([
    [500, { title: 'ErrInternalServer', status: 500 }],
    [504, { title: 'ErrInternalServer', status: 504 }],
    [402, { title: 'Payment Required', status: 402 }],
    [403, { title: 'Forbidden', status: 403 }],
    [429, { title: 'Too Many Requests', status: 429, retry_after: 2 }],
  ])('answers %i and does nothing', async (status, body) => {
    await standIn.fault({ kind: 'status', status, ...(status === 429 && { retryAfterSeconds: 2 }) });
    const answer = await postCall();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject(body);
    expect(await storedCalls()).toBe(0);
  });

  it('answers with the page of a proxy', async () => {
    await standIn.fault({ kind: 'html', status: 502 });
    const answer = await postCall();
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await storedCalls()).toBe(0);
  });

  it('hits only the requests it is meant for, as often as it is told', async () => {
    await standIn.fault({ match: 'POST /api/v4/*', kind: 'status', status: 500, times: 2 });
    expect((await getAccount()).status).toBe(200);
    const statuses = [await postCall(), await postCall(), await postCall()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it.each([
    ['and stores the others', true, ['Первый', 'Третий']],
    ['and stores nothing', false, []],
  ])('refuses one item of a bulk write, %s', async (_, storesOthers, stored) => {
    await standIn.fault({ match: 'POST /api/v4/contacts', kind: 'partial', index: 1, storesOthers });
    const batch = ['Первый', 'Второй', 'Третий'].map((name, index) => ({ name, request_id: `item ${index}` }));
    const answer = await standIn.api('POST', '/api/v4/contacts', batch);
    expectRefusal(answer, [{ code: 'NotSupportedChoice', path: 'responsible_user_id' }], 'item 1');
    const names = (await standIn.state()).contacts.filter(({ isNew }) => isNew).map(({ name }) => name);
    expect(names).toEqual(stored);
    expect((await standIn.api('POST', '/api/v4/contacts', batch)).status).toBe(200);
  });

  it('refuses one item of many changes', async () => {
    await standIn.fault({ kind: 'partial', storesOthers: true });
    const change = [1000001, 1000002].map((id) => ({ id, name: 'Другое имя' }));
    expectRefusal(await standIn.api('PATCH', '/api/v4/contacts', change), [
      { path: 'responsible_user_id', code: 'NotSupportedChoice' },
    ]);
    const changed = (await standIn.state()).contacts.filter(({ name }) => name === 'Другое имя');
    expect(changed.map(({ id }) => id)).toEqual([1000002]);
  });

  it('of an item that is not there leaves the request alone', async () => {
    await standIn.fault({ kind: 'partial', index: 1, storesOthers: true, times: 2 });
    expect((await standIn.api('POST', '/api/v4/contacts', [{ name: 'Один' }])).status).toBe(200);
    expect((await standIn.api('PATCH', '/api/v4/contacts/1000001', { name: 'Один' })).status).toBe(200);
  });

  it('can be taken back', async () => {
    await standIn.fault({ kind: 'status', status: 500, times: 1000 });
    expect((await fetch(`${standIn.url}/sandbox/faults`, { method: 'DELETE' })).status).toBe(204);
    expect((await postCall()).status).toBe(200);
  });

  it('must be one that the stand-in knows', async () => {
    for (const fault of [
      { kind: 'explode' },
      { kind: 'status', status: 200 },
      { kind: 'delay', delayMs: '5' },
      { kind: 'partial', index: -1 },
    ]) {
      await expect(standIn.fault(fault as never)).rejects.toThrow('400');
    }
  });
});
