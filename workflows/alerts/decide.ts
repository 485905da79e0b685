import type { AlertMessage } from '../../proto/alerts/message.ts';
import { type AlertKind, alertKindOf } from '../../proto/alerts/settings.ts';
import { type Finding, findingKey } from '../../proto/state/finding.ts';

/** What is not right, or was told and is perhaps right again. Times are ms UTC. */
interface Trouble {
  finding: Finding;
  sinceMs: number;
  toldAtMs: number | null;
  goneSinceMs: number | null;
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

/**
 * What to tell: what has held for a while, again what still holds after hours, and what was told and has been right for
 * a while. Trouble that comes and goes faster is not told.
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
    .map((trouble) => (isDue(trouble) ? { ...trouble, toldAtMs: atMs } : trouble));
  return {
    memory: { troubles: left, sentAtMs: [...sentAtMs, atMs] },
    message: messageOf(due),
    nextAtMs: earliest(left, look),
  };
}

function troublesNow({ troubles }: AlertMemory, { atMs, findings, isPartial, about }: Look): Trouble[] {
  const isTold = ({ code }: Finding) => about.some((kind) => kind === alertKindOf[code]);
  const present = new Map(findings.filter(isTold).map((finding) => [findingKey(finding), finding]));
  const known = troubles.filter(({ finding }) => isTold(finding));
  const knownKeys = new Set(known.map(({ finding }) => findingKey(finding)));
  const old = known.flatMap((trouble): Trouble[] => {
    const finding = present.get(findingKey(trouble.finding));
    if (finding) return [{ ...trouble, finding, goneSinceMs: null }];
    if (trouble.toldAtMs === null) return [];
    return [isPartial ? trouble : { ...trouble, goneSinceMs: trouble.goneSinceMs ?? atMs }];
  });
  const fresh = [...present].filter(([key]) => !knownKeys.has(key));
  return [...old, ...fresh.map(([, finding]) => ({ finding, sinceMs: atMs, toldAtMs: null, goneSinceMs: null }))];
}

function dueAtMs({ finding, sinceMs, toldAtMs, goneSinceMs }: Trouble, look: Look): number {
  if (goneSinceMs !== null) return goneSinceMs + look.afterMs;
  if (toldAtMs !== null) return toldAtMs + look.remindAfterMs;
  return sinceMs + (alertKindOf[finding.code] === 'amocrm-paused' ? look.pausedMs : look.afterMs);
}

function earliest(troubles: readonly Trouble[], look: Look): number | null {
  return troubles.length > 0 ? Math.min(...troubles.map((trouble) => dueAtMs(trouble, look))) : null;
}

function messageOf(due: readonly Trouble[]): AlertMessage {
  const findings = (fits: (trouble: Trouble) => boolean) => due.filter(fits).map(({ finding }) => finding);
  return {
    news: findings(({ toldAtMs, goneSinceMs }) => goneSinceMs === null && toldAtMs === null),
    still: findings(({ toldAtMs, goneSinceMs }) => goneSinceMs === null && toldAtMs !== null),
    over: findings(({ goneSinceMs }) => goneSinceMs !== null),
  };
}
