import fc from 'fast-check';
import { noCounts } from '../backfill.ts';
import type { AccountFacts, AmiStanding, BackfillFacts, KeptFacts, LicenceFacts, PbxFacts, Reading } from './facts.ts';
import { type Finding, FindingCode, findingKey, overallOf } from './finding.ts';
import { firstSteps } from './first-steps.ts';
import { judge, unjudged } from './judge.ts';
import { tellOver } from './over-words.ts';
import { tellFinding } from './words.ts';

const minuteMs = 60_000;
/** A Monday, noon in Moscow. */
const noonMs = Date.UTC(2026, 10, 23, 9);
const hours = [{ from: '09:00', to: '18:00' }];
const office = {
  ...{ id: 'office', name: 'Office', timezone: 'Europe/Moscow', days: {} },
  week: [hours, hours, hours, hours, hours, [], []],
};

const readingWell: Reading = {
  ...{ toldAtMs: noonMs - 1_000, lookedAtMs: noonMs - 1_000, lastRowAtMs: noonMs - minuteMs, trouble: null },
};
const pbxWell: PbxFacts = {
  ...{ id: 'main', timezone: 'Europe/Moscow', reading: readingWell, observedUntilMs: undefined, unmapped: [] },
  calls: {
    ...{ needAttention: 0, waiting: 0, waitingSinceMs: null },
    ...{ today: 3, registeredLastDay: 3, lastStartedAtMs: noonMs - minuteMs },
  },
};
const keptWell: KeptFacts = {
  ...{ amocrm: { state: 'connected', reason: '', hasShownCard: true }, pbxs: [pbxWell], employees: 2 },
  ...{ hasRules: true, silence: { office, minutes: 30 } },
};
const dayMs = 86_400_000;
const licenceWell: LicenceFacts = {
  ...{ state: 'active', reason: null, untilMs: noonMs + 30 * dayMs, nowMs: noonMs, clockBehindMs: 0, isTrial: false },
  ...{ seats: { count: 3, used: 3 }, pbxsBeyond: [], isTwin: false, unreached: null, askedForAtMs: noonMs + dayMs },
};
const well: AccountFacts = {
  ...{ atMs: noonMs, kept: keptWell, shared: { pause: undefined, brakeHits: [] } },
  temporal: { lastPollAtMs: noonMs - 30_000 },
  licence: licenceWell,
};
const withLicence = (changes: Partial<LicenceFacts>): AccountFacts => ({
  ...well,
  licence: { ...licenceWell, ...changes },
});
const withPbx = (changes: Partial<PbxFacts>): AccountFacts => ({
  ...well,
  kept: { ...keptWell, pbxs: [{ ...pbxWell, ...changes }] },
});
const withBackfill = (changes: Partial<BackfillFacts>) =>
  withPbx({
    backfill: {
      ...{ id: 7, state: 'running', share: 0.5, counts: noCounts, movedAtMs: noonMs, endedAtMs: null },
      ...changes,
    },
  });
const withWaiting = (minutes: number) =>
  withPbx({ calls: { ...pbxWell.calls, waiting: 3, waitingSinceMs: noonMs - minutes * minuteMs } });
const withReading = (changes: Partial<Reading>) => withPbx({ reading: { ...readingWell, ...changes } });
const withKept = (changes: Partial<KeptFacts>): AccountFacts => ({ ...well, kept: { ...keptWell, ...changes } });
const paused = (code: string, lastsMs: number): AccountFacts => ({
  ...well,
  shared: { pause: { code, reason: 'So it is.', untilMs: noonMs + lastsMs }, brakeHits: [] },
});
const inState = (state: KeptFacts['amocrm']['state']) =>
  withKept({ amocrm: { state, reason: 'Why.', hasShownCard: false } });

const withQueue = (oldestWaitsMs: number): AccountFacts => ({
  ...well,
  temporal: { lastPollAtMs: noonMs, queues: [{ queue: 'amocrm', waiting: 40, oldestWaitsMs }] },
});
const withToken = (renewsItself: boolean, leftMs: number): AccountFacts =>
  withKept({
    amocrm: { ...keptWell.amocrm, token: { issuedAtMs: null, expiresAtMs: noonMs + leftMs, renewsItself } },
  });

const codes = (facts: AccountFacts) => judge(facts).map(({ level, code }) => `${level} ${code}`);

it('nothing is told of an account with which all is well', () => {
  expect(judge(well)).toEqual([]);
  expect(overallOf(judge(well))).toBe('ok');
});

