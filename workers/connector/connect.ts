import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { PbxDatabaseError } from '../../activities/asterisk/pbx-database.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { LeaseLost } from './lease.ts';
import type { ReadingReport } from './report.ts';

const longestPauseMs = 30_000;

/** One stretch of reading, from opening the table until something breaks or `stopping`. */
export type ReadingSession = (stopping: AbortSignal, onReading: () => void) => Promise<void>;

/** Keeps reading a PBX: after any trouble says so in words and tries again, with pauses that grow and scatter. */
export async function keepReading(
  session: ReadingSession,
  report: ReadingReport,
  logger: Logger,
  stopping: AbortSignal,
  onReading: () => void,
): Promise<void> {
  const say = sayOnce((message) => logger.warn(message));
  let failures = 0;
  while (!stopping.aborted) {
    try {
      await session(stopping, () => {
        failures = 0;
        onReading();
      });
    } catch (error) {
      report.failed(error);
      say(problemOf(error));
      failures++;
      const pauseMs = Math.min(longestPauseMs, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2);
      await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}

export function problemOf(error: unknown): string {
  if (error instanceof LeaseLost || error instanceof PbxDatabaseError) return error.message;
  const { code = '', message = String(error), cause } = error as { code?: string; message?: string; cause?: unknown };
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return `Reading stopped (${message || code}${reason}); trying again.`;
}
