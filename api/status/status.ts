import type { FastifyRequest } from 'fastify';
import type { PbxFacts } from '../../proto/state/facts.ts';
import { type Finding, overallOf } from '../../proto/state/finding.ts';
import { tellFinding } from '../../proto/state/words.ts';
import { maySeeAccount, type User } from '../../proto/user.ts';
import { mayRead } from '../../runtime/monitoring/inspection.ts';
import { findSignedIn } from '../access/access.ts';
import { isBeyond } from '../access/is-beyond.ts';
import { ApiError } from '../errors.ts';
import { ownExtensions } from '../journal/visible.ts';
import { ofEverybody } from '../state/state.ts';
import type { Api, ApiTools } from '../tools.ts';
import { type Language, languageOf } from '../words.ts';
import type { AccountStanding, Standings } from './standings.ts';

/** A program that was given another token asks again and again. */
const wrongTokens = { max: 30, timeWindow: 15 * 60_000 };

/** Who asks: a program of the operator, who sees everything, or somebody of the staff. */
type Reader = { user: User | undefined };

/**
 * How everything stands, for people and programs that watch over it: in one word and, in the language of whoever asks,
 * for what reasons. Whoever has neither the monitoring token nor a session learns nothing.
 */
export function serveStatus(app: Api, tools: ApiTools): void {
  const limit = app.createRateLimit({ ...wrongTokens, keyGenerator: ({ ip }) => `status:${ip}` });

  const readerOf = async (request: FastifyRequest): Promise<Reader> => {
    const { authorization } = request.headers;
    if (authorization !== undefined && tools.monitoringToken !== undefined) {
      if (mayRead(authorization, tools.monitoringToken)) return { user: undefined };
      if (await isBeyond(limit, request)) throw new ApiError(429, 'too-many-guesses');
    }
    const user = (await findSignedIn(request, tools))?.user;
    if (!user) throw new ApiError(401, 'sign-in-needed');
    return { user };
  };

  app.get('/status', async (request, reply) => {
    const reader = await readerOf(request);
    const language = languageOf(request.headers['accept-language']);
    reply.header('cache-control', 'no-store').header('vary', 'accept-language');
    return reply.send(tell(await tools.standings(), reader, language));
  });
}

function tell({ atMs, findings, temporal, licence, accounts }: Standings, reader: Reader, language: Language) {
  const seen = accounts
    .filter(({ id }) => !reader.user || maySeeAccount(reader.user, id))
    .map((account) => ({ ...account, findings: account.findings.filter((one) => maySee(one, reader)) }));
  return {
    overall: overallOf([...findings, ...seen.flatMap((account) => account.findings)]),
    at: new Date(atMs).toISOString(),
    reasons: findings.map((finding) => inWords(finding, language)),
    queues: temporal?.queues ?? null,
    workerAskedAt: moment(temporal?.lastPollAtMs),
    licence: licence
      ? { state: licence.state, reason: licence.reason, until: moment(licence.untilMs), seats: licence.seats }
      : null,
    accounts: seen.map((account) => tellAccount(account, reader, language)),
  };
}

/** Of heads, who see the calls of some people only. */
const isOfSome = ({ user }: Reader): boolean => user !== undefined && ownExtensions(user) !== undefined;
const maySee = ({ code }: Finding, reader: Reader): boolean => !(isOfSome(reader) && ofEverybody.includes(code));

function tellAccount({ id, facts, findings }: AccountStanding, reader: Reader, language: Language) {
  const { kept, shared, atMs } = facts;
  return {
    account: id,
    overall: overallOf(findings),
    reasons: findings.map((finding) => inWords(finding, language, kept?.pbxs[0]?.timezone)),
    amocrm: kept
      ? {
          state: kept.amocrm.state,
          tokenIssued: moment(kept.amocrm.token?.issuedAtMs),
          tokenExpires: moment(kept.amocrm.token?.expiresAtMs),
          pausedUntil: moment(shared?.pause?.untilMs),
          budget: shared?.budget ?? null,
        }
      : null,
    pbxs: (kept?.pbxs ?? []).map((pbx) => tellPbx(pbx, atMs, isOfSome(reader))),
  };
}

function tellPbx({ id, reading, calls }: PbxFacts, atMs: number, isOfSomeOnly: boolean) {
  const coveredUntilMs = reading?.coveredUntilMs;
  return {
    pbx: id,
    isReadable: reading ? reading.trouble === null : null,
    lagSeconds: coveredUntilMs === undefined ? null : Math.max(0, Math.round((atMs - coveredUntilMs) / 100) / 10),
    lastRow: moment(reading?.lastRowAtMs),
    ami: reading?.ami?.state ?? null,
    ...(!isOfSomeOnly && {
      callsNeedingAttention: calls.needAttention,
      callsToday: calls.today,
      callsRegisteredLastDay: calls.registeredLastDay,
    }),
  };
}

const inWords = (finding: Finding, language: Language, timeZone?: string) => {
  const { level, code, about } = finding;
  return { level, code, about, ...tellFinding(finding, language, timeZone) };
};

const moment = (atMs: number | null | undefined): string | null => (atMs == null ? null : new Date(atMs).toISOString());