it.each<[string, AccountFacts, string[]]>([
  ['our database is away', { ...well, kept: undefined, storeTrouble: 'away' }, ['error mysql-away']],
  ['our database is slow', { ...well, kept: undefined, storeTrouble: 'slow' }, ['error mysql-slow']],
  ['something of ours fails', { ...well, kept: undefined, storeTrouble: 'failed' }, ['error state-unread']],
  [
    'Redis is away: what PBXs do nobody can know',
    { ...withPbx({ reading: undefined }), shared: undefined },
    ['error redis-away'],
  ],
  ['Temporal is away: no worker can be missed', { ...well, temporal: undefined }, ['error temporal-away']],
  ['no worker has ever come', { ...well, temporal: { lastPollAtMs: null } }, ['error no-worker']],
  ['work waits for a worker that comes', withQueue(90_000), ['warning queue-behind']],
  ['work waits for a moment', withQueue(30_000), []],
  [
    'work waits since no worker comes',
    { ...well, temporal: { ...withQueue(90_000).temporal, lastPollAtMs: null } },
    ['error no-worker'],
  ],
  ['the worker is gone', { ...well, temporal: { lastPollAtMs: noonMs - 5 * minuteMs } }, ['error no-worker']],
  ['amoCRM is not connected', inState('pending'), ['error amocrm-pending']],
  ['its permission was withdrawn', inState('reconnect-needed'), ['error reconnect-needed']],
  ['it was switched off', inState('disconnected'), ['error amocrm-disconnected']],
  ['amoCRM has blocked us', paused('Blocked', 15 * minuteMs), ['error amocrm-paused']],
  ['amoCRM wants rest for long', paused('RateLimited', 2 * minuteMs), ['warning amocrm-paused']],
  ['amoCRM wants a moment of rest', paused('RateLimited', 1_000), []],
  ['there is no PBX', withKept({ pbxs: [] }), ['error no-pbx']],
  ['nobody has ever read the PBX', withPbx({ reading: undefined }), ['error pbx-not-read']],
  ['its connector is gone', withReading({ toldAtMs: noonMs - minuteMs }), ['error pbx-not-read']],
  [
    'its database is away',
    withReading({ trouble: { of: 'database', code: 'ECONNREFUSED', sinceMs: noonMs - minuteMs } }),
    ['error pbx-database-away'],
  ],
  ['reading hangs', withReading({ lookedAtMs: noonMs - 5 * minuteMs }), ['error pbx-reading-stopped']],
  [
    'reading waits for Temporal, which is told itself',
    { ...withReading({ trouble: { of: 'other', code: '', sinceMs: noonMs - minuteMs } }), temporal: undefined },
    ['error temporal-away'],
  ],
  [
    'Asterisk has calls and writes no rows, which is more than its silence',
    withReading({ celMissingSinceMs: noonMs - minuteMs, lastRowAtMs: noonMs - 60 * minuteMs }),
    ['error pbx-writes-no-cel'],
  ],
  ['the clock of the PBX is days behind', withReading({ clockBehindMs: 3 * dayMs }), ['error pbx-clock-behind']],
  ['the clock of the PBX is right', withReading({ clockBehindMs: null }), []],
  [
    'that its database is away is more than that no rows come',
    withReading({ celMissingSinceMs: noonMs, trouble: { of: 'database', code: 'ETIMEDOUT', sinceMs: noonMs } }),
    ['error pbx-database-away'],
  ],
  [
    'AMI is away',
    withReading({ ami: { state: 'down', sinceMs: noonMs - minuteMs, kind: 'refused' } }),
    ['warning ami-away'],
  ],
  ['AMI is away for a moment', withReading({ ami: { state: 'down', sinceMs: noonMs - 5_000, kind: 'broken' } }), []],
  ['AMI is tried for the first time', withReading({ ami: { state: 'connecting', sinceMs: 0 } }), []],
  ['AMI is there', withReading({ ami: { state: 'up', sinceMs: 0 } }), []],
  ['nobody has said where AMI is', withReading({ ami: null }), []],
  [
    'of AMI nobody knows while nobody reads',
    withReading({ toldAtMs: noonMs - minuteMs, ami: { state: 'down', sinceMs: 0, kind: 'broken' } }),
    ['error pbx-not-read'],
  ],
  ['calls of the past come', withBackfill({ movedAtMs: noonMs - minuteMs }), []],
  [
    'calls of the past stand still',
    withBackfill({ movedAtMs: noonMs - 20 * minuteMs }),
    ['warning backfill-stands-still'],
  ],
  ['calls of the past are paused', withBackfill({ state: 'paused', movedAtMs: noonMs - 20 * minuteMs }), []],
  ['calls of the past have come', withBackfill({ state: 'done', endedAtMs: noonMs }), []],
  [
    'some calls of the past were not registered',
    withBackfill({ state: 'done', endedAtMs: noonMs, counts: { ...noCounts, calls: 5, notTold: 2 } }),
    ['warning backfill-failures'],
  ],
  [
    'calls of the past were broken off',
    withBackfill({ state: 'lost', endedAtMs: noonMs }),
    ['warning backfill-failures'],
  ],
  ['that was long ago', withBackfill({ state: 'lost', endedAtMs: noonMs - 4 * dayMs }), []],
  ['calls wait for a person', withPbx({ calls: { ...pbxWell.calls, needAttention: 2 } }), ['warning needs-attention']],
  ['calls wait for amoCRM', withWaiting(6), ['warning calls-waiting']],
  ['calls have waited for long', withWaiting(31), ['error calls-waiting']],
  ['the PBX is observed', withPbx({ observedUntilMs: null }), ['warning observed']],
  ['it was observed until just now', withPbx({ observedUntilMs: noonMs }), []],
  ['nobody has a phone', withKept({ employees: 0 }), ['error no-employees']],
  ['who has a phone is not known yet', withKept({ employees: null }), []],
  ['phones belong to nobody', withPbx({ unmapped: ['103'] }), ['warning unmapped-extensions']],
  [
    'the licence has come down to what is free',
    withLicence({ state: 'restricted', reason: 'revoked' }),
    ['error licence-restricted'],
  ],
  ['it is in its grace', withLicence({ state: 'grace', reason: 'server-away' }), ['warning licence-grace']],
  ['there are more people than seats', withLicence({ seats: { count: 3, used: 4 } }), ['warning seats-exceeded']],
  ['a PBX of this account is beyond the licence', withLicence({ pbxsBeyond: ['main'] }), ['warning pbx-beyond']],
  ['a PBX of another account is beyond it', withLicence({ pbxsBeyond: ['theirs'] }), []],
  ['a copy of the machine runs', withLicence({ isTwin: true }), ['warning licence-twin']],
  ['a clock was set back', withLicence({ clockBehindMs: 3_600_000 }), ['warning clock-behind']],
  [
    'the licensing server has missed a check long ago',
    withLicence({
      unreached: { failure: 'unreachable', sinceMs: noonMs - dayMs },
      askedForAtMs: noonMs - 2 * 3_600_000,
    }),
    ['warning licensing-away'],
  ],
  [
    'the licensing server has just missed a check',
    withLicence({ unreached: { failure: 'unreachable', sinceMs: noonMs - dayMs }, askedForAtMs: noonMs - 60_000 }),
    [],
  ],
  ['of the licence nothing is known', { ...well, licence: undefined }, []],
  [
    'there is no licence before amoCRM is connected, whereby a trial begins',
    { ...inState('pending'), licence: { ...licenceWell, state: 'restricted', reason: 'no-licence' } },
    ['error amocrm-pending'],
  ],
  ['nothing is to be done', withKept({ hasRules: false }), ['warning no-rules']],
])('is told: %s', (_, facts, expected) => {
  expect(codes(facts)).toEqual(expected);
});

