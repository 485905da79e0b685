import type { Call } from '../../../proto/call.ts';
import type { Deeds, EndDecision, LiveDecision, RegisterCall, ShowCard } from '../../../proto/crm-action.ts';
import type { DecisionHook } from '../../../proto/hook.ts';
import { featureOf, type HeldBack, isLicensed, type LicensedDeed } from '../../../proto/licence/gate.ts';
import type { LicenceOfCall } from '../../../proto/licence/of-call.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import type { Case } from './case.ts';
import { extensionsOf } from './matching.ts';
import { userOf } from './responsible.ts';

/**
 * What of a decision the licence lets be done. A call that began with a version before there were licences carries none:
 * then everything is.
 */

export function liveWithinLicence(decision: LiveDecision, of: Case): LiveDecision {
  const { licence } = of.settings;
  if (!licence) return decision;
  return {
    cards: decision.cards.filter(({ userId }) => maySeeCard(userId, licence)),
    deeds: decision.deeds.map((deeds) => deedsWithin(deeds, of)),
  };
}

/** What one moment asks for, without what is held back. */
export function deedsWithin<D extends Deeds>(deeds: D, of: Case): D {
  const { contact, lead, changes, hooks, ...rest } = deeds;
  const may = (deed: LicensedDeed) => holdOf(deed, of) === undefined;
  return {
    ...rest,
    ...(contact && may('create-contact') && { contact }),
    ...(lead && may('create-lead') && { lead }),
    changes: may('change') ? changes : [],
    hooks: may('call-hook') ? hooks : [],
  } as D;
}

/**
 * @param reached what the phases before the end ask for
 * @param cards that the rules asked for, whoever would have seen them
 */
export function endWithinLicence(
  decision: EndDecision,
  of: Case,
  reached: readonly Deeds[] = [],
  cards: readonly Pick<ShowCard, 'userId'>[] = [],
): EndDecision {
  if (!of.settings.licence || decision.isUnfit) return decision;
  const { registration, incomingLead, task, heldBack: before = [], ...others } = decision;
  const may = (deed: LicensedDeed) => holdOf(deed, of) === undefined;
  const isCardAsked = cards.length > 0;
  const asked = [
    ...askedAtEnd(decision),
    ...reached.flatMap(askedOf),
    ...(isCardAsked ? (['show-card'] as const) : []),
  ];
  const heldBack = [...before, ...holdsOf(asked, of), ...cardsWithoutSeat(cards, of)];
  return {
    ...deedsWithin(others, of),
    ...(registration && may('register-call') && { registration: recordWithin(registration, of) }),
    ...(incomingLead && may('create-incoming-lead') && { incomingLead }),
    ...(task && may(task.kind) && { task }),
    ...(heldBack.length > 0 && { heldBack }),
  };
}

/** Without the way to a recording that nobody might hear; whoever looks for it in the journal is told why. */
function recordWithin(record: RegisterCall, of: Case): RegisterCall {
  const { recording, ...others } = record;
  return recording && holdOf('play-recording', of) ? others : record;
}

/** Why the call is not registered though rules want it to be; undefined: the licence does not stand in the way. */
export const holdOnRecord = ({ heldBack = [] }: EndDecision): HeldBack | undefined =>
  heldBack.find(({ deeds }) => deeds.includes('register-call'));

/** The same of a client whom amoCRM does not know: their call needs a contact. */
export const holdOnStranger = ({ heldBack = [] }: EndDecision): HeldBack | undefined =>
  heldBack.find(({ deeds }) => deeds.includes('create-contact') || deeds.includes('create-incoming-lead'));

/**
 * Of a call that was not registered for want of a licence: whether it would not be so once more.
 *
 * @param of with the settings and the licence of now
 */
export function isStillHeld(heldBack: readonly HeldBack[], of: Pick<Case, 'call' | 'settings'>): boolean {
  const deeds = heldBack.flatMap((held) => held.deeds);
  const isRecordHeld = deeds.includes('register-call');
  const ofStranger = ['create-contact', 'create-incoming-lead', 'decision-hook'] as const;
  const decisive = isRecordHeld ? (['register-call'] as const) : ofStranger.filter((deed) => deeds.includes(deed));
  return decisive.some((deed) => holdOf(deed, of) !== undefined);
}

