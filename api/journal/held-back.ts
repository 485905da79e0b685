import { Type } from 'typebox';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { pbxsOf } from './visible.ts';

const HeldBackAnswer = Type.Object({
  /** Calls that stand in the journal alone, for want of a licence. */
  count: Type.Integer(),
  /** They are being registered, a handful at a time. */
  isUnderWay: Type.Boolean(),
});

/** The calls of an account that were held back for want of a licence: how many there are, and having them registered. */
export function serveHeldBack(app: Api, tools: ApiTools): void {
  const { heldBackCalls, makeUp } = tools;
  const path = '/api/accounts/:account/held-back';
  const tell = async (account: string) => {
    const ids = (await pbxsOf(account, tools)).map(({ id }) => id);
    const [count, isUnderWay] = await Promise.all([heldBackCalls.count(ids), makeUp.isUnderWay(account)]);
    return { count, isUnderWay };
  };

  app.get(path, route(['admin'], 'readHeldBack', { params: ofAccount }, HeldBackAnswer), ({ params }) =>
    tell(params.account),
  );

  app.post(path, route(['admin'], 'makeUpHeldBack', { params: ofAccount }, HeldBackAnswer), async ({ params }) => {
    await makeUp.start(params.account);
    return tell(params.account);
  });
}