it('the brake is told for hours, by what it holds', () => {
  const hit = (minutesAgo: number) => ({ kind: 'leads', did: '74951230001', atMs: noonMs - minutesAgo * minuteMs });
  const withHit = (minutesAgo: number) =>
    judge({ ...well, shared: { pause: undefined, brakeHits: [hit(minutesAgo)] } });
  expect(withHit(170)).toMatchObject([{ code: 'brake-hit', about: 'leads:74951230001' }]);
  expect(withHit(190)).toEqual([]);
});

it('the end of a term is told 14, 7 and 1 days ahead, with its date', () => {
  const told = (days: number) => judge(withLicence({ untilMs: noonMs + days * dayMs }));
  expect([15, 14, 8, 7, 2, 1, 0.5].map((days) => told(days)[0]?.values.count)).toEqual([
    undefined,
    ...['1', '1', '2', '2', '3', '3'],
  ]);
  const ofTrial = (days: number) =>
    judge(withLicence({ state: 'trial', isTrial: true, untilMs: noonMs + days * dayMs }));
  expect([14, 8, 7, 1].map((days) => ofTrial(days)[0]?.values.count)).toEqual([undefined, undefined, '1', '2']);
  const [finding] = told(7);
  expect(finding && tellFinding(finding, 'ru', 'Europe/Moscow').title).toMatch(/^Оплаченный срок.*30 нояб.*2026/);
});

