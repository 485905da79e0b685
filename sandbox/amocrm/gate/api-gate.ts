import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendHtml, sendProblem, sendServerError, sendTooFast } from '../api/problems.ts';
import type { StandInContext } from '../stand-in-context.ts';
import type { Fault } from './faults.ts';
import { servePartialWrites } from './partial-write.ts';

const defaultDelayMs = 1000;
/** nginx takes no longer line by default; what stands before amoCRM is not documented. */
const longestUrl = 8_000;

type Refuse = (request: FastifyRequest, reply: FastifyReply, context: StandInContext) => FastifyReply | null;

/**
 * Stands before every API route: who may ask, faults; and writes each request down.
 *
 * @param refuse answers whoever may not; by default token and rate limit decide
 */
export function guardApi(app: FastifyInstance, context: StandInContext, refuse: Refuse = refuseStrangers): void {
  const afterwards = new WeakMap<FastifyRequest, Fault['kind']>();
  const startedMs = new WeakMap<FastifyRequest, number>();
  const partialWrites = servePartialWrites(app);

  const record = (request: FastifyRequest, status: number, fault?: string) => {
    const [path = '', query = ''] = request.url.split('?', 2);
    const durationMs = Math.round(performance.now() - (startedMs.get(request) ?? performance.now()));
    const at = context.store.nowIso();
    context.requests.add({ method: request.method, path, query, status, durationMs, at, ...(fault && { fault }) });
  };

  const cut = (request: FastifyRequest, reply: FastifyReply, kind: string) => {
    record(request, 0, kind);
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  };

  app.addHook('onRequest', async (request, reply) => {
    startedMs.set(request, performance.now());
    if (request.url.length > longestUrl) return sendHtml(reply, 414);
    const refused = refuse(request, reply, context);
    if (refused) return refused;
    const fault = context.faults.take(request.method, request.url.split('?', 1)[0] ?? '');
    if (fault === null) return;
    if (fault.kind === 'cut-before') return cut(request, reply, fault.kind);
    if (fault.kind === 'partial') partialWrites.plan(request, fault);
    if (fault.kind.endsWith('-after')) afterwards.set(request, fault.kind);
    if (fault.kind === 'hang') {
      record(request, 0, fault.kind);
      return reply.hijack();
    }
    // Unreferenced: a slow answer mustn't hold the process when it is told to stop.
    if (fault.kind === 'delay') await delay(fault.delayMs ?? defaultDelayMs, undefined, { ref: false });
    if (fault.kind === 'html') return sendHtml(reply, fault.status ?? 403);
    if (fault.kind === 'status') return sendStatus(reply, fault, context);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const kind = afterwards.get(request);
    if (kind === 'cut-after') cut(request, reply, kind);
    if (kind === 'hang-after') {
      record(request, 0, kind);
      await new Promise(() => undefined);
    }
    if (kind !== 'empty-after') return payload;
    reply.code(200);
    return '{}';
  });

  app.addHook('onResponse', async (request, reply) => {
    if (afterwards.get(request) !== 'cut-after') record(request, reply.statusCode, afterwards.get(request));
  });
}

function refuseStrangers(request: FastifyRequest, reply: FastifyReply, context: StandInContext): FastifyReply | null {
  if (context.sessions.userOf(request) !== undefined) return null; // of amoCRM's own pages
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (token !== context.options.accessToken && !context.oauth.accepts(token)) {
    return sendProblem(reply, 401, 'Invalid user name or password');
  }
  const verdict = context.rateLimit.take();
  if (verdict === 'blocked') return sendHtml(reply, 403);
  if (verdict === 'too-fast') {
    return sendTooFast(reply, context.options.retryAfterSeconds, context.options.rateAnswer === 'html');
  }
  return null;
}

function sendStatus(reply: FastifyReply, fault: Fault, context: StandInContext): FastifyReply {
  const status = fault.status ?? 500;
  if (status === 429) {
    const retryAfterSeconds = fault.retryAfterSeconds ?? context.options.retryAfterSeconds;
    return sendTooFast(reply, retryAfterSeconds, context.options.rateAnswer === 'html');
  }
  return status >= 500
    ? sendServerError(reply, status)
    : sendProblem(reply, status, 'As the sandbox was told to answer');
}
