import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

const timeoutMs = 5000;

const Scenarios = Type.Array(Type.Object({ name: Type.String(), description: Type.String() }), { maxItems: 1000 });
const Status = Type.Object({ automatic: Type.Boolean(), playing: Type.Integer() });
const Complaint = Type.Object({ error: Type.String({ maxLength: 500 }) });
const PlayRequest = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) });
const AutomaticRequest = Type.Object({ on: Type.Boolean() });

/** The page's way to the PBX player, which may listen on another port. */
export function servePbxProxy(app: FastifyInstance, pbxUrl: string): void {
  app.get('/sandbox/pbx/scenarios', (_request, reply) => read(reply, pbxUrl, 'scenarios', Scenarios));
  app.get('/sandbox/pbx/status', (_request, reply) => read(reply, pbxUrl, 'status', Status));

  app.post<{ Body: Static<typeof PlayRequest> }>(
    '/sandbox/pbx/play',
    { schema: { body: PlayRequest } },
    (request, reply) => tell(reply, pbxUrl, 'play', request.body),
  );
  app.post<{ Body: Static<typeof AutomaticRequest> }>(
    '/sandbox/pbx/automatic',
    { schema: { body: AutomaticRequest } },
    (request, reply) => tell(reply, pbxUrl, 'automatic', request.body),
  );
}

async function read<S extends TSchema>(reply: FastifyReply, pbxUrl: string, path: string, schema: S) {
  try {
    const response = await fetch(addressOf(pbxUrl, path), { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return failed(reply, `it answered ${response.status}`);
    return reply.send(Value.Clean(schema, Value.Parse(schema, await response.json())));
  } catch (error) {
    return failed(reply, reasonOf(error));
  }
}

async function tell(reply: FastifyReply, pbxUrl: string, path: string, body: object) {
  try {
    const response = await fetch(addressOf(pbxUrl, path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return reply.status(response.status).send({ error: await complaintOf(response) });
    await response.body?.cancel();
    return reply.status(204).send();
  } catch (error) {
    return failed(reply, reasonOf(error));
  }
}

async function complaintOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  return Value.Check(Complaint, body) ? body.error : `The PBX player answered ${response.status}`;
}

function addressOf(pbxUrl: string, path: string): URL {
  return new URL(path, pbxUrl.endsWith('/') ? pbxUrl : `${pbxUrl}/`);
}

function failed(reply: FastifyReply, reason: string): FastifyReply {
  return reply.status(502).send({ error: `The PBX player can't be asked: ${reason}` });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
