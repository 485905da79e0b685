import type { AlertMessage } from '../../proto/alerts/message.ts';
import { type AlertKind, alertKindOf } from '../../proto/alerts/settings.ts';
import { type Finding, findingKey } from '../../proto/state/finding.ts';

/** What is not right, or was told and is perhaps right again. Times are ms UTC. */
interface Trouble {
  finding: Finding;
  sinceMs: number;
  toldAtMs: number | null;
  goneSinceMs: number | null;
  /** Of which there are several: how many were told, or fewer if there were fewer since. */
  toldCount?: number;
}

/** What has to be known from one look to the next. */
export interface AlertMemory {
  troubles: Trouble[];
  /** When messages were sent within the last hour. */
  sentAtMs: number[];
}

export const noMemory: AlertMemory = { troubles: [], sentAtMs: [] };

export interface Look {
  atMs: number;
  findings: Finding[];
  /** True: a part was away, so that what is not found may be there all the same. */
  isPartial: boolean;
  /** Keys of what could not be judged; undefined in looks of earlier versions, after which growth was not told. */
  unjudged?: string[] | undefined;
  /** Which kinds are told; of others nothing is remembered. */
  about: AlertKind[];
  /** See AlertSettings. */
  afterMs: number;
  pausedMs: number;
  remindAfterMs: number;
}

export interface AlertDecision {
  memory: AlertMemory;
  /** null: nothing is to be told now. */
  message: AlertMessage | null;
  /** When something is to be told if nothing changes; always later than the look; null: never. */
  nextAtMs: number | null;
}

const hourMs = 3_600_000;
/** More messages in an hour nobody reads: what is new then waits and comes in one. */
const mostPerHour = 6;
/** What grows all the time must leave room for other messages. */
const betweenGrowthMs = 15 * 60_000;

/**
 * What to tell: what has held for a while, again what has grown or still holds after hours, and what was told and has
 * been right for a while. Trouble that comes and goes faster is not told.
 */
export function decide(memory: AlertMemory, look: Look): AlertDecision {
  const { atMs } = look;
  const troubles = troublesNow(memory, look);
  const isDue = (trouble: Trouble) => dueAtMs(trouble, look) <= atMs;
  const due = troubles.filter(isDue);
  const sentAtMs = memory.sentAtMs.filter((sent) => sent > atMs - hourMs);
  if (due.length === 0) {
    return { memory: { troubles, sentAtMs }, message: null, nextAtMs: earliest(troubles, look) };
  }
  if (sentAtMs.length >= mostPerHour) {
    return { memory: { troubles, sentAtMs }, message: null, nextAtMs: Math.min(...sentAtMs) + hourMs };
  }
  const left = troubles
    .filter((trouble) => !(trouble.goneSinceMs !== null && isDue(trouble)))
    .map((trouble) => (isDue(trouble) ? toldAt(trouble, atMs) : trouble));
  return {
    memory: { troubles: left, sentAtMs: [...sentAtMs, atMs] },
    message: messageOf(due),
    nextAtMs: earliest(left, look),
  };
}

function troublesNow({ troubles }: AlertMemory, { atMs, findings, isPartial, unjudged = [], about }: Look): Trouble[] {
  const isTold = ({ code }: Finding) => about.some((kind) => kind === alertKindOf[code]);
  const present = new Map(findings.filter(isTold).map((finding) => [findingKey(finding), finding]));
  const known = troubles.filter(({ finding }) => isTold(finding));
  const knownKeys = new Set(known.map(({ finding }) => findingKey(finding)));
  const old = known.flatMap((trouble): Trouble[] => {
    const finding = present.get(findingKey(trouble.finding));
    if (finding) return [foundAgain(trouble, finding)];
    if (trouble.toldAtMs === null) return [];
    return [
      isPartial || unjudged.includes(findingKey(trouble.finding))
        ? trouble
        : { ...trouble, goneSinceMs: trouble.goneSinceMs ?? atMs },
    ];
  });
  const fresh = [...present].filter(([key]) => !knownKeys.has(key));
  return [...old, ...fresh.map(([, finding]) => ({ finding, sinceMs: atMs, toldAtMs: null, goneSinceMs: null }))];
}

function foundAgain(trouble: Trouble, finding: Finding): Trouble {
  const { toldCount } = trouble;
  const fewest = toldCount === undefined ? {} : { toldCount: Math.min(toldCount, Number(finding.values.count)) };
  return { ...trouble, ...fewest, finding, goneSinceMs: null };
}

function toldAt(trouble: Trouble, atMs: number): Trouble {
  const { count } = trouble.finding.values;
  return { ...trouble, toldAtMs: atMs, ...(count !== undefined && { toldCount: Number(count) }) };
}

const hasGrown = ({ finding, toldCount = Number.POSITIVE_INFINITY }: Trouble) =>
  Number(finding.values.count) > toldCount;

/** A term that ends is told 14, 7 and 1 days ahead (`count` grows), not every day. */
const isToldByItsSteps = ({ code }: Finding) => code === 'licence-ends';

function dueAtMs(trouble: Trouble, look: Look): number {
  const { finding, sinceMs, toldAtMs, goneSinceMs } = trouble;
  if (goneSinceMs !== null) return goneSinceMs + look.afterMs;
  if (look.unjudged?.includes(findingKey(finding))) return Number.POSITIVE_INFINITY;
  if (toldAtMs !== null && look.unjudged && hasGrown(trouble)) return toldAtMs + betweenGrowthMs;
  if (toldAtMs !== null && isToldByItsSteps(finding)) return Number.POSITIVE_INFINITY;
  if (toldAtMs !== null) return toldAtMs + look.remindAfterMs;
  return sinceMs + (alertKindOf[finding.code] === 'amocrm-paused' ? look.pausedMs : look.afterMs);
}

function earliest(troubles: readonly Trouble[], look: Look): number | null {
  const next = Math.min(...troubles.map((trouble) => dueAtMs(trouble, look)));
  return Number.isFinite(next) ? next : null;
}

function messageOf(due: readonly Trouble[]): AlertMessage {
  const findings = (fits: (trouble: Trouble) => boolean) => due.filter(fits).map(({ finding }) => finding);
  const isNews = (trouble: Trouble) => trouble.toldAtMs === null || hasGrown(trouble);
  return {
    news: findings((trouble) => trouble.goneSinceMs === null && isNews(trouble)),
    still: findings((trouble) => trouble.goneSinceMs === null && !isNews(trouble)),
    over: findings(({ goneSinceMs }) => goneSinceMs !== null),
  };
}
