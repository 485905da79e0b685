import { Type } from 'typebox';
import { userOf } from '../access/access.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { ownExtensions, pbxsOf } from './visible.ts';

const SeenExtension = Type.Object({
  pbxId: Type.String(),
  extension: Type.String(),
  lastCallAtMs: Type.Integer(),
});

/** More are not the phones of employees. */
const mostTold = 1_000;

/** Which extensions have taken part in calls or were asked for, the last to do so first. */
export function serveExtensions(app: Api, tools: Pick<ApiTools, 'pbxs' | 'seenExtensions'>): void {
  app.get(
    '/api/accounts/:account/extensions',
    route('signed-in', 'listExtensions', { params: ofAccount }, Type.Array(SeenExtension)),
    async (request) => {
      const pbxs = await pbxsOf(request.params.account, tools);
      const own = ownExtensions(userOf(request));
      const seen = (await Promise.all(pbxs.map(({ id }) => tools.seenExtensions.of(id)))).flat();
      return seen
        .filter(({ extension }) => /^\d{1,10}$/.test(extension) && (own?.includes(extension) ?? true))
        .toSorted((a, b) => b.lastCallAtMs - a.lastCallAtMs)
        .slice(0, mostTold);
    },
  );
}
