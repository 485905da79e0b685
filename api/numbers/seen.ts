import { Type } from 'typebox';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { nullable } from '../../proto/nullable.ts';
import { DidTarget } from '../../proto/pbx.ts';
import { userOf } from '../access/access.ts';
import { ownExtensions, pbxsOf } from '../journal/visible.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const NumberAnswer = Type.Object({
  kind: Type.Enum(['did', 'trunk']),
  /** The DID, or the trunk's name. */
  key: Type.String(),
  pbxId: Type.String(),
  /** null: whoever asks may not know how many, nor when the last was. */
  calls: nullable(Type.Integer()),
  /** When the last of them began; null: none did. */
  lastAtMs: nullable(Type.Integer()),
  /** As the description of the PBX has it. */
  leadsTo: nullable(DidTarget),
});
type NumberAnswer = Type.Static<typeof NumberAnswer>;

/** The account's own numbers: those by which calls came or went, and those that the descriptions of its PBXs name. */
export function serveSeenNumbers(app: Api, { pbxs, settingsStore, seenNumbers }: ApiTools): void {
  app.get(
    '/api/accounts/:account/numbers',
    route('signed-in', 'listNumbers', { params: ofAccount }, Type.Array(NumberAnswer)),
    async (request) => {
      const { account } = request.params;
      const ids = (await pbxsOf(account, { pbxs })).map(({ id }) => id);
      const [seen, latest] = await Promise.all([seenNumbers.list(ids), settingsStore.latest(account)]);
      const described = ids.flatMap((id) => describedNumbers(id, latest?.settings.pbxs[id] ?? {}));
      const nameOf = ({ kind, pbxId, key }: Pick<NumberAnswer, 'kind' | 'pbxId' | 'key'>) => `${kind} ${pbxId} ${key}`;
      const targets = new Map(described.map((one) => [nameOf(one), one.leadsTo]));
      const known = seen.map((one) => ({ ...one, leadsTo: targets.get(nameOf(one)) ?? null }));
      const names = new Set(known.map(nameOf));
      const all = [...known, ...described.filter((one) => !names.has(nameOf(one)))];
      return ownExtensions(userOf(request)) ? all.map((one) => ({ ...one, calls: null, lastAtMs: null })) : all;
    },
  );
}

function describedNumbers(pbxId: string, description: AccountSettings['pbxs'][string]): NumberAnswer[] {
  const { dids = {}, trunkPrefixes = [] } = description;
  const unseen = { pbxId, calls: 0, lastAtMs: null };
  return [
    ...Object.entries(dids).map(([key, leadsTo]) => ({ ...unseen, kind: 'did' as const, key, leadsTo })),
    ...trunkPrefixes.map((prefix) => ({ ...unseen, kind: 'trunk' as const, key: trunkOf(prefix), leadsTo: null })),
  ];
}

/** `mango` of the beginning `PJSIP/mango-` of its channels. */
function trunkOf(prefix: string): string {
  return prefix.slice(prefix.indexOf('/') + 1).replace(/-$/, '');
}
