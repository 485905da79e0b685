import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ReportScope } from '../../activities/store/reports.ts';
import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { ownExtensions, pbxsOf } from '../journal/visible.ts';
import { strictObject } from '../route.ts';
import type { ApiTools } from '../tools.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** Which calls a report is about: of whole days by the wall clock of the PBX. */
export const querystring = strictObject({
  /** All PBXs of the account if left out; then the clock is that of the first. */
  pbx: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  /** Seven days until `to` if left out. */
  from: Type.Optional(Day),
  /** The last day, which is among them; today if left out. */
  to: Type.Optional(Day),
});

export interface Asked {
  scope: ReportScope;
  accountPbxIds: string[];
  zone: string;
  days: string[];
}

const mostDays = 366;
const dayMs = 86_400_000;

/** @throws ApiError if there is no such PBX, or the days make no sense */
export async function scopeOf(
  request: FastifyRequest,
  account: string,
  { pbx, ...asked }: Type.Static<typeof querystring>,
  tools: Pick<ApiTools, 'pbxs'>,
): Promise<Asked> {
  const all = await pbxsOf(account, tools);
  const chosen = pbx === undefined ? all : all.filter(({ id }) => id === pbx);
  if (pbx !== undefined && chosen.length === 0) throw new ApiError(404, 'not-found');
  const zone = chosen[0]?.timezone ?? 'UTC';
  const to = asked.to ?? utcMsToPbxTime(Date.now(), zone).slice(0, 10);
  const from = asked.from ?? laterDay(to, -6);
  const days = daysBetween(from, to);
  const [fromMs, toMs] = [from, laterDay(to, 1)].map((day) => pbxTimeToUtcMs(`${day} 00:00:00`, zone));
  if (days === undefined || fromMs === undefined || toMs === undefined) throw new ApiError(400, 'wrong-period');
  const ids = chosen.map(({ id }) => id);
  return {
    scope: { pbxIds: ids, ownExtensions: ownExtensions(userOf(request)), fromMs, toMs },
    accountPbxIds: all.map(({ id }) => id),
    zone,
    days,
  };
}

/** @returns empty if it is no day */
function laterDay(day: string, count: number): string {
  const atMs = Date.parse(`${day}T00:00:00Z`) + count * dayMs;
  return Number.isNaN(atMs) ? '' : new Date(atMs).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): string[] | undefined {
  const [firstMs, lastMs] = [from, to].map((day) => Date.parse(`${day}T00:00:00Z`)) as [number, number];
  const count = (lastMs - firstMs) / dayMs + 1;
  if (!(count >= 1 && count <= mostDays)) return undefined;
  return Array.from({ length: count }, (_, index) => new Date(firstMs + index * dayMs).toISOString().slice(0, 10));
}