describe('silence', () => {
  const silentFor = (minutes: number, atMs = noonMs) => ({
    ...withReading({ toldAtMs: atMs, lookedAtMs: atMs, lastRowAtMs: atMs - minutes * minuteMs }),
    ...{ atMs, temporal: { lastPollAtMs: atMs } },
  });

  it('is a trouble once the office was open for so long without a call', () => {
    expect(codes(silentFor(29))).toEqual([]);
    expect(codes(silentFor(30))).toEqual(['warning pbx-silent']);
  });

  it('of the night does not count, and is none while the office is closed', () => {
    const nineTenMs = Date.UTC(2026, 10, 23, 6, 10);
    expect(codes(silentFor(14 * 60, nineTenMs))).toEqual([]);
    expect(codes(silentFor(14 * 60, nineTenMs + 25 * minuteMs))).toEqual(['warning pbx-silent']);
    expect(codes(silentFor(300, Date.UTC(2026, 10, 23, 20)))).toEqual([]);
  });
});

const moment = fc.integer({ min: noonMs - 10 * 86_400_000, max: noonMs + 86_400_000 });
const anyReading = fc.record({
  ...{ toldAtMs: moment, lookedAtMs: fc.option(moment), lastRowAtMs: fc.option(moment) },
  celMissingSinceMs: fc.option(moment),
  clockBehindMs: fc.option(fc.integer({ min: dayMs })),
  ami: fc.option(
    fc.record({
      ...{ state: fc.constantFrom('connecting', 'up', 'down'), sinceMs: moment },
      ...{ kind: fc.constantFrom('unreachable', 'broken'), code: fc.constantFrom('E', 'ENOTFOUND') },
    }),
  ),
  trouble: fc.option(
    fc.record({
      of: fc.constantFrom('database', 'other'),
      code: fc.constantFrom('', 'ECONNREFUSED', 'E'),
      sinceMs: moment,
    }),
  ),
});
const anyPbx = fc.record({
  ...{
    id: fc.constantFrom('main', 'branch', 'shop'),
    timezone: fc.constant('Europe/Moscow'),
    reading: fc.option(anyReading, { nil: undefined }),
  },
  observedUntilMs: fc.oneof(fc.constant(undefined), fc.constant(null), moment),
  unmapped: fc.array(fc.constantFrom('101', '102')),
  calls: fc.record({
    needAttention: fc.nat(9),
    ...{ waiting: fc.nat(9), waitingSinceMs: fc.option(moment) },
    today: fc.nat(9),
    registeredLastDay: fc.nat(9),
    lastStartedAtMs: fc.option(moment),
  }),
});
it('that a PBX is silent nobody can say while the office is closed, or while it is not read', () => {
  const hidden = (facts: AccountFacts) => unjudged(facts, judge(facts));
  const silent = (atMs: number): AccountFacts => ({
    ...withReading({ toldAtMs: atMs, lookedAtMs: atMs, lastRowAtMs: noonMs - 2 * 60 * minuteMs }),
    atMs,
  });
  const evening = silent(noonMs + 9 * 60 * minuteMs);
  expect([codes(silent(noonMs)).join(), codes(evening).join()]).toEqual([
    expect.stringContaining('pbx-silent'),
    expect.not.stringContaining('pbx-silent'),
  ]);
  expect([hidden(silent(noonMs)), hidden(evening)]).toEqual([[], ['pbx-silent:main']]);
  expect(hidden(withReading({ toldAtMs: noonMs - minuteMs }))).toEqual([
    'pbx-database-away:main',
    'pbx-reading-stopped:main',
    'pbx-behind:main',
    'pbx-writes-no-cel:main',
    'pbx-clock-behind:main',
    'pbx-silent:main',
    'ami-away:main',
  ]);
});

