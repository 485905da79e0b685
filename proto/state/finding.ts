import { type Static, Type } from 'typebox';

export const FindingCode = Type.Enum([
  'mysql-away',
  'mysql-slow',
  'state-unread',
  'redis-away',
  'temporal-away',
  'no-worker',
  'queue-behind',
  'amocrm-pending',
  'reconnect-needed',
  'amocrm-disconnected',
  'amocrm-paused',
  'token-ends',
  'no-pbx',
  'pbx-not-read',
  'pbx-database-away',
  'pbx-reading-stopped',
  'pbx-behind',
  'pbx-writes-no-cel',
  'pbx-clock-behind',
  'pbx-silent',
  'ami-away',
  'observed',
  'needs-attention',
  'calls-waiting',
  'backfill-stands-still',
  'backfill-failures',
  'brake-hit',
  'no-employees',
  'unmapped-extensions',
  'no-rules',
  'licence-restricted',
  'licence-grace',
  'licence-ends',
  'seats-exceeded',
  'pbx-beyond',
  'licensing-away',
  'licence-twin',
  'clock-behind',
]);
export type FindingCode = Static<typeof FindingCode>;

/** One thing that is not right with an account; there are words for each code in both languages (words.ts). */
export const Finding = Type.Object({
  /** `error`: calls do not come through; `warning`: somebody should look. */
  level: Type.Enum(['warning', 'error']),
  code: FindingCode,
  /** What it is about where there are several, such as the id of a PBX; else empty. */
  about: Type.String(),
  /** What the words are filled with; moments are ms UTC. */
  values: Type.Record(Type.String(), Type.String()),
});
export type Finding = Static<typeof Finding>;

const found = (
  level: Finding['level'],
  code: FindingCode,
  about = '',
  values: Record<string, string | number> = {},
): Finding => ({
  ...{ level, code, about },
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
});
export const error = found.bind(undefined, 'error');
export const warning = found.bind(undefined, 'warning');

export const Overall = Type.Enum(['ok', 'warning', 'error']);
export type Overall = Static<typeof Overall>;

export function overallOf(findings: readonly Pick<Finding, 'level'>[]): Overall {
  if (findings.some(({ level }) => level === 'error')) return 'error';
  return findings.length > 0 ? 'warning' : 'ok';
}

/** By which a finding is known again, however its values change. */
export const findingKey = ({ code, about }: Pick<Finding, 'code' | 'about'>): string => `${code}:${about}`;
