import { DefaultLogger, type Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { AboutWorkflow } from './about.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's own log lines, and those of workflows and activities, among ours. */
export function temporalLogger(logger: Logger, about: AboutWorkflow): TemporalLogger {
  const level = logger.isLevelEnabled('debug') ? 'DEBUG' : 'INFO';
  return new DefaultLogger(level, ({ level, message, meta }) => {
    const { error, ...rest } = meta ?? {};
    const reason = error === undefined ? {} : { reason: String(error) };
    logger[levels[level]]({ ...about(rest.workflowId), ...rest, ...reason }, message);
  });
}
