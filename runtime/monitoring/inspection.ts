import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { sayOnce } from '../say-once.ts';

/** What a process needs for its work, by name; each answers or fails. */
export type Needs = Record<string, () => Promise<unknown>>;

/** What operators and their programs may ask of a process. */
export interface Inspection {
  /** Until it is said what the process needs it is not up yet. */
  needs(needs: Needs): void;
}

interface InspectionParts {
  host: string;
  port: number;
  /** Undefined: only this machine can come here. */
  token: string | undefined;
  registry: Registry;
  logger: Logger;
}

/** What does not answer for so long is away. */
const patienceMs = 2_000;
const tryAgainMs = 3_000;

/**
 * Serves `/healthz` (200: the process can do its work; 503: it can't, and for want of what) and `/metrics`. Calls go
 * before: where it can't listen it says so and tries again, so that the port goes from a process that ends to its successor.
 */
export function openInspection(parts: InspectionParts, stopping: AbortSignal): Inspection {
  let needs: Needs | undefined;
  const server = createServer((request, response) => {
    answer(request, parts, needs).then(
      (answered) => send(response, answered),
      (error: Error) => {
        parts.logger.error(error.stack ?? error.message);
        send(response, { status: 500, type: 'text/plain', body: 'trouble: see the log\n' });
      },
    );
  });
  void listen(server, parts, stopping);
  return {
    needs: (named) => {
      needs = named;
    },
  };
}

interface Answered {
  status: number;
  type: string;
  body: string;
}

async function answer(request: IncomingMessage, parts: InspectionParts, needs: Needs | undefined): Promise<Answered> {
  const [pathname = ''] = (request.url ?? '').split('?');
  if (request.method !== 'GET' || !['/healthz', '/metrics'].includes(pathname)) return text(404, 'no such thing\n');
  if (pathname === '/healthz') return needs ? health(needs) : json(503, { status: 'starting' });
  if (!mayRead(request.headers.authorization, parts.token))
    return text(401, 'Authorization: Bearer MONITORING_TOKEN\n');
  return { status: 200, type: parts.registry.contentType, body: await parts.registry.metrics() };
}

/** @returns true also if there is no token: then nobody from elsewhere can come */
export function mayRead(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/** Never fails, and answers in time: what is silent is away. */
export async function healthOf(needs: Needs): Promise<{ status: 200 | 503; told: object }> {
  const away = await Promise.all(
    Object.entries(needs).map(async ([name, ask]) => {
      const late = sleep(patienceMs, undefined, { ref: false }).then(() => Promise.reject(new Error('late')));
      return Promise.race([ask(), late]).then(
        () => [],
        () => [name],
      );
    }),
  );
  const of = away.flat();
  return of.length === 0 ? { status: 200, told: { status: 'ok' } } : { status: 503, told: { status: 'trouble', of } };
}

async function health(needs: Needs): Promise<Answered> {
  const { status, told } = await healthOf(needs);
  return json(status, told);
}

const text = (status: number, body: string): Answered => ({ status, type: 'text/plain', body });
const json = (status: number, body: object): Answered => ({
  ...{ status, type: 'application/json', body: JSON.stringify(body) },
});

function send(response: ServerResponse, { status, type, body }: Answered): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function listen(server: Server, { host, port, logger }: InspectionParts, stopping: AbortSignal): Promise<void> {
  const say = sayOnce((message) => logger.warn(message));
  stopping.addEventListener('abort', () => {
    server.close();
    server.closeAllConnections();
  });
  while (!stopping.aborted) {
    try {
      server.listen(port, host);
      await once(server, 'listening');
      logger.info({ address: addressOf(server) }, 'health and metrics are told here');
      return;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      say(`Health and metrics can't be told at ${host}:${port} (${code ?? message}): see METRICS_HOST; trying again.`);
      await sleep(tryAgainMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}

function addressOf(server: Server): string {
  const { family, address, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
