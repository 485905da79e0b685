import { Type } from 'typebox';
import { CallJournalEntry } from '../../proto/journal.ts';
import { nullable } from '../../proto/nullable.ts';
import type { User } from '../../proto/user.ts';
import { effectKey } from '../../workflows/call/contract.ts';
import { callSummary } from '../../workflows/call/describe.ts';
import { userOf } from '../access/access.ts';
import { ApiError } from '../errors.ts';
import { route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { workflowUrl } from '../workflow-url.ts';
import { callOf, callParams } from './visible.ts';

/** Something that was to be brought about in amoCRM, or told to a hook, for this call. */
const Effect = Type.Object({
  /** `call`, `card:{user}`, `contact`, `lead`, `change:…`, `hook:…`, `create-task`, … */
  effect: Type.String(),
  /** `open`: a request is or may be under way; `idle`: none is, the next attempt may just send. */
  state: Type.Enum(['open', 'idle', 'done']),
  attempts: Type.Integer(),
  /** What stands there now, as amoCRM has answered; of an effect that is not done, what its request was to do. */
  record: Type.Unknown(),
  beganAtMs: Type.Integer(),
  changedAtMs: Type.Integer(),
});

const Workflow = {
  workflowId: Type.String(),
  /** Where the workflow is seen in the Temporal UI; null for whoever may not look there, or if nobody has said where it is. */
  temporalUrl: nullable(Type.String()),
};
const CallAnswer = Type.Object({
  ...CallJournalEntry.properties,
  ...Workflow,
  writtenAtMs: Type.Integer(),
  effects: Type.Array(Effect),
});

/** One call of the journal, and doing it again. */
export function serveCall(app: Api, tools: ApiTools): void {
  const { journal, ledger, callActors, temporalUi, temporalPhones } = tools;
  const seenAt = (workflowId: string, { role }: User) => {
    return { workflowId, temporalUrl: role === 'admin' ? workflowUrl(temporalUi, workflowId) : null };
  };

  app.get(
    '/api/accounts/:account/calls/:pbx/:linkedid',
    route('signed-in', 'readCall', { params: callParams }, CallAnswer),
    async (request) => {
      const entry = await callOf(request, request.params, tools);
      const beginning = effectKey(entry.call.pbxId, entry.call.linkedid, '');
      const rows = await ledger.beginningWith(beginning);
      const effects = rows.map(({ key, ...row }) => ({ ...row, effect: key.slice(beginning.length) }));
      return { ...entry, ...seenAt(entry.workflowId, userOf(request)), effects };
    },
  );

  /** What waits for a person is tried at once; a call that is closed is looked at by a new actor. */
  app.post(
    '/api/accounts/:account/calls/:pbx/:linkedid/again',
    route(['admin'], 'doCallAgain', { params: callParams }, Type.Object(Workflow)),
    async (request) => {
      const { call, workflowId } = await callOf(request, request.params, tools);
      const { pbxId, linkedid } = call;
      if (await callActors.retry(workflowId)) return seenAt(workflowId, userOf(request));
      const told = (await journal.joinedInto(pbxId, linkedid)) ?? linkedid;
      const summary = callSummary(call, temporalPhones);
      const again = await callActors.takeUpAgain({ pbxId, linkedid: told, summary, rows: [], fresh: false });
      if (again === undefined) throw new ApiError(409, 'again-too-often');
      return seenAt(again, userOf(request));
    },
  );
}
