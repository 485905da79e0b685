import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import createClient from 'openapi-fetch';
import { Value } from 'typebox/value';
import { Agent, fetch as undiciFetch } from 'undici';
import { SignedPermit } from '../../proto/licence/permit.ts';
import { type LicensingFailure, LicensingRefusal } from '../../proto/licence/wire.ts';
import type { paths } from './wire.ts';

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
    async ask(path: keyof paths, request: string): Promise<SignedPermit> {
      const { data, error, response } = await client.POST(path, { body: { request } }).catch((failure: unknown) => {
        throw new LicensingError(isUntrusted(failure) ? 'untrusted' : 'unreachable');
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

/** Of Node's TLS: the certificate is another's, self-made, over, or of nobody we know. */
function isUntrusted(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = '' } = cause as { code?: unknown };
    if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/.test(String(code))) return true;
  }
  return false;
}
