import fc from 'fast-check';
import { Value } from 'typebox/value';
import { allFeatures, restrictedMode } from '../../proto/licence/feature.ts';
import { PermitClaims, permitIssuer } from '../../proto/licence/permit.ts';
import { standingOf } from '../../proto/licence/standing.ts';
import { dueOfflinePermit, duePermit, type Known, type PurchaseOnIt, type Timing } from './due-permit.ts';

const dayMs = 86_400_000;
const timing: Timing = { checkEverySeconds: 6 * 3_600, freshSeconds: 18 * 3_600, graceSeconds: 14 * 86_400 };
const timezone = 'Europe/Moscow';
/** A Thursday noon in Moscow. */
const nowMs = Date.parse('2026-11-26T09:00:00Z');

const purchase: PurchaseOnIt = {
  ...{ kind: 'paid', plan: 'Professional', customer: 'Acme', seats: 10, features: allFeatures, keyHint: 'ABCDE' },
  ...{ paidUntilMs: nowMs + 100 * dayMs, invoiceUntilMs: null, isRevoked: false },
};
const trial = { plan: 'Trial', customer: '', seats: 100, features: allFeatures, endsAtMs: nowMs + 5 * dayMs };
const whole = (due: ReturnType<typeof duePermit>): PermitClaims => ({
  ...{ iss: permitIssuer, sub: 'x'.repeat(43), serial: 1, ...due },
});
const nothing: Known = { purchase: null, trial: null, lost: null, displaced: null };

it.each<[string, Known, object]>([
  ['nothing', nothing, { kind: 'restricted', reason: 'no-licence', ...restrictedMode, paidUntil: null }],
  ['a purchase', { ...nothing, purchase }, { kind: 'paid', reason: null, seats: 10, isInvoicePending: false }],
  [
    'a purchase without an end',
    { ...nothing, purchase: { ...purchase, kind: 'free', paidUntilMs: null } },
    { kind: 'free', paidUntil: null },
  ],
  [
    'a purchase that ended yesterday',
    { ...nothing, purchase: { ...purchase, paidUntilMs: nowMs - dayMs } },
    { kind: 'paid', seats: 10 },
  ],
  [
    'a purchase whose grace is over',
    { ...nothing, purchase: { ...purchase, paidUntilMs: nowMs - 20 * dayMs } },
    { kind: 'restricted', reason: 'term-over', keyHint: 'ABCDE', customer: 'Acme', ...restrictedMode },
  ],
  [
    'the same with a pending invoice',
    { ...nothing, purchase: { ...purchase, paidUntilMs: nowMs - 20 * dayMs, invoiceUntilMs: nowMs + dayMs } },
    { kind: 'paid', isInvoicePending: true, paidUntil: (nowMs + dayMs) / 1_000 },
  ],
  [
    'a purchase that was extended beyond its invoice',
    { ...nothing, purchase: { ...purchase, invoiceUntilMs: nowMs - dayMs } },
    { kind: 'paid', isInvoicePending: false, paidUntil: (purchase.paidUntilMs ?? 0) / 1_000 },
  ],
  [
    'a revoked purchase',
    { ...nothing, purchase: { ...purchase, isRevoked: true }, trial },
    { kind: 'restricted', reason: 'revoked' },
  ],
  ['a trial', { ...nothing, trial }, { kind: 'trial', keyHint: null, paidUntil: trial.endsAtMs / 1_000 }],
  ['a trial and a purchase', { ...nothing, trial, purchase }, { kind: 'paid' }],
  ['a trial in grace', { ...nothing, trial: { ...trial, endsAtMs: nowMs - dayMs } }, { kind: 'trial' }],
  [
    'a trial that is over',
    { ...nothing, trial: { ...trial, endsAtMs: nowMs - 30 * dayMs } },
    { kind: 'restricted', reason: 'trial-over' },
  ],
  ['a key that went elsewhere', { ...nothing, lost: 'moved' }, { kind: 'restricted', reason: 'moved' }],
  ['a key that was given back', { ...nothing, lost: 'released' }, { kind: 'restricted', reason: 'released' }],
  [
    'a key whose place another machine took yesterday',
    { ...nothing, lost: 'moved', displaced: { purchase, atMs: nowMs - dayMs } },
    { kind: 'paid', reason: 'moved', seats: 10, keyHint: 'ABCDE' },
  ],
  [
    'the same a week later',
    { ...nothing, lost: 'moved', displaced: { purchase, atMs: nowMs - 7 * dayMs } },
    { kind: 'restricted', reason: 'moved' },
  ],
  [
    'the same of a purchase that was revoked',
    { ...nothing, lost: 'moved', displaced: { purchase: { ...purchase, isRevoked: true }, atMs: nowMs - dayMs } },
    { kind: 'restricted', reason: 'moved' },
  ],
  ['the same while a trial runs', { ...nothing, lost: 'released', trial }, { kind: 'trial' }],
])('is due for %s', (_, known, expected) => {
  expect(duePermit(known, nowMs, timezone, timing)).toMatchObject(expected);
});

