import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EndDecision } from '../../proto/crm-action.ts';
import { answered } from '../../tests/recorded/sample-calls.ts';
import { askAboutDecision } from './decision.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };
interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Begun and never ended. */
  isEndless?: boolean;
}

let server: Server;
let answer: Answer;
let heard: { headers: unknown; body: string }[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push({ headers: request.headers, body });
    response.writeHead(answer.status ?? 200, answer.headers ?? json);
    response.write(answer.body ?? '');
    if (!answer.isEndless) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  heard = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const decision: EndDecision = { changes: [], hooks: [] };
const hook = () => ({ id: 'crm', name: 'Our CRM', url: urlOf(server), timeoutMs: 500 });
const urlOf = (of: Server) => `http://127.0.0.1:${(of.address() as AddressInfo).port}/decide`;
const ask = () => askAboutDecision(hook(), 'main:1.1:decision', answered, decision);

it('the program hears the call, the decision and the key of the question', async () => {
  answer = { status: 204, headers: {} };
  await ask();
  expect(heard[0]?.headers).toMatchObject({
    'idempotency-key': 'main:1.1:decision',
    'content-type': 'application/json',
  });
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ call: answered, decision });
});

it.each<[string, Answer, object]>([
  ['204', { status: 204, headers: {} }, { outcome: 'as-decided' }],
  ['{}', { body: '{}' }, { outcome: 'as-decided' }],
  ['a veto that does not say that it is JSON', { headers: {}, body: '{"veto":"Spam"}' }, { outcome: 'veto' }],
  ['a veto', { body: '{"veto":"Spam"}' }, { outcome: 'veto', reason: 'Spam' }],
  [
    'a change',
    { body: '{"decision":{"contact":{"name":"Anna"}}}' },
    { outcome: 'changed', decision: { contact: { phone: '79161234567', name: 'Anna' } } },
  ],
])('%s is understood', async (_, given, expected) => {
  answer = given;
  expect(await ask()).toMatchObject(expected);
});

it.each<[string, Answer, string, boolean]>([
  ['HTML', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'no JSON', true],
  ['no JSON', { body: '{"veto":' }, 'no JSON', true],
  ['nothing in 200', {}, 'no JSON', true],
  ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'answered 302', true],
  ['a refusal', { status: 403 }, 'answered 403', true],
  ['what makes no sense', { body: '{"vetto":1}' }, '/vetto: is not known here', true],
  ['what was not decided', { body: '{"decision":{"registration":{"responsible":1}}}' }, 'no rule asks', true],
  ['more than it may', { body: JSON.stringify({ veto: 'x'.repeat(70_000) }) }, 'longer than 65536 bytes', true],
  ['trouble', { status: 503 }, 'answered 503', false],
  ['too many requests', { status: 429 }, 'answered 429', false],
  ['too slowly', { body: '{', isEndless: true }, 'no answer within 500 ms', false],
])('%s is no answer', async (_, given, words, isFinal) => {
  answer = given;
  await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining(words), nonRetryable: isFinal });
  expect(heard).toHaveLength(1);
});

it('a program that is not there is no answer, and may be asked again', async () => {
  const gone = { ...hook(), url: 'http://127.0.0.1:1/' };
  const asked = askAboutDecision(gone, 'k', answered, decision);
  await expect(asked).rejects.toMatchObject({ message: 'The hook "Our CRM": not reachable.', nonRetryable: false });
});
