import { Type } from 'typebox';
import type { FoundCall } from '../../activities/store/call-search.ts';
import { Direction } from '../../proto/call.ts';
import { Comparison, ComparisonOutcome, extensionsOf } from '../../proto/journal.ts';
import { nullable } from '../../proto/nullable.ts';
import { userOf } from '../access/access.ts';
import { Cursor, Moment, pageOfCalls } from '../journal/page-of-calls.ts';
import { ownExtensions, pbxsOf } from '../journal/visible.ts';
import { ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

/** `toMs` is not among them. */
const Period = { fromMs: Type.Optional(Moment), toMs: Type.Optional(Moment) };

const Totals = Type.Object(
  Object.fromEntries(ComparisonOutcome.enum.map((one) => [one, Type.Integer()])) as Record<
    ComparisonOutcome,
    Type.TInteger
  >,
);
const ObservedCall = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  startedAtMs: Type.Integer(),
  direction: nullable(Direction),
  externalNumber: nullable(Type.String()),
  extensions: Type.Array(Type.String()),
  /** What was found there; absent: not compared yet. */
  comparison: Type.Optional(Comparison),
});
const ObservedPage = Type.Object({
  calls: Type.Array(ObservedCall),
  olderCursor: nullable(Type.String()),
});

/** A ring group of hundreds is not for a row of a table. */
const mostExtensions = 10;

/** What Ringflow would have written of calls that it only observed, beside what another product did. */
export function serveObserve(app: Api, tools: Pick<ApiTools, 'pbxs' | 'callSearch' | 'comparisons'>): void {
  app.get(
    '/api/accounts/:account/observed',
    route('signed-in', 'countObserved', { params: ofAccount, querystring: strictObject(Period) }, Totals),
    async (request) => {
      const pbxs = await pbxsOf(request.params.account, tools);
      const whose = { pbxIds: pbxs.map(({ id }) => id), ownExtensions: ownExtensions(userOf(request)) };
      return tools.comparisons.totals({ ...request.query, ...whose });
    },
  );

  app.get(
    '/api/accounts/:account/observed/calls',
    route(
      'signed-in',
      'listObserved',
      {
        params: ofAccount,
        querystring: strictObject({ ...Period, comparison: Type.Optional(ComparisonOutcome), cursor: Cursor }),
      },
      ObservedPage,
    ),
    async (request) => {
      const pbxs = await pbxsOf(request.params.account, tools);
      const whose = { pbxIds: pbxs.map(({ id }) => id), ownExtensions: ownExtensions(userOf(request)) };
      const { cursor, ...filter } = request.query;
      const { page, olderCursor } = await pageOfCalls(cursor, (after, limit) =>
        tools.callSearch.find({ ...filter, ...whose, registration: 'observed' }, after, limit),
      );
      return { calls: page.map(rowOf), olderCursor };
    },
  );
}

function rowOf({ call, registration }: FoundCall) {
  const comparison = registration.state === 'observed' ? registration.comparison : undefined;
  return {
    ...call, // what the schema does not name is left out
    extensions: extensionsOf(call).slice(0, mostExtensions),
    ...(comparison && { comparison }),
  };
}
