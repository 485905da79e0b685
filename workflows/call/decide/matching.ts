import type { Call } from '../../../proto/call.ts';
import { isOpen } from '../../../proto/opening-hours.ts';
import type { Rule, RuleAction, RuleCondition, RulePhase } from '../../../proto/rule.ts';
import type { CallSettings } from '../../../proto/settings.ts';

type ActionOf<Kind extends RuleAction['do']> = Extract<RuleAction, { do: Kind }>;

/** What the first fitting rule asks for; undefined if none asks for such a thing. */
export function firstAction<Kind extends RuleAction['do']>(
  kind: Kind,
  rules: readonly Rule[],
  phase: RulePhase,
  call: Call,
  settings: CallSettings,
): ActionOf<Kind> | undefined {
  const asking = rules.filter((rule) => rule.enabled && rule.when.phase === phase);
  const isOfKind = (action: RuleAction): action is ActionOf<Kind> => action.do === kind;
  const fitting = asking.filter((rule) => rule.actions.some(isOfKind)).find((rule) => fits(rule.when, call, settings));
  return fitting?.actions.find(isOfKind);
}

/** Whether a call is as a condition wants it. */
export function fits(when: RuleCondition, call: Call, settings: CallSettings): boolean {
  return checks.every((check) => check(when, call, settings));
}

type Check = (when: RuleCondition, call: Call, settings: CallSettings) => boolean;

const checks: Check[] = [
  ({ direction }, call) => isOneOf(direction, call.direction),
  ({ result }, call) => isOneOf(result, call.result),
  ({ dids }, call) => isOneOf(dids, call.did),
  ({ trunks }, call) => isOneOf(trunks, call.trunk),
  ({ extensions }, call) => extensions === undefined || extensionsOf(call).some((one) => extensions.includes(one)),
  ({ waitedSeconds }, call) => isWithin(waitedSeconds, call.waitSeconds),
  ({ talkedSeconds }, call) => isWithin(talkedSeconds, call.talkSeconds),
  ({ lostInIvr }, call) => lostInIvr === undefined || lostInIvr === wasLostInIvr(call),
  ({ inLists }, call, settings) => inLists === undefined || isInOneOf(inLists, call, settings),
  ({ notInLists }, call, settings) => notInLists === undefined || !isInOneOf(notInLists, call, settings),
  isAtTheRightTime,
];

function isOneOf<T>(wanted: readonly T[] | undefined, value: T | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function isWithin(wanted: { from?: number; below?: number } | undefined, seconds: number): boolean {
  return seconds >= (wanted?.from ?? 0) && seconds < (wanted?.below ?? Number.POSITIVE_INFINITY);
}

function extensionsOf(call: Call): string[] {
  return [...call.rang, ...call.conversations.map(({ extension }) => extension), call.callerExtension ?? ''];
}

function wasLostInIvr(call: Call): boolean {
  return call.ivr !== null && call.answeredAtMs === null && call.rang.length === 0;
}

function isInOneOf(ids: readonly string[], { externalNumber }: Call, { numberLists = [] }: CallSettings): boolean {
  if (externalNumber === null) return false;
  const isMeant = (entry: string) =>
    entry.endsWith('*') ? externalNumber.startsWith(entry.slice(0, -1)) : externalNumber === entry;
  return numberLists.some((list) => ids.includes(list.id) && list.numbers.some(isMeant));
}

/** A calendar that does not exist (any more) fits neither way: the settings check says so when they are saved. */
function isAtTheRightTime({ calendar }: RuleCondition, call: Call, { calendars = [] }: CallSettings): boolean {
  if (calendar === undefined) return true;
  const office = calendars.find(({ id }) => id === calendar.id);
  return office !== undefined && isOpen(office, call.startedAtMs) === (calendar.is === 'open');
}
