import type { FastifyReply } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';

type Schemas = components['schemas'];
export type FieldError = Schemas['ValidationProblem']['validation-errors'][number]['errors'][number];
export type ItemErrors = Schemas['ValidationProblem']['validation-errors'][number];

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

function problem(status: number, detail: string): Schemas['Problem'] {
  return { title: titles[status] ?? 'Error', type: `https://httpstatus.es/${status}`, status, detail };
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return sendProblemBody(reply, status, problem(status, detail));
}

/** The account's API refused this many requests a second; `asHtml` is the form that is no JSON. */
export function sendTooFast(reply: FastifyReply, retryAfterSeconds: number | undefined, asHtml: boolean): FastifyReply {
  if (asHtml) return sendHtml(reply, 429);
  const retry = retryAfterSeconds === undefined ? {} : { retry_after: retryAfterSeconds };
  return sendProblemBody(reply, 429, { ...problem(429, 'Too many requests'), ...retry });
}

export function sendServerError(reply: FastifyReply, status: number): FastifyReply {
  const body: Schemas['ServerProblem'] = {
    title: 'ErrInternalServer',
    status,
    detail: 'Internal server error',
    trace_id: crypto.randomUUID(),
  };
  return sendProblemBody(reply, status, body);
}

export function sendValidation(reply: FastifyReply, errors: ItemErrors[]): FastifyReply {
  return sendProblemBody(reply, 400, validationProblem(errors));
}

export function validationProblem(errors: ItemErrors[]): Schemas['ValidationProblem'] {
  return { ...problem(400, 'Request validation failed'), status: 400, 'validation-errors': errors };
}

/** What nginx before amoCRM says: a page, whatever the client asked for. */
export function sendHtml(reply: FastifyReply, status: number): FastifyReply {
  const title = `${status} ${titles[status] ?? 'Error'}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return reply.status(status).type('text/html').send(page);
}

function sendProblemBody(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.status(status).type('application/problem+json').send(JSON.stringify(body));
}
