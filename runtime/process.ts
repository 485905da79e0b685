import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration/configuration.ts';
import type { PartName } from './monitoring/configuration.ts';
import { type Inspection, openInspection } from './monitoring/inspection.ts';
import { createLogger } from './monitoring/logger.ts';
import { countLines, createRegistry } from './monitoring/registry.ts';
import { startTracing, type Tracing } from './monitoring/tracing.ts';

export interface ProcessLife {
  configuration: Configuration;
  logger: Logger;
  /** For what it counts and measures. */
  metrics: Registry;
  inspection: Inspection;
  /** undefined: no traces are wanted. */
  tracing: Tracing | undefined;
  /** Aborted when the process is asked to end. */
  stopping: AbortSignal;
  /** Tells whoever started this process that it does its work; said once, however often it is called. */
  ready(): void;
}

/**
 * What every process of Ringflow does alike: reads its configuration, ends in order on SIGTERM and SIGINT, and on a
 * failure says in one line what is wrong. Exit 2: the configuration can't be used; 1: any other failure.
 */
export async function runProcess(name: PartName, main: (life: ProcessLife) => Promise<void>): Promise<void> {
  const metrics = createRegistry(name);
  const logger = createLogger(name, countLines(metrics));
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info('stopping');
      stop.abort();
    });
  }
  try {
    const configuration = readConfiguration(process.env);
    const { host, ports, token, logLevel, tracesUrl } = configuration.monitoring;
    logger.level = logLevel;
    const inspection = openInspection({ host, port: ports[name], token, registry: metrics, logger }, stop.signal);
    const tracing = await startTracing(name, tracesUrl, logger);
    let isReady = false;
    const ready = () => {
      if (isReady) return;
      isReady = true;
      logger.info('ready');
      if (process.connected) process.send?.('ready');
    };
    await main({ configuration, logger, metrics, inspection, tracing, stopping: stop.signal, ready });
    await tracing?.close();
    logger.info('stopped');
    process.exit(0);
  } catch (error) {
    if (stop.signal.aborted) process.exit(0);
    if (error instanceof ConfigurationError) {
      console.error(error.message);
      process.exit(2);
    }
    // the stack only: errors of drivers carry what was sent, passwords too
    logger.fatal(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  }
}
