import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendPage } from './page.ts';
import { languageOf, type Text, words } from './words.ts';

/** What a request can't be answered for; code, message and what to do are told to whoever asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: keyof typeof words.errors;

  constructor(status: number, code: keyof typeof words.errors) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** All errors in one form: `{code, message, whatToDo}`, or a page for a browser. */
export function answerErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    if (error instanceof ApiError) return sendError(request, reply, error.status, error.code);
    if (error.validation) return sendError(request, reply, 400, 'bad-request');
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendError(request, reply, error.statusCode, 'bad-request');
    }
    logger.error(error.stack ?? error.message); // never the URL: it may hold a code
    return sendError(request, reply, 503, 'trouble');
  });
  app.setNotFoundHandler((request, reply) => sendError(request, reply, 404, 'not-found'));
}

function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: keyof typeof words.errors,
): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const { title, text }: Text = words.errors[code][language];
  reply.status(status);
  if (request.headers.accept?.includes('text/html')) return sendPage(reply, language, { title, text });
  return reply.header('cache-control', 'no-store').send({ code, message: title, whatToDo: text });
}
