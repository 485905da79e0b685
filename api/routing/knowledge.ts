import type { Pbx } from '../../activities/store/pbxs.ts';
import { isLicensed } from '../../proto/licence/gate.ts';
import {
  decideRoute,
  type RoutingDecision,
  type RoutingFacts,
  type RoutingQuestion,
  readCaller,
} from '../../proto/routing/decide.ts';
import { keptForAMoment } from '../../runtime/kept-for-a-moment.ts';
import { createCallSettings } from '../settings/call-settings.ts';
import type { ApiTools } from '../tools.ts';

/** Of an account: settings, employees, hours. */
const factsKept = { freshMs: 3_000, usableMs: 60_000 };
/** Calls change by the second; a queue of callers must not have them all read for each of them. */
const busyKept = { freshMs: 250, usableMs: 2_000 };

interface PbxFacts {
  accountId: string;
  isLicensed: boolean;
  facts: RoutingFacts;
}

export type RoutingKnowledge = ReturnType<typeof createRoutingKnowledge>;

/**
 * What is known here of whom a call is for. amoCRM is never asked: the client comes from the phone index, which the
 * calls themselves keep. To route a call is no use of the index (`recall`): its own actor uses it a moment later.
 */
export function createRoutingKnowledge(tools: ApiTools) {
  const { pbxs, knownClients, liveCalls } = tools;
  const settingsNow = createCallSettings(tools);

  const readFacts = async (pbx: Pbx): Promise<PbxFacts> => {
    const [{ settings, ofCall }, { features, isPbxBeyond }] = await Promise.all([
      settingsNow(pbx),
      tools.licenceOf(pbx.id),
    ]);
    const routing = settings?.routing ?? {};
    const own = Object.hasOwn(routing, pbx.id) ? routing[pbx.id] : undefined;
    return {
      ...{ accountId: pbx.accountId, facts: { ...ofCall, routing: own } },
      isLicensed: isLicensed('route', features) && !isPbxBeyond,
    };
  };
  const factsOf = keptForAMoment(async (pbxId) => {
    const pbx = await pbxs.find(pbxId);
    return pbx && readFacts(pbx);
  }, factsKept);
  const busyOf = keptForAMoment(async (pbxId) => {
    const { entries } = await liveCalls.read(pbxId);
    return new Set(entries.flatMap(({ call }) => call.parts.map(({ extension }) => extension)));
  }, busyKept);

  const decide = async (
    pbxId: string,
    question: RoutingQuestion,
    { accountId, facts }: Omit<PbxFacts, 'isLicensed'>,
  ) => {
    const caller = readCaller(question, facts);
    const atMs = Date.now();
    if ('reason' in caller) return decideRoute(question, facts, { client: undefined, busy: new Set(), atMs });
    const [client, busy = new Set<string>()] = await Promise.all([
      knownClients.lastKnown(accountId, caller.phone),
      busyOf.get(pbxId),
    ]);
    return decideRoute(question, facts, { client, busy, atMs });
  };

  return {
    /** By what was read a moment ago. @returns undefined if there is no such PBX, or the licence has no routing for it */
    async decide(pbxId: string, question: RoutingQuestion): Promise<RoutingDecision | undefined> {
      const facts = await factsOf.get(pbxId);
      return facts?.isLicensed ? decide(pbxId, question, facts) : undefined;
    },

    /** By what holds now. @param edited settings that are tried before they are saved */
    async tryOut(pbx: Pbx, question: RoutingQuestion, edited?: RoutingFacts['routing']): Promise<RoutingDecision> {
      const { accountId, facts } = await readFacts(pbx);
      return decide(pbx.id, question, { accountId, facts: { ...facts, ...(edited && { routing: edited }) } });
    },
  };
}
