import { Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { AboutWorkflow } from './about.ts';
import { temporalLogger } from './temporal-logger.ts';
import { temporalMetrics } from './temporal-metrics.ts';

/** What Temporal's SDK tells of itself stands in our log and among our metrics. Before the first connection is made. */
export function installRuntime(logger: Logger, about: AboutWorkflow, registry: Registry): void {
  Runtime.install({
    logger: temporalLogger(logger, about),
    telemetryOptions: { metrics: { buffer: temporalMetrics(registry) } },
    shutdownSignals: [],
  });
}
