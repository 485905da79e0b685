import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { LicensingRefusal } from '../proto/licence/wire.ts';
import { NoSigningKey } from './keys/signer.ts';
import { Refusal } from './requests/refusal.ts';
import type { Tools } from './tools.ts';
import { languageOf, words } from './words.ts';

export type ErrorCode = keyof typeof words.errors;

/** What a request can't be answered for; code, message and what to do are told to whoever asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ErrorCode;
  /** What is wrong with what was sent, each with its place. */
  readonly faults: readonly string[] | undefined;

  constructor(status: number, code: ErrorCode, faults?: readonly string[]) {
    super(code);
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

const statuses: Record<Static<typeof LicensingRefusal>, number> = {
  'request-invalid': 400,
  'request-stale': 400,
  'request-seen': 409,
  'key-unknown': 404,
  'key-revoked': 403,
  'key-over': 409,
  'key-in-use': 409,
  'trial-used': 409,
  'no-account': 422,
  'installation-unknown': 404,
  'too-many-requests': 429,
};

/** All errors in one form: `{code, message, whatToDo}`. */
export function answerErrors(app: FastifyInstance, logger: Tools['logger']): void {
  app.setErrorHandler((error: FastifyError | ApiError | Refusal, request, reply) => {
    if (error instanceof ApiError) return sendError(request, reply, error);
    if (error instanceof Refusal) return sendError(request, reply, new ApiError(statuses[error.code], error.code));
    if (error instanceof NoSigningKey) return sendError(request, reply, new ApiError(503, 'no-signing-key'));
    const isOfPages = request.routeOptions.config.staffAccess !== undefined;
    const code = isOfPages ? 'wrong-request' : 'request-invalid';
    if (error.validation) return sendError(request, reply, new ApiError(400, code, faultsIn(error)));
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendError(request, reply, new ApiError(error.statusCode, code));
    }
    // the stack only: errors of the driver carry what was sent
    logger.error(error.stack ?? error.message);
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

function sendError(request: FastifyRequest, reply: FastifyReply, { status, code, faults }: ApiError): FastifyReply {
  const { title, text } = words.errors[code][languageOf(request.headers['accept-language'])];
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .send({ code, message: title, whatToDo: text, ...(faults && { faults }) });
}
