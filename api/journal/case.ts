import { Type } from 'typebox';
import { listsWith } from '../../activities/store/number-lists.ts';
import { Call } from '../../proto/call.ts';
import { nullable } from '../../proto/nullable.ts';
import { CallSettings } from '../../proto/settings.ts';
import { ApiError } from '../errors.ts';
import { route } from '../route.ts';
import { createCallSettings } from '../settings/call-settings.ts';
import type { Api, ApiTools } from '../tools.ts';
import { callOf, callParams } from './visible.ts';

const KnownClient = Type.Object({
  entityType: Type.Enum(['contacts', 'companies']),
  entityId: Type.Integer(),
  name: Type.String(),
  responsibleUserId: nullable(Type.Integer()),
  openLeadIds: nullable(Type.Array(Type.Integer())),
  hasCustomers: Type.Boolean(),
});
const CaseAnswer = Type.Object({
  call: Call,
  /** As a call that begins now would have them. */
  settings: Type.Omit(CallSettings, ['promised']),
  about: Type.Object({
    /** null: amoCRM does not know the phone; absent: nothing is known that may still be believed. */
    client: Type.Optional(nullable(KnownClient)),
    lists: Type.Array(Type.String()),
  }),
});

/** A call of the journal with all that a decision about it depends on, so that rules can be tried on it. */
export function serveCase(app: Api, tools: ApiTools): void {
  const { pbxs, knownClients } = tools;
  const settingsNow = createCallSettings(tools);

  app.get(
    '/api/accounts/:account/calls/:pbx/:linkedid/case',
    route('signed-in', 'readCase', { params: callParams }, CaseAnswer),
    async (request) => {
      const { call } = await callOf(request, request.params, tools);
      const pbx = await pbxs.find(call.pbxId);
      if (!pbx) throw new ApiError(404, 'not-found');
      const { accountId } = pbx;
      const phone = call.externalNumber;
      const [{ settings, ofCall }, known] = await Promise.all([
        settingsNow(pbx),
        phone === null ? undefined : knownClients.peek(accountId, phone),
      ]);
      return {
        call,
        settings: ofCall,
        about: {
          ...(known?.client !== undefined && { client: known.client }),
          lists: phone === null ? [] : listsWith(phone, settings?.numberLists ?? []),
        },
      };
    },
  );
}
