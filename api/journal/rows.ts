import { Type } from 'typebox';
import { ShownRow } from '../../proto/cel.ts';
import { ApiError } from '../errors.ts';
import { route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { callOf, callParams } from './visible.ts';

const RowsAnswer = Type.Object({
  rows: Type.Array(ShownRow),
  /** How many led to the call; the PBX may have deleted some since, and of very many only the first are shown. */
  count: Type.Integer(),
});

const mostRows = 300;

/** The CEL rows from which a call was told, read anew. They may hold what somebody has dialled: not for everybody. */
export function serveRows(app: Api, tools: ApiTools): void {
  app.get(
    '/api/accounts/:account/calls/:pbx/:linkedid/rows',
    route(['admin'], 'readCallRows', { params: callParams }, RowsAnswer),
    async (request) => {
      const { account, pbx: pbxId } = request.params;
      const { celRowIds } = await callOf(request, request.params, tools);
      const answer = await tools.accountActors.showRows(account, { pbxId, ids: celRowIds.slice(0, mostRows) });
      if ('failure' in answer) throw new ApiError(502, 'pbx-silent', [answer.failure]);
      return { rows: answer.rows, count: celRowIds.length };
    },
  );
}
