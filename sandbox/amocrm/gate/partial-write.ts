import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendValidation, validationProblem } from '../api/problems.ts';
import { notAChoice, requestIdOf } from '../api/request-rules.ts';
import type { Fault } from './faults.ts';

/**
 * Of a bulk write one item is refused, as if its responsible were no user. Whether amoCRM stores the others then is not
 * known (contract 3), so the fault says it. A request that has no such item is not touched.
 */
export function servePartialWrites(app: FastifyInstance): { plan(request: FastifyRequest, fault: Fault): void } {
  const planned = new WeakMap<FastifyRequest, Fault>();
  const refused = new WeakMap<FastifyRequest, string>();

  app.addHook('preHandler', async (request, reply) => {
    const fault = planned.get(request);
    const index = fault?.index ?? 0;
    if (!fault || !Array.isArray(request.body) || index >= request.body.length) return;
    const requestId = requestIdOf(request.body[index], index);
    const others = request.body.toSpliced(index, 1);
    if (!fault.storesOthers || others.length === 0) return sendValidation(reply, [refusal(requestId)]);
    request.body = others;
    refused.set(request, requestId);
  });

  // the others have been carried out, if they were right
  app.addHook('onSend', async (request, reply, payload) => {
    const requestId = refused.get(request);
    if (requestId === undefined || reply.statusCode >= 300) return payload;
    reply.code(400).type('application/problem+json');
    return JSON.stringify(validationProblem([refusal(requestId)]));
  });

  return { plan: (request, fault) => void planned.set(request, fault) };
}

function refusal(requestId: string) {
  return { request_id: requestId, errors: [notAChoice('responsible_user_id')] };
}
