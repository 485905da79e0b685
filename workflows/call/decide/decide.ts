import type { Call, Conversation } from '../../../proto/call.ts';
import {
  cardEffect,
  type Deeds,
  type EndDecision,
  type LiveDecision,
  type ShowCard,
} from '../../../proto/crm-action.ts';
import type { RulePhase } from '../../../proto/rule.ts';
import type { Case } from './case.ts';
import { deedsOf, incomingLeadOf, taskOf } from './deeds.ts';
import { firstAction } from './matching.ts';
import { reasonNotToRegister, recordOf } from './registration.ts';
import { userOf } from './responsible.ts';
import { deedsWithin, endWithinLicence, liveWithinLicence } from './within-licence.ts';

/** Pure and stateless: all that is due is named, also what has been done; whoever acts knows that by the effect. */

/**
 * What is due while the call goes on.
 *
 * @param fresh false if the rows were old when they were read: then nobody gets a card
 */
export function decideLive(of: Case, fresh: boolean): LiveDecision {
  const { call } = of;
  if (call.endedAtMs !== null || reasonNotToRegister(call) !== undefined) return { cards: [], deeds: [] };
  const open = call.conversations.filter(({ endedAtMs }) => endedAtMs === null);
  const cards = fresh ? cardsFor(open, of) : [];
  return liveWithinLicence({ cards, deeds: reachedByRules(of) }, of);
}

/** What the phases ask for that lie behind the call, in order. */
export function decideReached(of: Case): Deeds[] {
  return reachedByRules(of).map((deeds) => deedsWithin(deeds, of));
}

const reachedByRules = (of: Case): Deeds[] => reachedPhases(of.call).map((phase) => deedsOf(phase, of));

/** What is due when the call is over. */
export function decideEnd(of: Case): EndDecision {
  const notRegistered = reasonNotToRegister(of.call);
  if (notRegistered !== undefined) return { changes: [], hooks: [], notRegistered, isUnfit: true };
  return endWithinLicence(endByRules(of), of, reachedByRules(of), cardsFor(of.call.conversations, of));
}

function endByRules(of: Case): EndDecision {
  const asked = firstAction('register-call', 'call_ended', of);
  const incomingLead = incomingLeadOf(of);
  const task = taskOf(of);
  return {
    ...deedsOf('call_ended', of),
    ...(asked
      ? { registration: recordOf(asked, of) }
      : { notRegistered: 'No rule asks for this call to be registered.' }),
    ...(incomingLead && { incomingLead }),
    ...(task && { task }),
  };
}

/** The moments that lie behind a call, before its end. */
export function reachedPhases({ conversations, answeredAtMs, transfers }: Call): RulePhase[] {
  return [
    ...(conversations.length > 0 ? (['requested'] as const) : []),
    ...(answeredAtMs !== null ? (['accepted'] as const) : []),
    ...(transfers.length > 0 ? (['transferred'] as const) : []),
  ];
}

/**
 * A card for each user whose phone rings or who talks: some answer quicker than anybody can read, some are handed a client
 * without a ring. Nobody mapped, no card: in amoCRM "no users" would mean everybody.
 */
function cardsFor(conversations: readonly Conversation[], of: Case): ShowCard[] {
  const { call, settings } = of;
  const phone = call.externalNumber;
  if (call.direction !== 'inbound' || phone === null) return [];
  if (!reachedPhases(call).some((phase) => firstAction('show-card', phase, of))) return [];
  const cards = new Map<number, ShowCard>();
  for (const { extension } of conversations) {
    const userId = userOf(extension, settings);
    if (userId === undefined || cards.has(userId) || settings.inactiveUsers?.includes(userId)) continue;
    cards.set(userId, { kind: 'show-card', effect: cardEffect(userId), phone, userId, extension });
  }
  return [...cards.values()];
}