const anyFacts = fc.record({
  atMs: fc.constant(noonMs),
  kept: fc.option(
    fc.record({
      amocrm: fc.record({
        state: fc.constantFrom('pending', 'connected', 'reconnect-needed', 'disconnected'),
        ...{ reason: fc.string(), hasShownCard: fc.boolean() },
      }),
      pbxs: fc.uniqueArray(anyPbx, { selector: ({ id }) => id }),
      ...{
        employees: fc.option(fc.nat(3)),
        hasRules: fc.boolean(),
        silence: fc.constantFrom(undefined, keptWell.silence),
      },
    }),
    { nil: undefined },
  ),
  shared: fc.option(
    fc.record({
      pause: fc.option(
        fc.record({ code: fc.constantFrom('Blocked', 'RateLimited'), reason: fc.string(), untilMs: moment }),
        { nil: undefined },
      ),
      brakeHits: fc.uniqueArray(
        fc.record({ kind: fc.constantFrom('leads', 'tasks'), did: fc.constantFrom('', '7495'), atMs: moment }),
        {
          selector: ({ kind, did }) => kind + did,
        },
      ),
    }),
    { nil: undefined },
  ),
  temporal: fc.option(fc.record({ lastPollAtMs: fc.option(moment) }), { nil: undefined }),
}) as fc.Arbitrary<AccountFacts>;

it('whatever the facts, each finding is told once, errors first, and has words in both languages', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const findings = judge(facts);
      expect(new Set(findings.map(findingKey)).size).toBe(findings.length);
      const levels = findings.map(({ level }) => level);
      expect(levels).toEqual(levels.toSorted());
      for (const finding of findings) expectWords(finding);
    }),
  );
});

it.each([
  [{ kind: 'refused' }, 'name or secret were refused'],
  [{ kind: 'unreachable', code: 'ECONNREFUSED' }, 'nothing listens at its address'],
  [{ kind: 'unreachable', code: 'E7' }, 'E7'],
  [{ kind: 'not-ami', said: 'SSH-2.0' }, 'what listens at its address is not AMI'],
])('why AMI is away is told: %j', (trouble, words) => {
  const [finding] = judge(
    withReading({ ami: { ...trouble, state: 'down', sinceMs: noonMs - minuteMs } as AmiStanding }),
  );
  expect(tellFinding(finding as Finding, 'en', 'Europe/Moscow').title).toMatch(
    new RegExp(`is away since .*: ${words}$`),
  );
});

it.each<[string, AccountFacts, string[]]>([
  ['all rows are delivered', withReading({ coveredUntilMs: noonMs - 1_000 }), []],
  [
    'the connector catches up after an outage',
    withReading({ coveredUntilMs: noonMs - 2 * minuteMs }),
    ['warning pbx-behind'],
  ],
  [
    'reading has stopped, and is behind for that',
    withReading({ coveredUntilMs: noonMs - 9 * minuteMs, lookedAtMs: noonMs - 9 * minuteMs }),
    ['error pbx-reading-stopped'],
  ],
  ['a pair is renewed in time', withToken(true, 6 * 3_600_000), []],
  ['a pair was not renewed', withToken(true, 3_600_000), ['warning token-ends']],
  ['a long-lived token is good for long', withToken(false, 60 * dayMs), []],
  ['a long-lived token ends soon', withToken(false, 6 * dayMs), ['warning token-ends']],
])('%s', (_, facts, expected) => {
  expect(codes(facts)).toEqual(expected);
});

it('every code has words', () => {
  for (const code of FindingCode.enum) expectWords({ level: 'error', code, about: 'main', values: {} });
});

function expectWords(finding: Finding): void {
  for (const language of ['ru', 'en'] as const) {
    const { title, whatToDo } = tellFinding(finding, language, 'Europe/Moscow');
    expect(title.length).toBeGreaterThan(5);
    expect(tellOver(finding, language)).not.toBe(title);
    expect(tellOver(finding, language)).not.toMatch(/undefined|^$/);
    expect(whatToDo).toMatch(/[.:]$/);
    if (Object.keys(finding.values).length > 0) expect(title + whatToDo).not.toMatch(/undefined|NaN|Invalid/);
  }
}

it('tells a newcomer what is still to do, in order', () => {
  const fresh: KeptFacts = {
    ...keptWell,
    amocrm: { state: 'pending', reason: '', hasShownCard: false },
    ...{ pbxs: [], employees: null },
  };
  expect(firstSteps(fresh).map(({ isDone }) => isDone)).toEqual([false, false, false, false, false]);
  expect(firstSteps(keptWell).every(({ isDone }) => isDone)).toBe(true);
});
