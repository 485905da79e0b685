import { Type } from 'typebox';
import type { Backfill, BackfillPlace } from '../../activities/store/backfills.ts';
import {
  BackfillChoice,
  BackfillCommand,
  BackfillCounts,
  BackfillFate,
  BackfillMode,
  BackfillOutcome,
  BackfillState,
  isOpen,
} from '../../proto/backfill.ts';
import { Registration, RegistrationState } from '../../proto/journal.ts';
import { nullable } from '../../proto/nullable.ts';
import { beginBackfill } from '../../runtime/begin-backfill.ts';
import { isNoAnswer } from '../../runtime/no-answer.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { Cursor } from '../journal/page-of-calls.ts';
import { demandLicensed } from '../licence/demand.ts';
import { ofPbx, ownPbx } from '../pbxs/own-pbx.ts';
import { accountId, ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { workflowUrl } from '../workflow-url.ts';

const BackfillAnswer = Type.Object({
  id: Type.Integer(),
  pbxId: Type.String(),
  choice: BackfillChoice,
  mode: BackfillMode,
  askedBy: Type.String(),
  askedAtMs: Type.Integer(),
  state: BackfillState,
  reason: Type.String(),
  share: Type.Number(),
  endedAtMs: nullable(Type.Integer()),
  counts: BackfillCounts,
  /** Chosen calls that the PBX has not, once all are looked for; linkedids. */
  notFound: Type.Array(Type.String()),
  /** In the Temporal UI; null: nobody has said where that is. */
  workflowUrl: nullable(Type.String()),
});
const BackfillCallAnswer = Type.Object({
  linkedid: Type.String(),
  startedAtMs: Type.Integer(),
  fate: BackfillFate,
  detail: Type.String(),
  registration: nullable(Registration),
  /** How it stood in the journal when it was let go there; null: it was not. */
  letGoAs: nullable(RegistrationState),
});

const ofBackfill = strictObject({ account: accountId, backfill: Type.String({ pattern: '^\\d{1,15}$' }) });
const mostListed = 50;
const callsPerPage = 50;

/** Calls of the past that are brought into amoCRM. */
export function serveBackfills(app: Api, tools: ApiTools): void {
  const { pbxs, backfills, backfillActors, temporalUi } = tools;

  const answerOf = async (backfill: Backfill) => {
    const now = await backfillActors.glimpsed(backfill);
    const [counts, notFound] = [await backfills.counts(now.id), await backfills.notFound(now)];
    const { workflowId, accountId: _, ...told } = now;
    return { ...told, counts, notFound, workflowUrl: workflowUrl(temporalUi, workflowId) };
  };
  /** @throws ApiError if the account has no such backfill */
  const backfillOf = async ({ account, backfill: id }: { account: string; backfill: string }): Promise<Backfill> => {
    const backfill = await backfills.find(Number(id));
    if (backfill?.accountId !== account) throw new ApiError(404, 'not-found');
    return backfill;
  };

  app.get(
    '/api/accounts/:account/backfills',
    route(['admin'], 'listBackfills', { params: ofAccount }, Type.Array(BackfillAnswer)),
    async (request) => Promise.all((await backfills.list(request.params.account, mostListed)).map(answerOf)),
  );

  app.post(
    '/api/accounts/:account/pbxs/:pbx/backfills',
    route(
      ['admin'],
      'beginBackfill',
      { params: ofPbx, body: strictObject({ choice: BackfillChoice, mode: BackfillMode }) },
      BackfillAnswer,
    ),
    async (request) => {
      const { account } = request.params;
      const { id: pbxId } = await ownPbx(request.params, { pbxs });
      const { choice, mode } = request.body;
      await demandLicensed('backfill', tools, pbxId);
      const { login } = userOf(request);
      const begun = await orSilent(() => beginBackfill({ pbxId, choice, mode }, account, login, tools));
      if ('refusal' in begun) throw new ApiError(begun.refusal === 'backfill-period' ? 400 : 409, begun.refusal);
      return answerOf((await backfills.find(begun.id)) as Backfill);
    },
  );

  app.get(
    '/api/accounts/:account/backfills/:backfill',
    route(['admin'], 'readBackfill', { params: ofBackfill }, BackfillAnswer),
    async (request) => answerOf(await backfillOf(request.params)),
  );

  app.get(
    '/api/accounts/:account/backfills/:backfill/calls',
    route(
      ['admin'],
      'listBackfillCalls',
      {
        params: ofBackfill,
        querystring: strictObject({ outcome: Type.Optional(BackfillOutcome), cursor: Cursor }),
      },
      Type.Object({ calls: Type.Array(BackfillCallAnswer), laterCursor: nullable(Type.String()) }),
    ),
    async (request) => {
      const { id } = await backfillOf(request.params);
      const { outcome, cursor } = request.query;
      const found = await backfills.calls(
        id,
        outcome,
        cursor === undefined ? undefined : placeOf(cursor),
        callsPerPage + 1,
      );
      const calls = found.slice(0, callsPerPage);
      const last = found.length > callsPerPage ? calls.at(-1) : undefined;
      return { calls, laterCursor: last ? cursorOf(last) : null };
    },
  );

  app.post(
    '/api/accounts/:account/backfills/:backfill/command',
    route(
      ['admin'],
      'commandBackfill',
      { params: ofBackfill, body: strictObject({ command: BackfillCommand }) },
      BackfillAnswer,
    ),
    async (request) => {
      const backfill = await backfillOf(request.params);
      if (!isOpen(backfill.state)) throw new ApiError(409, 'backfill-over');
      const state = await orSilent(() => backfillActors.command(backfill, request.body.command));
      if (state === 'asked') throw new ApiError(503, 'backfill-asked');
      return { ...(await answerOf(await backfillOf(request.params))), state };
    },
  );
}

/** @throws ApiError if no worker answers in time */
async function orSilent<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw isNoAnswer(error) ? new ApiError(503, 'worker-silent') : error;
  }
}

/** As those of the journal, though all are of one PBX. */
const cursorOf = ({ startedAtMs, linkedid }: BackfillPlace): string => `${startedAtMs}~-~${linkedid}`;

function placeOf(cursor: string): BackfillPlace {
  const [startedAtMs, , ...linkedid] = cursor.split('~');
  return { startedAtMs: Number(startedAtMs), linkedid: linkedid.join('~') };
}
