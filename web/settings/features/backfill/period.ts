import { type BackfillPeriod, isSensiblePeriod } from '../../../../proto/backfill.ts';
import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../../../proto/pbx-time.ts';
import { lastDays } from '../reports/period.ts';

/** As it stands in the fields: by the clock of the PBX, `2026-11-25T09:00`; the end is not in it. */
export interface PeriodValues {
  from: string;
  to: string;
}

export type QuickChoice = 'yesterday' | 'week' | 'month';

/** Whole days; those that reach until today end now. */
export function quickPeriod(choice: QuickChoice, zone: string, nowMs: number): PeriodValues {
  const { from, to } = lastDays(zone, nowMs, { yesterday: 2, week: 7, month: 30 }[choice]);
  const now = utcMsToPbxTime(nowMs, zone).slice(0, 16).replace(' ', 'T');
  return { from: `${from}T00:00`, to: choice === 'yesterday' ? `${to}T00:00` : now };
}

/** @returns undefined if nothing can be brought of it */
export function periodOf({ from, to }: PeriodValues, zone: string, nowMs: number): BackfillPeriod | undefined {
  const [fromMs, toMs] = [from, to].map((text) => pbxTimeToUtcMs(text.length === 16 ? `${text}:00` : text, zone));
  if (fromMs === undefined || toMs === undefined) return undefined;
  const period = { fromMs, toMs };
  return isSensiblePeriod(period, nowMs) ? period : undefined;
}
