import type { Call } from '../../../proto/call.ts';
import { isOpen } from '../../../proto/opening-hours.ts';
import type { RuleAction, RuleCondition, RulePhase } from '../../../proto/rule.ts';
import { type Case, rulesOf } from './case.ts';
import { numberOf } from './number.ts';

export type ActionOf<Kind extends RuleAction['do']> = Extract<RuleAction, { do: Kind }>;

/** What the first fitting rule asks for; undefined if none asks for such a thing. */
export function firstAction<Kind extends RuleAction['do']>(
  kind: Kind,
  phase: RulePhase,
  of: Case,
): ActionOf<Kind> | undefined {
  return actionsOf(kind, phase, of)[0];
}

/** All of one kind that the first fitting rule asks for: several tags, several hooks. */
export function actionsOf<Kind extends RuleAction['do']>(kind: Kind, phase: RulePhase, of: Case): ActionOf<Kind>[] {
  const isOfKind = (action: RuleAction): action is ActionOf<Kind> => action.do === kind;
  const asking = rulesOf(of.settings).filter(
    ({ enabled, when, actions }) => enabled && when.phase === phase && actions.some(isOfKind),
  );
  return asking.find(({ when }) => fits(when, of))?.actions.filter(isOfKind) ?? [];
}

/** What a condition says beside the moment. */
export type ConditionName = Exclude<keyof RuleCondition, 'phase'>;

/** Whether a call is as a condition wants it. */
export function fits(when: RuleCondition, of: Case): boolean {
  return Object.values(checks).every((check) => check(when, of));
}

/** What of a condition a call does not meet; nothing if it fits. */
export function unmetConditions(when: RuleCondition, of: Case): ConditionName[] {
  return (Object.keys(checks) as ConditionName[]).filter((name) => !checks[name](when, of));
}

type Check = (when: RuleCondition, of: Case) => boolean;

const checks: Record<ConditionName, Check> = {
  direction: ({ direction }, { call }) => isOneOf(direction, call.direction),
  result: ({ result }, { call }) => isOneOf(result, call.result),
  clientKnown: isAsKnown,
  dids: ({ dids }, { call }) => isOneOf(dids, call.did),
  trunks: ({ trunks }, { call }) => isOneOf(trunks, call.trunk),
  queues: ({ queues }, { call }) => hasOneOf(queues, call.queues ?? []),
  extensions: ({ extensions }, { call }) => hasOneOf(extensions, extensionsOf(call)),
  waitedSeconds: ({ waitedSeconds }, { call }) => isWithin(waitedSeconds, call.waitSeconds),
  talkedSeconds: ({ talkedSeconds }, { call }) => isWithin(talkedSeconds, call.talkSeconds),
  lostInIvr: ({ lostInIvr }, { call }) => lostInIvr === undefined || lostInIvr === wasLostInIvr(call),
  inLists: ({ inLists }, { about }) => hasOneOf(inLists, about.lists),
  notInLists: ({ notInLists }, { about }) => notInLists === undefined || !hasOneOf(notInLists, about.lists),
  calendar: isAtTheRightTime,
  hours: isWithinItsHours,
};

function isOneOf<T>(wanted: readonly T[] | undefined, value: T | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function hasOneOf<T>(wanted: readonly T[] | undefined, values: readonly T[]): boolean {
  return wanted === undefined || values.some((value) => wanted.includes(value));
}

function isWithin(wanted: { from?: number; below?: number } | undefined, seconds: number): boolean {
  return seconds >= (wanted?.from ?? 0) && seconds < (wanted?.below ?? Number.POSITIVE_INFINITY);
}

/** As long as nobody has asked amoCRM, neither fits; at the end of the call it has been asked. */
function isAsKnown({ clientKnown }: RuleCondition, { about: { client } }: Case): boolean {
  return clientKnown === undefined || (client !== undefined && (client !== null) === clientKnown);
}

/** Who took part or was asked for, as rules mean it. */
export function extensionsOf(call: Call): string[] {
  return [...call.rang, ...call.conversations.map(({ extension }) => extension), call.callerExtension ?? ''];
}

/** The client hung up in the voice menu, before anybody was asked for. */
export function wasLostInIvr(call: Call): boolean {
  return call.ivr !== null && call.answeredAtMs === null && call.rang.length === 0;
}

/** A calendar that does not exist (any more) fits neither way: the settings check says so when they are saved. */
function isAtTheRightTime(
  { calendar }: Pick<RuleCondition, 'calendar'>,
  { call, settings: { calendars = [] } }: Case,
): boolean {
  if (calendar === undefined) return true;
  const office = calendars.find(({ id }) => id === calendar.id);
  return office !== undefined && isOpen(office, call.startedAtMs) === (calendar.is === 'open');
}

/** Of a number without a calendar nobody knows. */
function isWithinItsHours({ hours }: RuleCondition, of: Case): boolean {
  const calendar = hours && numberOf(of).calendar;
  return (
    hours === undefined || (calendar !== undefined && isAtTheRightTime({ calendar: { id: calendar, is: hours } }, of))
  );
}