/**
 * The licence does not let the program be asked that may change or forbid the decision: what becomes of it then.
 *
 * @returns undefined if it may be asked; `unasked`: nothing is done, as the settings want it of a program that is not heard
 */
export function withoutDecisionHook(
  { ifItFails }: Pick<DecisionHook, 'ifItFails'>,
  of: Case,
  decision: EndDecision,
): { decision: EndDecision } | { unasked: HeldBack[] } | undefined {
  const hold = holdOf('decision-hook', of);
  if (!hold) return undefined;
  const heldBack = [...(decision.heldBack ?? []), hold];
  const isLeftOut = ifItFails === 'leave-out' && !of.settings.licence?.isRegistered; // what stands in amoCRM stands
  return isLeftOut ? { unasked: heldBack } : { decision: { ...decision, heldBack } };
}

/** Why this may not be done for the call; undefined: it may. */
function holdOf(deed: LicensedDeed, { call, settings }: Pick<Case, 'call' | 'settings'>): HeldBack | undefined {
  const { licence } = settings;
  if (!licence) return undefined;
  const hold = { deeds: [deed], feature: null, reason: licence.reason };
  if (licence.isPbxBeyond) return { ...hold, why: 'pbx-beyond' };
  if (isOutside(call, settings, licence)) return { ...hold, why: 'no-seat' };
  return isLicensed(deed, licence.features) ? undefined : { ...hold, why: 'feature-off', feature: featureOf(deed) };
}

/** Employees rang or talked, and none of them has a seat. A call that has reached nobody is everybody's. */
function isOutside(call: Call, settings: CallSettings, { seatHolders, isUnmappedFree }: LicenceOfCall): boolean {
  const people = extensionsOf(call).filter((extension) => extension !== '');
  if (seatHolders === null || people.length === 0) return false;
  return !people.some((extension) => {
    const user = userOf(extension, settings);
    return user === undefined ? isUnmappedFree === true : seatHolders.includes(user);
  });
}

function maySeeCard(userId: number, { features, seatHolders, isPbxBeyond }: LicenceOfCall): boolean {
  return !isPbxBeyond && isLicensed('show-card', features) && (seatHolders === null || seatHolders.includes(userId));
}

/** Of a call that may show cards, whoever else should have seen one. */
function cardsWithoutSeat(cards: readonly Pick<ShowCard, 'userId'>[], of: Case): HeldBack[] {
  const { licence } = of.settings;
  if (!licence || holdOf('show-card', of) || cards.every(({ userId }) => maySeeCard(userId, licence))) return [];
  return [{ deeds: ['show-card'], why: 'no-seat', feature: null, reason: licence.reason }];
}

/** Those of one reason together, each thing once. */
function holdsOf(asked: readonly LicensedDeed[], of: Case): HeldBack[] {
  const holds = new Map<string, HeldBack>();
  for (const deed of new Set(asked)) {
    const hold = holdOf(deed, of);
    if (!hold) continue;
    const key = `${hold.why} ${hold.feature}`;
    holds.set(key, { ...hold, deeds: [...(holds.get(key)?.deeds ?? []), deed] });
  }
  return [...holds.values()];
}

function askedAtEnd(decision: EndDecision): LicensedDeed[] {
  const { registration, incomingLead, task } = decision;
  return [
    ...(registration ? (['register-call'] as const) : []),
    ...(incomingLead ? (['create-incoming-lead'] as const) : []),
    ...(task ? [task.kind] : []),
    ...askedOf(decision),
  ];
}

function askedOf({ contact, lead, changes, hooks }: Deeds): LicensedDeed[] {
  return [
    ...(contact ? (['create-contact'] as const) : []),
    ...(lead ? (['create-lead'] as const) : []),
    ...(changes.length > 0 ? (['change'] as const) : []),
    ...(hooks.length > 0 ? (['call-hook'] as const) : []),
  ];
}
