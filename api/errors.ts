import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { SecretKeyError } from '../activities/store/key-ring.ts';
import { sendPage } from './page.ts';
import { type Language, languageOf, type Text, words } from './words.ts';

/** What a request can't be answered for; code, message and what to do are told to whoever asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: keyof typeof words.errors;
  /** What is wrong with what was sent, each with its place. */
  readonly faults: readonly string[] | undefined;
  /** Where the words depend on more than the code. */
  readonly told: ((language: Language) => Text) | undefined;

  constructor(
    status: number,
    code: keyof typeof words.errors,
    faults?: readonly string[],
    told?: (language: Language) => Text,
  ) {
    super(code);
    this.told = told;
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

/** What needs a key to encrypt with. @throws ApiError if there is none */
export async function orWithoutKeys<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SecretKeyError ? new ApiError(409, 'no-secret-keys') : error;
  }
}

/** All errors in one form: `{code, message, whatToDo}`, or a page for a browser. */
export function answerErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    if (error instanceof ApiError) return sendError(request, reply, error);
    const isOfApi = request.routeOptions.config.access !== undefined;
    const code = isOfApi ? 'wrong-request' : 'bad-request';
    if (error.validation)
      return sendError(request, reply, new ApiError(400, code, isOfApi ? faultsIn(error) : undefined));
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendError(request, reply, new ApiError(error.statusCode, code));
    }
    logger.error(error.stack ?? error.message); // never the URL: it may hold a code
    return sendError(request, reply, new ApiError(503, 'trouble'));
  });
  app.setNotFoundHandler(answerNotFound);
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendError(request, reply, new ApiError(404, 'not-found'));
}

function faultsIn({ validation = [], validationContext }: FastifyError): string[] {
  return validation.map(({ instancePath, message }) => `${validationContext}${instancePath}: ${message}`);
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: ApiError): FastifyReply {
  const { status, code, faults, told } = error;
  const language = languageOf(request.headers['accept-language']);
  const { title, text }: Text = told?.(language) ?? words.errors[code][language];
  reply.status(status);
  if (request.headers.accept?.includes('text/html')) return sendPage(reply, language, { title, text });
  return reply
    .header('cache-control', 'no-store')
    .send({ code, message: title, whatToDo: text, ...(faults && { faults }) });
}
