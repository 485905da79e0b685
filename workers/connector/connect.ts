import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { pbxDatabaseProblem } from '../../activities/asterisk/pbx-database.ts';
import { type Lease, LeaseLost } from './lease.ts';

const longestPauseMs = 30_000;
const leasePollMs = 1_000;
const sayAgainMs = 60_000;

/** One stretch of reading, from opening the table until something breaks or `stopping`. */
export type ReadingSession = (stopping: AbortSignal, onReading: () => void) => Promise<void>;

/**
 * Keeps reading a PBX: waits for the lease, reads, and after any trouble says so in words and tries again, with
 * pauses that grow and scatter.
 */
export async function keepReading(
  lease: Lease,
  session: ReadingSession,
  logger: Logger,
  stopping: AbortSignal,
  onReading: () => void,
): Promise<void> {
  const say = sayOnce(logger);
  let failures = 0;
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping }).catch(() => undefined);
  while (!stopping.aborted) {
    try {
      if (!(await lease.take())) {
        say('another connector reads this PBX; waiting until it stops');
        await pause(leasePollMs);
        continue;
      }
      await session(stopping, () => {
        failures = 0;
        onReading();
      });
    } catch (error) {
      say(problemOf(error));
      failures++;
      await pause(Math.min(longestPauseMs, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2));
    }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof LeaseLost) return error.message;
  const { code, sqlState, message } = error as { code?: string; sqlState?: string; message?: string };
  if (sqlState !== undefined || (error instanceof Error && 'errno' in error)) return pbxDatabaseProblem(error);
  return `Reading stopped (${code ?? ''}): ${message}`;
}

/** The same trouble is told once a minute, not at each attempt. */
function sayOnce(logger: Logger): (message: string) => void {
  let last = '';
  let saidAtMs = 0;
  return (message) => {
    if (message === last && Date.now() - saidAtMs < sayAgainMs) return;
    last = message;
    saidAtMs = Date.now();
    logger.warn(message);
  };
}
