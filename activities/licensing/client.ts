import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import createClient from 'openapi-fetch';
import { Value } from 'typebox/value';
import { Agent, fetch as undiciFetch } from 'undici';
import type { paths } from '../../proto/generated/licensing.ts';
import { SignedPermit } from '../../proto/licence/permit.ts';
import { type LicensingFailure, LicensingRefusal } from '../../proto/licence/wire.ts';

/** Why the licensing server has not done what it was asked. */
export class LicensingError extends Error {
  override readonly name = 'LicensingError';
  readonly failure: LicensingFailure;

  constructor(failure: LicensingFailure) {
    super(`The licensing server: ${failure}`);
    this.failure = failure;
  }
}

/** After that an answer is not waited for. */
const answerWithinMs = 20_000;
const connectWithinMs = 8_000;
/** Nobody who answers in its place fills our memory. */
const mostBytes = 100_000;

export type LicensingPath = '/v1/activate' | '/v1/trial' | '/v1/check' | '/v1/release';

export type LicensingClient = ReturnType<typeof createLicensingClient>;

/**
 * The one way to the licensing server: HTTPS alone, to the host that is configured, by certificates that are known.
 *
 * @param caFile certificates (PEM) that are believed beside those that everybody believes
 */
export function createLicensingClient(url: string, caFile: string | undefined) {
  const ca = caFile === undefined ? undefined : [...rootCertificates, readFileSync(caFile, 'utf8')];
  const dispatcher = new Agent({
    connect: { ...(ca && { ca }), rejectUnauthorized: true, timeout: connectWithinMs },
    ...{ headersTimeout: answerWithinMs, bodyTimeout: answerWithinMs, maxResponseSize: mostBytes },
  });
  const client = createClient<paths>({
    baseUrl: url,
    headers: { 'User-Agent': 'Ringflow/0.1', 'Accept-Language': 'en' },
    fetch: async (request) => {
      const init = { method: request.method, headers: Object.fromEntries(request.headers), body: await request.text() };
      const signal = AbortSignal.timeout(answerWithinMs);
      const answer = await undiciFetch(request.url, { ...init, dispatcher, redirect: 'error', signal });
      return answer as unknown as Response;
    },
  });

  return {
    /**
     * @param request a JWS of LicenceRequest
     * @throws LicensingError
     */
    async ask(path: LicensingPath, request: string): Promise<SignedPermit> {
      const { data, error, response } = await client.POST(path, { body: { request } }).catch((failure: unknown) => {
        throw new LicensingError(failureOf(failure));
      });
      if (!response.ok) throw new LicensingError(refusalIn(error));
      if (!Value.Check(SignedPermit, data)) throw new LicensingError('forged');
      return data;
    },

    close: (): Promise<void> => dispatcher.close(),
  };
}

function refusalIn(error: unknown): LicensingFailure {
  const { code } = (error ?? {}) as { code?: unknown };
  return Value.Check(LicensingRefusal, code) ? code : 'trouble';
}

/** Why there is no answer: `untrusted` is what Node's TLS says of a certificate that is another's, over, or of nobody. */
function failureOf(error: unknown): LicensingFailure {
  const causes = causesOf(error);
  if (causes.some(({ name }) => name === 'SyntaxError')) return 'trouble'; // a proxy's page in place of the answer
  const isOfTls = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/;
  return causes.some(({ code }) => isOfTls.test(String(code))) ? 'untrusted' : 'unreachable';
}

interface Cause {
  name?: unknown;
  code?: unknown;
  cause?: unknown;
}

function causesOf(error: unknown): Cause[] {
  if (typeof error !== 'object' || error === null) return [];
  return [error, ...causesOf((error as Cause).cause)];
}
