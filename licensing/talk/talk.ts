import type { Pool } from 'mysql2/promise';
import { type PermitClaims, permitIssuer, type SignedPermit } from '../../proto/licence/permit.ts';
import type { LicenceRequest } from '../../proto/licence/wire.ts';
import type { Signer } from '../keys/signer.ts';
import { type DuePermit, duePermit, type Known, type Timing } from '../permits/due-permit.ts';
import { type GenuineRequest, readRequest } from '../requests/read-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { liveOfInstallation } from '../store/activations.ts';
import { writeHistory } from '../store/history.ts';
import { type Language, noteHearing, readDue } from '../store/installations.ts';
import type { Queries } from '../store/mysql.ts';
import { noteRequest } from '../store/seen-requests.ts';
import { inTransaction } from '../store/transaction.ts';

export interface TalkTools {
  pool: Pool;
  signer: Signer;
  timing: Timing;
  /** A machine that was not heard of for so long may be replaced by another of the same amoCRM account. */
  silentSeconds: number;
  /** Since when this process answers, ms UTC: who could not be heard was not silent. */
  upSinceMs: number;
  nowMs(): number;
}

/** One request, while it is answered. */
export interface Turn {
  queries: Queries;
  request: GenuineRequest;
  /** Of whoever asks. */
  address: string;
  nowMs: number;
  timing: Timing;
  silentSeconds: number;
  upSinceMs: number;
}

/** What is done before the permit is decided. @returns what is refused; it is kept that it was asked */
export type Deed = (turn: Turn) => Promise<Refusal | undefined>;

export interface Asked {
  token: string;
  address: string;
  /** Of the names in the permit. */
  language: Language;
}

/**
 * Answers a request of an installation: verifies it, does the deed and decides the permit in one transaction, signs.
 *
 * @param admit asked once it is certain who speaks; throws if there is too much of it
 * @throws Refusal, NoSigningKey
 */
export async function answerRequest(
  tools: TalkTools,
  purpose: LicenceRequest['purpose'],
  asked: Asked,
  deed: Deed,
  admit: (thumbprint: string) => Promise<void>,
): Promise<SignedPermit> {
  const nowMs = tools.nowMs();
  const request = await readRequest(asked.token, purpose, nowMs);
  await admit(request.thumbprint);
  const { pool, signer, timing, silentSeconds, upSinceMs } = tools;
  const outcome = await inTransaction(pool, async (queries) => {
    if (!(await noteRequest(queries, request, nowMs))) return new Refusal('request-seen');
    const refusal = await deed({ queries, request, nowMs, timing, silentSeconds, upSinceMs, address: asked.address });
    if (refusal) return refusal;
    return issue(queries, signer, request, asked.language, nowMs, (known) =>
      duePermit(known, nowMs, request.timezone, timing),
    );
  });
  if (outcome instanceof Refusal) throw outcome;
  return signer.sign(outcome.trust, outcome.claims);
}

/** What there is to be signed. */
export async function issue(
  queries: Queries,
  signer: Signer,
  request: GenuineRequest,
  language: Language,
  nowMs: number,
  decide: (known: Known) => DuePermit,
) {
  const hearing = await noteHearing(queries, request, nowMs);
  if (!hearing) return new Refusal('installation-unknown');
  if (hearing.isNews) await noteTwin(queries, request, hearing.installationId, nowMs);
  const { known, serial, keySetSerial } = await readDue(queries, request.thumbprint, language);
  const due = { ...decide(known), ...(hearing.isTwin && { isTwin: true }) };
  const claims: PermitClaims = { iss: permitIssuer, sub: request.thumbprint, serial, ...due };
  return { claims, trust: await signer.prepare(queries, keySetSerial, due.exp) };
}

async function noteTwin(
  queries: Queries,
  { thumbprint }: GenuineRequest,
  installationId: number,
  nowMs: number,
): Promise<void> {
  const { purchaseId = null, customerId = null } = (await liveOfInstallation(queries, installationId)) ?? {};
  const entry = { actor: 'installation', event: 'twin-noticed', purchaseId, customerId, thumbprint } as const;
  await writeHistory(queries, entry, nowMs);
}
