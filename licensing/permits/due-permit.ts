import { type Feature, restrictedMode } from '../../proto/licence/feature.ts';
import type { PermitClaims, RestrictionReason } from '../../proto/licence/permit.ts';
import { workingMorning } from './working-morning.ts';

/** Which permit an installation is due: pure, so that every case stands in a table. */

/** The server decides all times. */
export interface Timing {
  checkEverySeconds: number;
  /** After the next check was due, until its lack is told. */
  freshSeconds: number;
  /** After the end of what was paid for, and after the last contact. */
  graceSeconds: number;
}

/** What is known of an installation. */
export interface Known {
  /** On it now. */
  purchase: PurchaseOnIt | null;
  /** Its own, over or not. */
  trial: TrialOfIt | null;
  /** Why it has the purchase no more that it had last; null: it had none, or has it still. */
  lost: 'moved' | 'released' | null;
  /** What it had until another machine took its place by itself; null: none did, or it has another. */
  displaced: { purchase: PurchaseOnIt; atMs: number } | null;
}

interface Terms {
  /** As the plan is called. */
  plan: string;
  /** Empty: it was sold to nobody. */
  customer: string;
  seats: number;
  features: readonly Feature[];
}

export interface PurchaseOnIt extends Terms {
  kind: 'paid' | 'free';
  keyHint: string | null;
  /** null: without an end. */
  paidUntilMs: number | null;
  invoiceUntilMs: number | null;
  isRevoked: boolean;
}

export interface TrialOfIt extends Terms {
  endsAtMs: number;
}

/** A permit but for whose it is, and its number. */
export type DuePermit = Omit<PermitClaims, 'iss' | 'sub' | 'serial'>;

const daySeconds = 86_400;
/** So long a machine whose place another took works on, should it be the one that matters. */
const displacedSeconds = 3 * daySeconds;
/** A file without an end could never be taken back. */
const offlineDays = 365;

export function duePermit(known: Known, nowMs: number, timezone: string, timing: Timing): DuePermit {
  const { purchase, displaced, trial } = known;
  if (purchase) return ofPurchase(purchase, nowMs, timezone, timing);
  const parting = displaced && ofDisplaced(displaced, nowMs, timezone, timing);
  if (parting) return parting;
  if (!trial) return restricted(known.lost ?? 'no-licence', undefined, nowMs, timezone, timing);
  const terms = { ...trial, kind: 'trial' as const, keyHint: null, paidUntilMs: trial.endsAtMs };
  if (isOver(terms.paidUntilMs, nowMs, timezone, timing)) {
    return restricted(known.lost ?? 'trial-over', terms, nowMs, timezone, timing);
  }
  return granted({ ...terms, isInvoicePending: false }, nowMs, timezone, timing);
}

/**
 * The same as a file, by which the installation works without being heard: until the end of term and grace. What has no end
 * ends with the file, and is told so as of any term: a new file has to come in time.
 */
export function dueOfflinePermit(purchase: PurchaseOnIt, nowMs: number, timezone: string, timing: Timing): DuePermit {
  const permit = ofPurchase(purchase, nowMs, timezone, timing);
  if (permit.kind === 'restricted') return asFile(permit, permit.exp);
  const end = permit.paidUntil ?? seconds(nowMs) + offlineDays * daySeconds;
  return asFile({ ...permit, paidUntil: end }, seconds(endOfGrace(end * 1_000, timezone, timing)));
}

const asFile = (permit: DuePermit, exp: number): DuePermit => ({
  ...permit,
  ...{ exp, nextCheck: exp, freshUntil: exp, isOffline: true },
});

/** When what was paid for ends, an invoice's delay included; null: it does not. ms UTC. */
export function endOfTerm({
  paidUntilMs,
  invoiceUntilMs,
}: Pick<PurchaseOnIt, 'paidUntilMs' | 'invoiceUntilMs'>): number | null {
  return paidUntilMs === null ? null : Math.max(paidUntilMs, invoiceUntilMs ?? 0);
}

