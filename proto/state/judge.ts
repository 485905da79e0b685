import { failuresIn } from '../backfill.ts';
import { afterOpenMinutes, isOpen } from '../opening-hours.ts';
import type { AccountFacts, KeptFacts, PbxFacts, QueueFacts, TokenFacts } from './facts.ts';
import { error, type Finding, type FindingCode, findingKey, warning } from './finding.ts';
import { judgeLicence, licenceCodes } from './judge-licence.ts';

/** A connector says something every two seconds, a worker asks for work every minute; these are patient with slow machines. */
const connectorSilentMs = 20_000;
const workerSilentMs = 150_000;
/** So long a reading may wait for Temporal or our stores before it has stopped. */
const readingSilentMs = 60_000;
/** A shorter pause is everyday: amoCRM asks for fewer requests. */
const shortPauseMs = 30_000;
/** A connection that breaks is there again within seconds. */
const amiBlipMs = 15_000;
const dayMs = 86_400_000;
/** So far behind cards come too late. */
const behindMs = 60_000;
/** A pair is renewed when a quarter of its day is left; a long-lived token is replaced by a person. */
const tokenLeftMs = { renewsItself: 2 * 3_600_000, byPerson: 14 * 86_400_000 };
const brakeWindowMs = 3 * 3_600_000;
/** Calls that wait longer don't come through; amoCRM's troubles of a moment are over before. */
const callsStuckMs = 30 * 60_000;
/** A call that amoCRM takes slowly, or a database that is read, moves within minutes. */
const backfillStillMs = 15 * 60_000;
const backfillToldMs = 3 * 86_400_000;

/** What a person has to mend before anything is sent again. */
const lastingPauses = new Set(['Blocked', 'AccountUnpaid']);

/** What is not right, the gravest first; what follows from another trouble is left out. */
export function judge(facts: AccountFacts): Finding[] {
  const { kept, licence } = facts;
  const findings = [
    ...judgeParts(facts),
    ...(kept ? judgeKept(facts, kept) : []),
    ...(licence ? judgeLicence(licence, kept) : []),
  ];
  return findings.toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
}

/** In the order in which they are judged: what is found hides those after it. */
const ofReading: FindingCode[] = [
  ...(['pbx-not-read', 'pbx-database-away', 'pbx-reading-stopped', 'pbx-behind'] as const),
  ...(['pbx-writes-no-cel', 'pbx-clock-behind', 'pbx-silent'] as const),
];

/** Keys of what can't be judged now, such as the silence of a PBX at night: not found, and all the same not right again. */
export function unjudged({ atMs, kept, licence }: AccountFacts, findings: readonly Finding[]): string[] {
  const isClosed = kept?.silence !== undefined && !isOpen(kept.silence.office, atMs);
  const hiddenOfLicence = licence
    ? []
    : ['', ...(kept?.pbxs ?? []).map(({ id }) => id)].flatMap((about) =>
        licenceCodes.map((code) => findingKey({ code, about })),
      );
  const hiddenOfPbxs = (kept?.pbxs ?? []).flatMap(({ id }) => {
    const found = ofReading.findIndex((code) => findings.some((one) => one.code === code && one.about === id));
    const hidden = found >= 0 ? ofReading.slice(found + 1) : isClosed ? (['pbx-silent'] as const) : [];
    const ofAmi = found === 0 ? (['ami-away'] as const) : []; // who does not read it says nothing of AMI
    return [...hidden, ...ofAmi].map((code) => findingKey({ code, about: id }));
  });
  return [...hiddenOfPbxs, ...hiddenOfLicence];
}

export type PartsFacts = Pick<AccountFacts, 'atMs' | 'storeTrouble' | 'temporal'> & Record<'kept' | 'shared', unknown>;

const codeOfStoreTrouble = { away: 'mysql-away', slow: 'mysql-slow', failed: 'state-unread' } as const;

/** What is found of the installation as a whole, whichever account is looked at. */
export const sharedCodes: readonly FindingCode[] = [
  ...(['mysql-away', 'redis-away', 'temporal-away', 'no-worker', 'queue-behind'] as const),
  ...licenceCodes,
];

