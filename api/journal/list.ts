import { Type } from 'typebox';
import type { FoundCall } from '../../activities/store/call-search.ts';
import { CallResult, Direction } from '../../proto/call.ts';
import { extensionsOf, RegistrationState } from '../../proto/journal.ts';
import { nullable } from '../../proto/nullable.ts';
import { userOf } from '../access/access.ts';
import { ofAccount, route, strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { Cursor, Moment, pageOfCalls } from './page-of-calls.ts';
import { ownExtensions, pbxsOf } from './visible.ts';

const Filter = {
  phone: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '\\d' })),
  extension: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  direction: Type.Optional(Direction),
  result: Type.Optional(CallResult),
  registration: Type.Optional(RegistrationState),
  fromMs: Type.Optional(Moment),
  toMs: Type.Optional(Moment),
};

const CallRow = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  startedAtMs: Type.Integer(),
  direction: nullable(Direction),
  externalNumber: nullable(Type.String()),
  did: nullable(Type.String()),
  /** Inside: who called, and whom. */
  callerExtension: nullable(Type.String()),
  calledExtension: nullable(Type.String()),
  /** Null while the call goes on, or if it is not known. */
  result: nullable(CallResult),
  registration: RegistrationState,
  /** Something that the rules asked for beside the call's record could not be done. */
  hasTroubles: Type.Boolean(),
  isDoubtful: Type.Boolean(),
  waitSeconds: Type.Number(),
  talkSeconds: Type.Number(),
  /** Extensions that talked, in order, and others that took part or were asked for. */
  talked: Type.Array(Type.String()),
  others: Type.Array(Type.String()),
});
const CallPage = Type.Object({
  calls: Type.Array(CallRow),
  /** Asks for the calls before these; null: there are none. */
  olderCursor: nullable(Type.String()),
});

/** A ring group of hundreds is not for a row of a table. */
const mostOthers = 10;

/** The journal of an account's calls, page by page, newest first. */
export function serveCallList(app: Api, tools: Pick<ApiTools, 'pbxs' | 'callSearch'>): void {
  app.get(
    '/api/accounts/:account/calls',
    route(
      'signed-in',
      'listCalls',
      { params: ofAccount, querystring: strictObject({ ...Filter, cursor: Cursor }) },
      CallPage,
    ),
    async (request) => {
      const pbxs = await pbxsOf(request.params.account, tools);
      const { cursor, ...filter } = request.query;
      const whose = { pbxIds: pbxs.map(({ id }) => id), ownExtensions: ownExtensions(userOf(request)) };
      const { page, olderCursor } = await pageOfCalls(cursor, (after, limit) =>
        tools.callSearch.find({ ...filter, ...whose }, after, limit),
      );
      return { calls: page.map(rowOf), olderCursor };
    },
  );
}

function rowOf({ call, registration }: FoundCall) {
  const talking = call.conversations.filter(({ talkSeconds }) => talkSeconds > 0);
  const talked = [...new Set(talking.map(({ extension }) => extension))];
  const others = extensionsOf(call).filter((extension) => !talked.includes(extension));
  return {
    ...call, // what the schema does not name is left out
    registration: registration.state,
    hasTroubles: 'troubles' in registration && (registration.troubles ?? []).length > 0,
    isDoubtful: call.doubts.length > 0,
    talked,
    others: others.slice(0, mostOthers),
  };
}
