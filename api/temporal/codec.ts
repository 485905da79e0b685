import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import { ApiError } from '../errors.ts';
import { route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });
/** As Temporal writes payloads in JSON. */
const Payloads = Type.Object({
  payloads: Type.Array(
    Type.Object({ metadata: Type.Optional(Type.Record(Type.String(), Base64)), data: Type.Optional(Base64) }),
    { maxItems: 10_000 },
  ),
});
type Payloads = Static<typeof Payloads>;

/** A page of a history. */
const bodyLimit = 20_000_000;
const preflightHoldsSeconds = 600;

/**
 * Where the Temporal UI has payloads decrypted for an administrator who is signed in here (Temporal's protocol for remote
 * codecs). Beside our own pages only the Temporal UI's may ask.
 */
export function serveCodec(app: Api, { payloadCodec, temporalUi }: ApiTools): void {
  const pagesOf = temporalUi && new URL(temporalUi).origin;
  const letIn = (reply: FastifyReply): void => {
    if (pagesOf === undefined) return;
    reply.headers({
      'access-control-allow-origin': pagesOf,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
  };
  for (const work of ['decode', 'encode'] as const) {
    const url = `/api/temporal/codec/${work}`;
    const options = route(['admin'], `${work}Payloads`, { body: Payloads }, Payloads);
    const config = { ...options.config, pagesOf };
    app.post(url, { ...options, config, bodyLimit, onRequest: async (_, reply) => letIn(reply) }, async ({ body }) => {
      try {
        return await inJson(body, (payloads) => payloadCodec[work](payloads));
      } catch (error) {
        throw error instanceof SecretKeyError ? new ApiError(409, 'no-payload-key') : error;
      }
    });
    app.options(url, { config: { access: 'anybody', pagesOf }, schema: { hide: true } }, (_, reply) => {
      letIn(reply);
      reply.headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, x-namespace, authorization',
        'access-control-max-age': preflightHoldsSeconds,
      });
      return reply.status(204).send();
    });
  }
}

async function inJson({ payloads }: Payloads, work: ApiTools['payloadCodec']['decode']): Promise<Payloads> {
  const read = payloads.map(({ metadata = {}, data = '' }) => ({
    metadata: mapValues(metadata, (value) => Buffer.from(value, 'base64')),
    data: Buffer.from(data, 'base64'),
  }));
  const made = await work(read);
  return {
    payloads: made.map(({ metadata, data }) => ({
      metadata: mapValues(metadata ?? {}, (value) => Buffer.from(value).toString('base64')),
      data: Buffer.from(data ?? []).toString('base64'),
    })),
  };
}

const mapValues = <A, B>(values: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