/** Of what all accounts stand on. */
export function judgeParts({ atMs, kept, storeTrouble = 'away', shared, temporal }: PartsFacts): Finding[] {
  const isWorkerAway =
    temporal !== undefined && (temporal.lastPollAtMs === null || atMs - temporal.lastPollAtMs > workerSilentMs);
  return [
    ...(kept ? [] : [error(codeOfStoreTrouble[storeTrouble])]),
    ...(shared ? [] : [error('redis-away')]),
    ...(temporal ? [] : [error('temporal-away')]),
    ...(isWorkerAway ? [error('no-worker')] : (temporal?.queues ?? []).flatMap(judgeQueue)),
  ];
}

function judgeQueue({ queue, waiting, oldestWaitsMs }: QueueFacts): Finding[] {
  const seconds = Math.round(oldestWaitsMs / 1_000);
  return oldestWaitsMs > behindMs ? [warning('queue-behind', queue, { seconds, waiting })] : [];
}

function judgeKept(facts: AccountFacts, kept: KeptFacts): Finding[] {
  const { pbxs, employees, hasRules } = kept;
  const needing = pbxs.reduce((sum, { calls }) => sum + calls.needAttention, 0);
  return [
    ...judgeAmocrm(facts, kept),
    ...(pbxs.length === 0 ? [error('no-pbx')] : pbxs.flatMap((pbx) => judgePbx(pbx, facts, kept))),
    ...(needing > 0 ? [warning('needs-attention', '', { count: needing })] : []),
    ...judgeWaiting(pbxs, facts.atMs),
    ...(facts.shared?.brakeHits ?? [])
      .filter(({ atMs }) => facts.atMs - atMs < brakeWindowMs)
      .map(({ kind, did, atMs }) => warning('brake-hit', `${kind}:${did}`, { kind, did, atMs })),
    ...(employees === 0 ? [error('no-employees')] : []),
    ...(hasRules ? [] : [warning('no-rules')]),
  ];
}

/** Calls that wait for a person are told by themselves. */
function judgeWaiting(pbxs: readonly PbxFacts[], atMs: number): Finding[] {
  const count = pbxs.reduce((sum, { calls }) => sum + calls.waiting, 0);
  if (count === 0) return [];
  const sinceMs = Math.min(...pbxs.map(({ calls }) => calls.waitingSinceMs ?? atMs));
  return [(atMs - sinceMs > callsStuckMs ? error : warning)('calls-waiting', '', { count, sinceMs })];
}

type Pause = NonNullable<NonNullable<AccountFacts['shared']>['pause']>;

const codeOfState = {
  pending: 'amocrm-pending',
  'reconnect-needed': 'reconnect-needed',
  disconnected: 'amocrm-disconnected',
} as const;

function judgeAmocrm({ atMs, shared }: AccountFacts, { amocrm }: KeptFacts): Finding[] {
  if (amocrm.state !== 'connected') return [error(codeOfState[amocrm.state], '', { reason: amocrm.reason })];
  return [...judgePause(shared?.pause, atMs), ...judgeToken(amocrm.token, atMs)];
}

function judgeToken(token: TokenFacts | undefined, atMs: number): Finding[] {
  if (!token) return [];
  const { expiresAtMs, renewsItself } = token;
  const leftMs = renewsItself ? tokenLeftMs.renewsItself : tokenLeftMs.byPerson;
  return expiresAtMs - atMs < leftMs ? [warning('token-ends', '', { untilMs: expiresAtMs })] : [];
}

function judgePause(pause: Pause | undefined, atMs: number): Finding[] {
  if (!pause) return [];
  const { code, reason, untilMs } = pause;
  if (lastingPauses.has(code)) return [error('amocrm-paused', '', { code, reason, untilMs })];
  return untilMs - atMs > shortPauseMs ? [warning('amocrm-paused', '', { code, reason, untilMs })] : [];
}