/** The end of grace after a moment, on a working morning; one of less than a day ends when it ends. ms UTC. */
export function endOfGrace(momentMs: number, timezone: string, { graceSeconds }: Timing): number {
  const endMs = momentMs + graceSeconds * 1_000;
  return graceSeconds < daySeconds ? endMs : workingMorning(endMs, timezone);
}

function ofPurchase(purchase: PurchaseOnIt, nowMs: number, timezone: string, timing: Timing): DuePermit {
  const terms = { ...purchase, paidUntilMs: endOfTerm(purchase) };
  if (purchase.isRevoked) return restricted('revoked', terms, nowMs, timezone, timing);
  if (isOver(terms.paidUntilMs, nowMs, timezone, timing)) {
    return restricted('term-over', terms, nowMs, timezone, timing);
  }
  const isInvoicePending = purchase.paidUntilMs !== null && (purchase.invoiceUntilMs ?? 0) > purchase.paidUntilMs;
  return granted({ ...terms, isInvoicePending }, nowMs, timezone, timing);
}

/** The grace of one whose place was taken. @returns undefined once it is over, or if there is nothing left of what it had */
function ofDisplaced(
  { purchase, atMs }: NonNullable<Known['displaced']>,
  nowMs: number,
  timezone: string,
  timing: Timing,
): DuePermit | undefined {
  const endMs = endOfGrace(atMs, timezone, { ...timing, graceSeconds: displacedSeconds });
  const permit = ofPurchase(purchase, nowMs, timezone, timing);
  if (permit.kind === 'restricted' || nowMs >= endMs) return undefined;
  const exp = Math.min(permit.exp, seconds(endMs));
  return { ...permit, reason: 'moved', paidUntil: seconds(atMs), isInvoicePending: false, exp };
}

/** Both term and grace are. @param endMs of the term; null: it has none */
export function isOver(endMs: number | null, nowMs: number, timezone: string, timing: Timing): boolean {
  return endMs !== null && nowMs >= endOfGrace(endMs, timezone, timing);
}

interface Granted extends Terms {
  kind: 'trial' | 'paid' | 'free';
  keyHint: string | null;
  paidUntilMs: number | null;
  isInvoicePending: boolean;
}

function granted(terms: Granted, nowMs: number, timezone: string, timing: Timing): DuePermit {
  const { kind, plan, customer, keyHint, seats, paidUntilMs, isInvoicePending } = terms;
  const times = timesOf(nowMs, timezone, timing);
  const end = paidUntilMs === null ? times.exp : seconds(endOfGrace(paidUntilMs, timezone, timing));
  return {
    ...{ ...times, exp: Math.min(times.exp, end) },
    ...{ kind, reason: null, plan, customer, keyHint, seats, features: [...terms.features] },
    ...{ paidUntil: paidUntilMs === null ? null : seconds(paidUntilMs), isInvoicePending, isOffline: false },
  };
}

/** @param terms what it has no more, to be told */
function restricted(
  reason: RestrictionReason,
  terms: Pick<Granted, 'plan' | 'customer' | 'keyHint' | 'paidUntilMs'> | undefined,
  nowMs: number,
  timezone: string,
  timing: Timing,
): DuePermit {
  const paidUntilMs = terms?.paidUntilMs ?? null;
  return {
    ...timesOf(nowMs, timezone, timing),
    ...{ kind: 'restricted', reason, plan: terms?.plan ?? '', customer: terms?.customer ?? '' },
    ...{ keyHint: terms?.keyHint ?? null, seats: restrictedMode.seats, features: [...restrictedMode.features] },
    ...{ paidUntil: paidUntilMs === null ? null : seconds(paidUntilMs), isInvoicePending: false, isOffline: false },
  };
}

function timesOf(nowMs: number, timezone: string, timing: Timing) {
  const iat = seconds(nowMs);
  const nextCheck = iat + timing.checkEverySeconds;
  const exp = seconds(endOfGrace(nowMs, timezone, timing));
  return { iat, exp, nextCheck, freshUntil: nextCheck + timing.freshSeconds };
}

const seconds = (ms: number): number => Math.floor(ms / 1_000);
