import type { PermitClaims } from '../../../proto/licence/permit.ts';
import type { LicenceRecord } from './record.ts';

interface Clock {
  wallMs(): number;
  runningMs(): number;
}

/**
 * A clock that never goes back, not even over a restart: it is as late as any moment that was ever written down, and
 * from there it runs on, whatever this machine's own clock is set to. Only a new permit sets it, since the licensing
 * server has told the time then.
 */
export function createSteadyClock({ wallMs, runningMs }: Clock) {
  let anchor: { serial: number; ms: number; atRunningMs: number } | undefined;
  return ({ permitSerial, latestMs }: LicenceRecord, permit: PermitClaims | undefined): number => {
    const running = runningMs();
    const told = Math.max(wallMs(), latestMs, (permit?.iat ?? 0) * 1000);
    const own = anchor?.serial === permitSerial ? anchor.ms + (running - anchor.atRunningMs) : 0;
    const ms = Math.max(told, own);
    anchor = { serial: permitSerial, ms, atRunningMs: running };
    return ms;
  };
}
