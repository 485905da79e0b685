import type { FastifyRequest } from 'fastify';
import type { About } from '../runtime/monitoring/logger.ts';
import type { Api, ApiTools } from './tools.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What it turned out to be about, where its address does not say. */
    about: About | null;
  }
}

/**
 * Each answer is counted and stands in the log by the pattern of its route: addresses hold codes and keys. What is about a
 * call is told at level info, all else at debug.
 */
export function watchRequests(app: Api, { metrics, logger }: ApiTools): void {
  app.decorateRequest('about', null);
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const { statusCode: status, elapsedTime: tookMs } = reply;
    const route = routeOptions.url ?? 'none';
    const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream');
    if (!isStream) metrics.answered(method, route, status, tookMs / 1_000);
    const about = aboutOf(request);
    const line = { ...about, method, route, status, tookMs: Math.round(tookMs) };
    if (about.linkedid === undefined) logger.debug(line, 'answered');
    else logger.info(line, 'somebody asked about a call');
  });
}

/** As far as the names in the route's pattern say it. */
function aboutOf({ params, about }: FastifyRequest): About {
  const { account, pbx, linkedid } = (params ?? {}) as About;
  return {
    ...(account !== undefined && { account }),
    ...(pbx !== undefined && { pbx }),
    ...(linkedid !== undefined && { linkedid }),
    ...about,
  };
}
