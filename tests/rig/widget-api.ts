import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

/** Stands where Ringflow's API for the widget will: the same paths, events and errors, told by hand. */
export interface WidgetApi {
  url: string;
  /** Every click that came, in order. */
  clicks: { requestId: string; number: string; userId: number }[];
  /** What is told to whom opens a stream: the line, and the calls that go on. */
  line: object;
  state: { accountId: number; isConnected: boolean; extension: string | null; settingsUrl: string };
  /** A call as it stands now, to all who listen and to all who come later. */
  call(call: { id: string } & object): void;
  gone(id: string, why: string): void;
  /** To all who listen now. */
  tell(event: string, data: unknown): void;
  /** What the next click is answered instead. */
  refuseNext(status: number, refusal: { code: string; message: string; whatToDo: string }): void;
  /** The answer to the next click is lost on its way. */
  loseNext(): void;
  /** Resolves when a stream is open. */
  listened(): Promise<void>;
  /** Resolves when none is. */
  left(): Promise<void>;
  /** As when the server is started anew. @param isForgetful the calls are over by then */
  breakStreams(isForgetful: boolean): void;
  ticketsGiven: number;
  close(): Promise<void>;
}

interface Integration {
  clientId: string;
  clientSecret: string;
}

export async function startWidgetApi(integration: Integration, port = 0): Promise<WidgetApi> {
  const app = Fastify({ forceCloseConnections: true });
  const calls = new Map<string, object>();
  const tickets = new Set<string>();
  const streams = new Set<FastifyReply['raw']>();
  const news = new EventEmitter();
  let special: ((reply: FastifyReply) => FastifyReply) | undefined;
  const tell = (event: string, data: unknown) => {
    for (const raw of streams) write(raw, event, data);
  };

  allowPages(app);
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/widget/events')) return;
    const user = userOf(request, integration);
    if (user === undefined) return reply.status(401).send(refusal('token-refused'));
  });

  const api: WidgetApi = {
    ...{ url: '', clicks: [], ticketsGiven: 0, line: { extension: '102', state: 'up' }, tell },
    state: { accountId: 31415926, isConnected: true, extension: '102', settingsUrl: 'http://127.0.0.1:9/amocrm' },
    call(call) {
      calls.set(call.id, call);
      tell('call', call);
    },
    gone(id, why) {
      calls.delete(id);
      tell('gone', { id, why });
    },
    refuseNext(status, told) {
      special = (reply) => reply.status(status).send(told);
    },
    loseNext() {
      special = (reply) => {
        reply.hijack();
        reply.raw.destroy();
        return reply;
      };
    },
    async listened() {
      if (streams.size === 0) await once(news, 'opened');
    },
    async left() {
      while (streams.size > 0) await once(news, 'closed');
    },
    breakStreams(isForgetful) {
      if (isForgetful) calls.clear();
      for (const raw of streams) raw.destroy();
    },
    close: () => app.close(),
  };

  app.post('/widget/tickets', (_request, reply) => {
    const ticket = randomUUID();
    tickets.add(ticket);
    api.ticketsGiven += 1;
    const { accountId, extension, settingsUrl } = api.state;
    return reply.send({ ticket, expiresInMs: 60_000, extension, accountId, settingsUrl });
  });

  app.get<{ Querystring: { ticket?: string } }>('/widget/events', (request, reply) => {
    if (!tickets.delete(request.query.ticket ?? '')) return reply.status(401).send(refusal('ticket-refused'));
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...allowed(request), 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    streams.add(raw);
    write(raw, 'line', api.line);
    for (const call of calls.values()) write(raw, 'call', call);
    raw.on('close', () => {
      streams.delete(raw);
      news.emit('closed');
    });
    news.emit('opened');
    return reply;
  });

  app.post<{ Body: { requestId: string; number: string } }>('/widget/calls', (request, reply) => {
    const { requestId, number } = request.body;
    const isRepeated = api.clicks.some((click) => click.requestId === requestId);
    if (!isRepeated) api.clicks.push({ requestId, number, userId: userOf(request, integration) ?? 0 });
    const answer = special;
    special = undefined;
    return answer?.(reply) ?? reply.status(202).send({ requestId, state: 'employee-rings' });
  });

  app.get('/widget/state', (_request, reply) => reply.send(api.state));
  api.url = await app.listen({ host: '127.0.0.1', port });
  return api;
}

const allowed = ({ headers }: FastifyRequest) => ({ 'access-control-allow-origin': headers.origin ?? 'null' });

function allowPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(allowed(request));
    if (request.method !== 'OPTIONS') return;
    reply.header('access-control-allow-methods', 'GET, POST');
    reply.header('access-control-allow-headers', 'X-Auth-Token, Content-Type, Accept-Language');
    return reply.status(204).send();
  });
  app.options('/*', (_request, reply) => reply.status(204).send());
}

function write(raw: FastifyReply['raw'], event: string, data: unknown): void {
  raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

const refusal = (code: string) => ({ code, message: `The server says ${code}.`, whatToDo: 'Try again.' });

/** @returns undefined if amoCRM has not signed the token for this integration */
function userOf({ headers }: FastifyRequest, { clientId, clientSecret }: Integration): number | undefined {
  const [head = '', body = '', signature = ''] = String(headers['x-auth-token'] ?? '').split('.');
  const right = createHmac('sha256', clientSecret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const isGood = claims.client_uuid === clientId && claims.exp * 1000 > Date.now();
  return isGood ? claims.user_id : undefined;
}