it('ends on a working morning, after the grace of the last contact or of the term, whichever is earlier', () => {
  const expOf = (paidUntilMs: number | null) =>
    new Date(duePermit({ ...nothing, purchase: { ...purchase, paidUntilMs } }, nowMs, timezone, timing).exp * 1_000);
  // two weeks from Thursday noon: Friday at ten
  expect(expOf(null).toISOString()).toBe('2026-12-11T07:00:00.000Z');
  expect(expOf(nowMs + 100 * dayMs).toISOString()).toBe('2026-12-11T07:00:00.000Z');
  // the term ended on Saturday twelve days ago: two days later that would be a Saturday, so Monday
  expect(expOf(nowMs - 12 * dayMs).toISOString()).toBe('2026-11-30T07:00:00.000Z');
});

it('that ends within a day ends when it ends: nobody waits for a morning', () => {
  const short = { checkEverySeconds: 2, freshSeconds: 2, graceSeconds: 10 };
  expect(duePermit({ ...nothing, purchase }, nowMs, timezone, short).exp).toBe(nowMs / 1_000 + 10);
});

it('as a file is good until the end of term and grace', () => {
  const permit = dueOfflinePermit(purchase, nowMs, timezone, timing);
  const end = Date.parse('2027-03-22T07:00:00Z') / 1_000; // 100 and 14 days: a Saturday
  expect(permit).toMatchObject({ isOffline: true, exp: end, nextCheck: end, freshUntil: end, kind: 'paid' });
  const revoked = dueOfflinePermit({ ...purchase, isRevoked: true }, nowMs, timezone, timing);
  expect(revoked.kind).toBe('restricted');
});

it('as a file of what has no end warns before the file ends, and has a grace after it: it can not be taken back', () => {
  const permit = whole(dueOfflinePermit({ ...purchase, paidUntilMs: null }, nowMs, timezone, timing));
  const endMs = nowMs + 365 * dayMs;
  const standingIn = (days: number) => standingOf(permit, endMs + days * dayMs);
  expect(standingIn(-7)).toMatchObject({ state: 'active', reason: null, untilMs: endMs });
  expect(standingIn(1)).toMatchObject({ state: 'grace', reason: 'term-over', seats: 10, untilMs: permit.exp * 1_000 });
  expect(standingIn(19)).toMatchObject({ state: 'restricted', reason: 'term-over' });
});

it('whose place another machine took has three days, until a working morning, and is told why', () => {
  const displaced = { purchase, atMs: nowMs };
  const permit = whole(duePermit({ ...nothing, lost: 'moved', displaced }, nowMs, timezone, timing));
  const end = Date.parse('2026-11-30T07:00:00Z'); // from Thursday noon: a Sunday
  expect(standingOf(permit, nowMs)).toMatchObject({ state: 'grace', reason: 'moved', untilMs: end, seats: 10 });
  expect(standingOf(permit, end)).toMatchObject({ state: 'restricted', reason: 'moved' });
});

