import { errorOfAnswer, errorOfNetwork } from './errors.ts';

const json = { 'content-type': 'application/json' };

describe("amoCRM's answer", () => {
  it.each([
    [200, json, '{}'],
    [204, {}, null],
    [400, { 'content-type': 'application/problem+json' }, '{}'],
  ])('%i is for the caller to read', async (status, headers, body) => {
    expect(await errorOfAnswer(new Response(body, { status, headers }))).toBeUndefined();
  });

  it.each<[number, string, Record<string, string>, string, object]>([
    [429, '{}', { ...json, 'retry-after': '3' }, 'RateLimited', { hadNoEffect: true, retryAfterMs: 3000 }],
    [429, '{"retry_after":2}', json, 'RateLimited', { hadNoEffect: true, retryAfterMs: 2000 }],
    [429, 'no', {}, 'RateLimited', { hadNoEffect: true, retryAfterMs: 1000 }],
    [401, '{}', json, 'TokenRefused', { hadNoEffect: true, isHopeless: false }],
    [402, '{}', json, 'AccountUnpaid', { hadNoEffect: true, isHopeless: false }],
    [403, '<html>', { 'content-type': 'text/html' }, 'Blocked', { hadNoEffect: true, isHopeless: false }],
    [403, '{}', json, 'Forbidden', { hadNoEffect: true, isHopeless: true }],
    [404, '{}', json, 'Gone', { hadNoEffect: true, isHopeless: true }],
    [404, '<html>', { 'content-type': 'text/html' }, 'ServerTrouble', { hadNoEffect: false, isHopeless: false }],
    [404, '', {}, 'ServerTrouble', { hadNoEffect: false, isHopeless: false }],
    [500, '<html>', {}, 'ServerTrouble', { hadNoEffect: false, isHopeless: false }],
    [504, '{}', json, 'TooSlow', { hadNoEffect: false, isHopeless: false }],
    [408, '{}', json, 'TooSlow', { hadNoEffect: false, isHopeless: false }],
    [301, '', {}, 'Moved', { hadNoEffect: true, isHopeless: false }],
    [200, '<html>', { 'content-type': 'text/html' }, 'ServerTrouble', { hadNoEffect: false }],
  ])('%i %s means what it should', async (status, body, headers, code, details) => {
    const error = await errorOfAnswer(new Response(body, { status, headers }));
    expect(error).toMatchObject({ code, ...details });
  });
});

describe('a request without an answer', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])('never left this machine on %s', (code) => {
    const error = errorOfNetwork(new TypeError('fetch failed', { cause: { code } }));
    expect(error).toMatchObject({ code: 'Unreachable', hadNoEffect: true });
  });

  it.each([
    ['a broken connection', new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }), 'NoAnswer'],
    ['a timeout', new DOMException('timed out', 'TimeoutError'), 'TooSlow'],
    ['any other error', new Error('whatever'), 'NoAnswer'],
  ])('may have been carried out on %s', (_, error, code) => {
    expect(errorOfNetwork(error)).toMatchObject({ code, hadNoEffect: false });
  });
});
