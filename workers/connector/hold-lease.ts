import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { sayOnce } from '../../runtime/say-once.ts';
import { problemOf } from './connect.ts';
import { type Lease, renewEveryMs } from './lease.ts';
import type { ReadingReport } from './report.ts';

type LeaseReport = Pick<ReadingReport, 'failed' | 'isInTrouble' | 'leftToAnother'>;

const leasePollMs = 1_000;
const longestPauseMs = 30_000;
const usualOfferMs = 30_000;

/**
 * Does the work of a PBX whenever its lease is ours; else waits for the lease.
 *
 * @param work ends soon after `held` is aborted, and not before
 * @param offerEveryMs whoever can't read the PBX leaves its lease for a moment: another may have a better way there
 */
export async function whileLeaseHeld(
  lease: Lease,
  work: (held: AbortSignal) => Promise<void>,
  report: LeaseReport,
  logger: Logger,
  stopping: AbortSignal,
  offerEveryMs: number = usualOfferMs,
): Promise<void> {
  const say = sayOnce((message) => logger.warn(message));
  let failures = 0;
  while (!stopping.aborted) {
    try {
      if (await lease.take()) {
        failures = 0;
        await workWhileHeld(lease, work, report, stopping, offerEveryMs);
        continue;
      }
      report.leftToAnother();
      const holder = await lease.holder();
      say(`another connector reads this PBX (${holder ?? 'it is just stopping'}); this one takes over when it stops`);
      await pause(leasePollMs, stopping);
    } catch (error) {
      report.failed(error);
      say(problemOf(error));
      failures++;
      await pause(Math.min(longestPauseMs, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2), stopping);
    }
  }
  await lease.release().catch(() => undefined); // it expires by itself
}

async function workWhileHeld(
  lease: Lease,
  work: (held: AbortSignal) => Promise<void>,
  report: LeaseReport,
  stopping: AbortSignal,
  offerEveryMs: number,
): Promise<void> {
  const lost = new AbortController();
  const held = AbortSignal.any([stopping, lost.signal]);
  const working = work(held).catch((error: unknown) => {
    lost.abort();
    return Promise.reject(error);
  });
  working.catch(() => undefined); // told below
  let offeredAtMs = Date.now();
  while (!held.aborted) {
    await pause(renewEveryMs, held);
    if (held.aborted) break;
    if (report.isInTrouble() && Date.now() - offeredAtMs > offerEveryMs) {
      offeredAtMs = Date.now();
      await lease.release().catch(() => undefined);
      await pause(2 * leasePollMs, held);
    }
    const isOurs = await lease.take().catch(() => !lease.hasRunOut);
    if (!isOurs) lost.abort();
  }
  await working;
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
