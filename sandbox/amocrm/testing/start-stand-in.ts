import type { FastifyInstance, InjectOptions } from 'fastify';
import type { ItemErrors } from '../api/problems.ts';
import type { stateView } from '../control/state-view.ts';
import { createAmocrmStandIn } from '../create-stand-in.ts';
import type { ClientSeed } from '../crm/crm-store.ts';
import type { Fault } from '../gate/faults.ts';
import type { AmocrmStandInOptions } from '../stand-in-context.ts';

export const token = 'the-token-of-the-tests';

export interface Answer {
  status: number;
  contentType: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of all forms
  body: any;
}

/** A stand-in of amoCRM for one test. */
export interface StandIn {
  app: FastifyInstance;
  url: string;
  /** Asks the API with the right token. */
  api(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  state(): Promise<ReturnType<typeof stateView>>;
  /** What tests and people do beside the API; throws if it is refused. */
  control(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Answer['body']>;
  addClient(client: ClientSeed): Promise<{ id: number }>;
  /** As if somebody had ticked the task off in amoCRM. */
  completeTask(id: number): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** As a person does on the page that asks. @returns where the browser is sent */
  answerConsent(answer: 'allow' | 'deny', clientId: string, state?: string): Promise<string>;
  /** Of a person who has allowed the integration. */
  code(clientId: string): Promise<string>;
}

export async function startStandIn(options: Partial<AmocrmStandInOptions> = {}): Promise<StandIn> {
  const app = createAmocrmStandIn({ accessToken: token, seed: true, requestsPerSecond: 100_000, ...options });
  const url = await app.listen({ host: '127.0.0.1', port: 0 }); // the links in its answers are absolute
  const send = async (request: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, body: text } = await app.inject(request);
    const contentType = String(headers['content-type'] ?? '');
    return { status: statusCode, contentType, text, body: contentType.includes('json') ? JSON.parse(text) : undefined };
  };
  const control: StandIn['control'] = async (method, path, payload) => {
    const answer = await send({ method, url: path, headers: { host: '127.0.0.1' }, ...(payload && { payload }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const answerConsent = async (answer: 'allow' | 'deny', clientId: string, state?: string) => {
    const asked = new URLSearchParams({ client_id: clientId, ...(state !== undefined && { state }) });
    const page = await (await fetch(`${url}/oauth?${asked}`)).text();
    const link = new RegExp(`id="${answer}" href="([^"]+)"`).exec(page)?.[1]?.replaceAll('&amp;', '&');
    const sent = await fetch(new URL(link ?? '/none', url), { redirect: 'manual' });
    return sent.headers.get('location') ?? '';
  };
  return {
    app,
    url,
    answerConsent,
    code: async (clientId) => new URL(await answerConsent('allow', clientId)).searchParams.get('code') ?? '',
    api: (method, path, payload, headers = {}) =>
      send({
        method,
        url: path,
        headers: {
          authorization: `Bearer ${token}`,
          ...(payload !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
      }),
    control,
    state: () => control('GET', '/sandbox/state'),
    addClient: (client) => control('POST', '/sandbox/contacts', client),
    completeTask: (id) => control('PUT', `/sandbox/tasks/${id}/completed`),
    fault: (fault) => control('POST', '/sandbox/faults', fault),
  };
}

/** Holds if amoCRM's form of a refused request names just this. */
export function expectRefusal(answer: Answer, errors: { code: string; path: string }[], requestId = '0'): void {
  expect(answer.status).toBe(400);
  expect(answer.contentType).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400, detail: 'Request validation failed' });
  const items = answer.body['validation-errors'] as ItemErrors[];
  expect(items.map(({ request_id }) => request_id)).toEqual([requestId]);
  expect(items.flatMap((item) => item.errors)).toEqual(errors.map((error) => expect.objectContaining(error)));
}