function judgePbx(pbx: PbxFacts, facts: AccountFacts, kept: KeptFacts): Finding[] {
  const { id, observedUntilMs, unmapped } = pbx;
  const isObserved = observedUntilMs === null || (observedUntilMs !== undefined && observedUntilMs > facts.atMs);
  return [
    ...judgeReading(pbx, facts, kept),
    ...judgeAmi(pbx, facts),
    ...judgeBackfill(pbx, facts),
    ...(isObserved ? [warning('observed', id, observedUntilMs === null ? {} : { untilMs: observedUntilMs })] : []),
    ...(unmapped.length > 0 && kept.employees !== 0
      ? [warning('unmapped-extensions', id, { extensions: unmapped.slice(0, 10).join(', '), count: unmapped.length })]
      : []),
  ];
}

function judgeReading({ id, reading }: PbxFacts, { atMs, shared, temporal }: AccountFacts, kept: KeptFacts): Finding[] {
  if (!shared) return []; // nobody can know
  if (!reading || atMs - reading.toldAtMs > connectorSilentMs) {
    return [error('pbx-not-read', id, reading ? { sinceMs: reading.toldAtMs } : {})];
  }
  const { trouble, lookedAtMs, lastRowAtMs } = reading;
  if (trouble?.of === 'database')
    return [error('pbx-database-away', id, { code: trouble.code, sinceMs: trouble.sinceMs })];
  const stoppedAtMs =
    trouble?.sinceMs ?? (lookedAtMs !== null && atMs - lookedAtMs > readingSilentMs ? lookedAtMs : undefined);
  if (stoppedAtMs !== undefined) return temporal ? [error('pbx-reading-stopped', id, { sinceMs: stoppedAtMs })] : [];
  const { celMissingSinceMs = null, clockBehindMs = null, coveredUntilMs = atMs } = reading;
  if (atMs - coveredUntilMs > behindMs) return [warning('pbx-behind', id, { sinceMs: coveredUntilMs })];
  if (celMissingSinceMs !== null) return [error('pbx-writes-no-cel', id, { sinceMs: celMissingSinceMs })];
  if (clockBehindMs !== null) return [error('pbx-clock-behind', id, { days: Math.round(clockBehindMs / dayMs) })];
  return judgeSilence(id, lastRowAtMs, atMs, kept);
}

function judgeAmi({ id, reading }: PbxFacts, { atMs }: AccountFacts): Finding[] {
  if (!reading?.ami || atMs - reading.toldAtMs > connectorSilentMs) return [];
  const { state, sinceMs, ...trouble } = reading.ami;
  return state === 'down' && atMs - sinceMs > amiBlipMs ? [warning('ami-away', id, { sinceMs, ...trouble })] : [];
}

/** A pause that a person has asked for is no trouble; the last result is told for some days. */
function judgeBackfill({ id, backfill }: PbxFacts, { atMs }: AccountFacts): Finding[] {
  if (!backfill) return [];
  const { id: backfillId, state, counts, movedAtMs, endedAtMs } = backfill;
  if (state === 'running') {
    const isStill = atMs - movedAtMs > backfillStillMs;
    return isStill ? [warning('backfill-stands-still', id, { backfillId, sinceMs: movedAtMs })] : [];
  }
  if (endedAtMs === null || atMs - endedAtMs > backfillToldMs) return [];
  const count = failuresIn(counts);
  const isBroken = state === 'failed' || state === 'lost';
  return isBroken || count > 0 ? [warning('backfill-failures', id, { backfillId, count, state })] : [];
}

/** Only minutes in which the office is open count. */
function judgeSilence(id: string, lastRowAtMs: number | null, atMs: number, { silence }: KeptFacts): Finding[] {
  if (!silence || lastRowAtMs === null || !isOpen(silence.office, atMs)) return [];
  const { office, minutes } = silence;
  return afterOpenMinutes(office, lastRowAtMs, minutes) <= atMs
    ? [warning('pbx-silent', id, { sinceMs: lastRowAtMs, minutes })]
    : [];
}
