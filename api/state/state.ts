import { Type } from 'typebox';
import type { AccountFacts } from '../../proto/state/facts.ts';
import { Finding, type FindingCode, Overall, overallOf } from '../../proto/state/finding.ts';
import { FirstStep, firstSteps } from '../../proto/state/first-steps.ts';
import { judge } from '../../proto/state/judge.ts';
import { userOf } from '../access/access.ts';
import { ownExtensions } from '../journal/visible.ts';
import { ofAccount, route } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';

const StateAnswer = Type.Object({
  overall: Overall,
  findings: Type.Array(Finding),
  firstSteps: Type.Array(FirstStep),
  /** Of everybody's calls; null for whoever sees those of some people only. */
  calls: Type.Union([
    Type.Object({
      /** Since midnight where each PBX is. */
      today: Type.Integer(),
      registeredLastDay: Type.Integer(),
      /** When the newest one began; null: there was none yet. */
      lastStartedAtMs: Type.Union([Type.Integer(), Type.Null()]),
    }),
    Type.Null(),
  ]),
});

/** What tells of everybody's calls. */
export const ofEverybody: FindingCode[] = ['needs-attention', 'calls-waiting', 'unmapped-extensions'];

/** How an account stands: what is not right, and how far a new installation has come. */
export function serveState(app: Api, { accountFacts }: ApiTools): void {
  app.get(
    '/api/accounts/:account/state',
    route('signed-in', 'readState', { params: ofAccount }, StateAnswer),
    async (request) => {
      const { account } = request.params;
      const facts = await accountFacts(account);
      const isOfSome = ownExtensions(userOf(request)) !== undefined;
      const findings = judge(facts).filter(({ code }) => !(isOfSome && ofEverybody.includes(code)));
      return {
        overall: overallOf(findings),
        findings,
        firstSteps: facts.kept ? firstSteps(facts.kept) : [],
        calls: isOfSome ? null : callsOf(facts),
      };
    },
  );
}

function callsOf({ kept }: AccountFacts) {
  const calls = (kept?.pbxs ?? []).map((pbx) => pbx.calls);
  const began = calls.flatMap(({ lastStartedAtMs }) => lastStartedAtMs ?? []);
  return {
    today: calls.reduce((sum, { today }) => sum + today, 0),
    registeredLastDay: calls.reduce((sum, { registeredLastDay }) => sum + registeredLastDay, 0),
    lastStartedAtMs: began.length > 0 ? Math.max(...began) : null,
  };
}