const moment = fc.integer({ min: nowMs - 500 * dayMs, max: nowMs + 500 * dayMs });
const bought: fc.Arbitrary<PurchaseOnIt> = fc.record({
  kind: fc.constantFrom('paid' as const, 'free' as const),
  ...{ plan: fc.string({ maxLength: 100 }), customer: fc.string({ maxLength: 200 }) },
  ...{ seats: fc.nat(100_000), features: fc.subarray([...allFeatures]), keyHint: fc.option(fc.constant('ABCDE')) },
  ...{ paidUntilMs: fc.option(moment), invoiceUntilMs: fc.option(moment), isRevoked: fc.boolean() },
});
const known: fc.Arbitrary<Known> = fc.record({
  purchase: fc.option(bought),
  displaced: fc.option(fc.record({ purchase: bought, atMs: fc.integer({ min: nowMs - 10 * dayMs, max: nowMs }) })),
  trial: fc.option(moment.map((endsAtMs) => ({ ...trial, endsAtMs }))),
  lost: fc.constantFrom('moved', 'released', null),
});
const zones = fc.constantFrom('Europe/Moscow', 'Pacific/Kiritimati', 'America/New_York', 'nowhere', 'UTC');

describe('whatever is known', () => {
  it('the permit is one, and is good now', () => {
    fc.assert(
      fc.property(known, zones, (what, zone) => {
        const permit = whole(duePermit(what, nowMs, zone, timing));
        expect(Value.Check(PermitClaims, permit)).toBe(true);
        expect(permit.exp).toBeGreaterThan(permit.iat);
        expect(permit.exp).toBeLessThanOrEqual(permit.iat + timing.graceSeconds + 4 * 86_400);
        if (permit.reason !== 'moved') expect(permit.reason === null).toBe(permit.kind !== 'restricted');
      }),
    );
  });

  it('an installation stands with it as the server means it, now and after it', () => {
    fc.assert(
      fc.property(known, zones, (what, zone) => {
        const permit = whole(duePermit(what, nowMs, zone, timing));
        const now = standingOf(permit, nowMs);
        expect(now.state === 'restricted').toBe(permit.kind === 'restricted');
        expect(standingOf(permit, permit.exp * 1_000).state).toBe('restricted');
        if (permit.kind === 'restricted') expect(now).toMatchObject({ reason: permit.reason, ...restrictedMode });
      }),
    );
  });

  it('a revoked purchase and one without a licence unlock nothing', () => {
    fc.assert(
      fc.property(known, zones, ({ purchase: owned, trial: tried }, zone) => {
        const revoked = owned && { ...owned, isRevoked: true };
        const over = tried && { ...tried, endsAtMs: nowMs - 60 * dayMs };
        const permit = duePermit({ purchase: revoked, trial: over, lost: null, displaced: null }, nowMs, zone, timing);
        expect(permit).toMatchObject({ kind: 'restricted', ...restrictedMode });
      }),
    );
  });

  it('asked later while nothing was paid, it never gives more time', () => {
    fc.assert(
      fc.property(known, zones, fc.integer({ min: 0, max: 60 * dayMs }), (what, zone, laterMs) => {
        const end = what.purchase?.paidUntilMs;
        if (end === null || end === undefined || what.purchase?.isRevoked) return;
        const permits = [nowMs, nowMs + laterMs].map((ms) => duePermit(what, ms, zone, timing));
        if (permits.every(({ kind }) => kind === 'paid')) expect(permits[1]?.paidUntil).toBe(permits[0]?.paidUntil);
        const isOverAt = permits.findIndex(({ kind }) => kind === 'restricted');
        if (isOverAt === 0) expect(permits[1]?.kind).toBe('restricted');
      }),
    );
  });
});
