import type { KeptFacts, LicenceFacts } from './facts.ts';
import { error, type Finding, type FindingCode, warning } from './finding.ts';

const dayMs = 86_400_000;
/** Each step is told once, the last a day ahead. A trial that has just begun is nobody's trouble. */
const warnAheadDays = { paid: [14, 7, 1], trial: [7, 1] };
/** A server that misses one check is nobody's trouble. */
const unreachedForMs = 3_600_000;

export const licenceCodes = [
  ...(['licence-restricted', 'licence-grace', 'licence-ends'] as const),
  ...(['seats-exceeded', 'pbx-beyond', 'licensing-away', 'licence-twin', 'clock-behind'] as const),
] satisfies FindingCode[];

/** What of the licence somebody should know; what follows from another trouble is left out. */
export function judgeLicence(licence: LicenceFacts, kept: KeptFacts | undefined): Finding[] {
  const { seats, pbxsBeyond, isTwin, clockBehindMs } = licence;
  const beyond = (kept?.pbxs ?? []).filter(({ id }) => pbxsBeyond.includes(id));
  const isOver = seats.used > seats.count;
  return [
    ...judgeStanding(licence, kept),
    ...(isOver ? [warning('seats-exceeded', '', { used: seats.used, seats: seats.count, count: seats.used })] : []),
    ...beyond.map(({ id }) => warning('pbx-beyond', id)),
    ...(isTwin ? [warning('licence-twin')] : []),
    ...(clockBehindMs > 0 ? [warning('clock-behind', '', { minutes: Math.round(clockBehindMs / 60_000) })] : []),
  ];
}

function judgeStanding(licence: LicenceFacts, kept: KeptFacts | undefined): Finding[] {
  const { state, reason, untilMs, isTrial } = licence;
  if (state === 'restricted') {
    const isTrialAhead = reason === 'no-licence' && kept?.amocrm.state === 'pending'; // it begins with the connection
    return isTrialAhead ? [] : [error('licence-restricted', '', { reason: reason ?? 'no-licence' })];
  }
  if (state === 'grace')
    return [warning('licence-grace', '', { reason: reason ?? 'term-over', untilMs: untilMs ?? 0 })];
  const left = untilMs === null ? Number.POSITIVE_INFINITY : untilMs - licence.nowMs;
  const step = warnAheadDays[isTrial ? 'trial' : 'paid'].filter((days) => left <= days * dayMs).length;
  return [
    ...(step > 0
      ? [warning('licence-ends', '', { untilMs: untilMs ?? 0, isTrial: String(isTrial), count: step })]
      : []),
    ...judgeServer(licence),
  ];
}

function judgeServer({ unreached, askedForAtMs, nowMs }: LicenceFacts): Finding[] {
  if (!unreached || askedForAtMs === null || nowMs < askedForAtMs + unreachedForMs) return [];
  const { failure, sinceMs } = unreached;
  return [warning('licensing-away', '', { failure, ...(sinceMs !== null && { sinceMs }) })];
}
