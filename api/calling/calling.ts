import { Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { createAmiStandings } from '../pbxs/ami-standing.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { createIntegrationOf } from '../widget/token.ts';

const Ami = Type.Object({
  /** `none`: it is not set; `unknown`: no connector tells. */
  state: Type.Enum(['none', 'unknown', 'connecting', 'up', 'down']),
  sinceMs: nullable(Type.Integer()),
});
const CallingAnswer = Type.Object({
  pbxs: Type.Array(Type.Object({ id: Type.String(), ami: Ami })),
  /** The secret by which amoCRM signs for our widget is kept here. */
  isIntegrationKnown: Type.Boolean(),
  /** Active users of amoCRM; how many of them have no extension. */
  people: Type.Object({ all: Type.Integer(), withoutPhone: Type.Integer() }),
});

/** Whether clicks in amoCRM can lead to calls: what they need, and how it stands. */
export function serveCalling(app: Api, tools: ApiTools): void {
  const { accounts, secrets, pbxs, peopleOf, ownWidget } = tools;
  const standingsOf = createAmiStandings(tools);
  const integrationOf = createIntegrationOf(secrets, ownWidget);

  app.get(
    '/api/accounts/:account/calling',
    route('signed-in', 'readCallingState', { params: ofAccount }, CallingAnswer),
    async (request) => {
      const id = request.params.account;
      const [account, all, people] = await Promise.all([accounts.find(id), pbxs.list(), peopleOf(id)]);
      const ids = all.filter(({ accountId }) => accountId === id).map((pbx) => pbx.id);
      const standings = await standingsOf(ids);
      const active = [...people.names.keys()].filter((user) => !people.inactiveUsers.includes(user));
      const withPhone = new Set(Object.values(people.employees));
      return {
        pbxs: ids.map((pbxId, index) => ({ id: pbxId, ami: told(standings[index]) })),
        isIntegrationKnown: account !== undefined && (await integrationOf(account)) !== undefined,
        people: { all: active.length, withoutPhone: active.filter((user) => !withPhone.has(user)).length },
      };
    },
  );
}

function told(ami: Awaited<ReturnType<ReturnType<typeof createAmiStandings>>>[number] | undefined) {
  if (!ami) return { state: 'none' as const, sinceMs: null };
  return { state: ami.state, sinceMs: 'sinceMs' in ami ? ami.sinceMs : null };
}
