import pino, { type Logger } from 'pino';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts';

export interface ProcessLife {
  configuration: Configuration;
  logger: Logger;
  /** Aborted when the process is asked to end. */
  stopping: AbortSignal;
  /** Tells whoever started this process that it does its work; said once, however often it is called. */
  ready(): void;
}

/**
 * What every process of Ringflow does alike: reads its configuration, ends in order on SIGTERM and SIGINT, and on a
 * failure says in one line what is wrong. Exit 2: the configuration can't be used; 1: any other failure.
 */
export async function runProcess(name: string, main: (life: ProcessLife) => Promise<void>): Promise<void> {
  const logger = pino({ name, base: { name } });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info('stopping');
      stop.abort();
    });
  }
  try {
    const configuration = readConfiguration(process.env);
    let isReady = false;
    const ready = () => {
      if (isReady) return;
      isReady = true;
      logger.info('ready');
      if (process.connected) process.send?.('ready');
    };
    await main({ configuration, logger, stopping: stop.signal, ready });
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
