import { asyncLocalStorage } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Lane } from '../../activities/amocrm/budget.ts';
import type { Hear } from '../../activities/amocrm/exchange.ts';
import type { RequestLimiter } from '../../activities/amocrm/limiter.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import type { Tracing } from '../../runtime/monitoring/tracing.ts';
import type { AboutWorkflow } from '../temporal/about.ts';
import type { WorkerMetrics } from './metrics.ts';

/** What is noticed of the requests to amoCRM. */
export interface AmocrmEars {
  hearOf(accountId: string, lane: Lane): Hear;
  timed(accountId: string, lane: Lane, limiter: RequestLimiter): RequestLimiter;
}

/**
 * Each request is counted and stands in the log, with the call for which it was sent; where several calls have gone into one
 * request, the first of them. What only asks is told at level debug.
 */
export function hearAmocrm(
  metrics: WorkerMetrics,
  logger: Logger,
  about: AboutWorkflow,
  tracing: Tracing | undefined,
): AmocrmEars {
  return {
    timed: metrics.timed,
    hearOf: (account, lane) => (exchange) => {
      metrics.exchanged(account, lane, exchange);
      const { method, path, status = null, beganAtMs, tookMs } = exchange;
      const answer = { 'http.request.method': method, 'url.path': path, 'http.response.status_code': status ?? 0 };
      tracing?.note(`amoCRM ${method} ${path}`, { 'ringflow.account': account, ...answer }, beganAtMs, tookMs);
      const info = asyncLocalStorage.getStore()?.info;
      const fields: About & object = {
        ...{ ...about(info?.workflowExecution?.workflowId), account, activity: info?.activityType },
        ...{ lane, method, path, status, tookMs: Math.round(tookMs) },
      };
      if (method === 'GET') logger.debug(fields, 'amoCRM was asked');
      else logger.info(fields, 'amoCRM was told');
    },
  };
}
