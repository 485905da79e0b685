import type {
  CallHook,
  CompleteTask,
  CreateContact,
  CreateIncomingLead,
  CreateLead,
  CreateTask,
  Deeds,
  RegisterCall,
  ShowCard,
} from '../../../../../proto/crm-action.ts';
import type { RulePhase, Target } from '../../../../../proto/rule.ts';
import type { Case } from '../../../../../workflows/call/decide/case.ts';
import { decideEnd, decideLive, reachedPhases } from '../../../../../workflows/call/decide/decide.ts';
import { deedsOf } from '../../../../../workflows/call/decide/deeds.ts';
import { type JudgedRule, judgedRules } from '../../../../../workflows/call/decide/judging.ts';
import type { ActionKind } from '../actions/action-words.ts';
import { momentsOf } from './moments.ts';

/** What each kind of action comes to for a call. */
export interface Outcomes extends Record<ActionKind, object> {
  'show-card': ShowCard;
  'register-call': RegisterCall;
  'create-contact': CreateContact;
  'create-lead': CreateLead;
  'create-incoming-lead': CreateIncomingLead;
  'set-responsible': { target: Target; responsibleUserId: number };
  'add-tags': { target: Target; tags: string[] };
  'change-status': { pipelineId: number; statusId: number };
  'create-task': CreateTask;
  'complete-task': CompleteTask;
  'call-hook': CallHook;
}

/** Something that would be done. */
export type Deed = {
  [K in ActionKind]: {
    kind: K;
    /** Of what there is one at a moment: two deeds of one key are the same thing, perhaps otherwise. */
    key: string;
    outcome: Outcomes[K];
    /** Id of the rule that asks for it. */
    ruleId: string;
  };
}[ActionKind];

/** What rules would do with a call at one moment, and why. */
export interface MomentTrial {
  phase: RulePhase;
  /** False: the call did not come to it. */
  isReached: boolean;
  deeds: Deed[];
  /** The call as the rules were asked about it. */
  of: Case;
  judged: JudgedRule[];
  /** Why nothing is registered, as the journal would say. */
  notRegistered?: string;
}

/** What would be done with a call of the journal, moment by moment; pure. */
export function tryRules(of: Case): MomentTrial[] {
  const shown = new Set<string>();
  const unfit = decideEnd(of).isUnfit === true;
  return momentsOf(of.call).map(({ phase, call }) => {
    const then = { ...of, call: call ?? of.call };
    const judged = judgedRules(phase, then);
    const trial = { phase, isReached: call !== null, of: then, judged, deeds: [] };
    if (call === null) return trial;
    if (phase === 'call_ended') return { ...trial, ...atTheEnd(then, judged) };
    if (unfit) return trial;
    const cards = cardsOf(then).filter(({ key }) => !shown.has(key));
    for (const { key } of cards) shown.add(key);
    return { ...trial, deeds: [...cards, ...withWhatComesLater(phase, then, of)] };
  });
}

/** What no rule wanted as the phase began may still be wanted as the call goes on: by its end at the latest. */
function withWhatComesLater(phase: RulePhase, then: Case, end: Case): Deed[] {
  const atOnce = deedsAt(phase, then);
  const keys = new Set(atOnce.map(({ key }) => key));
  return [...atOnce, ...deedsAt(phase, end).filter(({ key }) => !keys.has(key))];
}

const deedsAt = (phase: RulePhase, of: Case): Deed[] => deedsIn(deedsOf(phase, of), judgedRules(phase, of));

function atTheEnd(of: Case, judged: JudgedRule[]): Pick<MomentTrial, 'deeds' | 'notRegistered'> {
  const { registration, incomingLead, task, notRegistered, ...deeds } = decideEnd(of);
  const by = deciderIn(judged);
  return {
    deeds: [
      ...(registration ? [by('register-call', '', registration)] : []),
      ...(incomingLead ? [by('create-incoming-lead', '', incomingLead)] : []),
      ...deedsIn(deeds, judged),
      ...(task?.kind === 'create-task' ? [by('create-task', '', task)] : []),
      ...(task?.kind === 'complete-task' ? [by('complete-task', '', task)] : []),
    ],
    ...(notRegistered !== undefined && { notRegistered }),
  };
}

function deedsIn({ contact, lead, changes, hooks }: Deeds, judged: readonly JudgedRule[]): Deed[] {
  const by = deciderIn(judged);
  return [
    ...(contact ? [by('create-contact', '', contact)] : []),
    ...(lead ? [by('create-lead', '', lead)] : []),
    ...changes.flatMap(({ target, tags, responsibleUserId, status }) => [
      ...(tags.length > 0 ? [by('add-tags', target, { target, tags })] : []),
      ...(responsibleUserId === undefined ? [] : [by('set-responsible', target, { target, responsibleUserId })]),
      ...(status ? [by('change-status', '', status)] : []),
    ]),
    ...hooks.map((hook) => by('call-hook', hook.hook, hook)),
  ];
}

/** A card shows at any phone that rings, by whichever of the phases so far asks for it. */
function cardsOf(of: Case): Deed[] {
  const judged = reachedPhases(of.call).flatMap((phase) => judgedRules(phase, of));
  return decideLive(of, true).cards.map((card) => deciderIn(judged)('show-card', card.effect, card));
}

const deciderIn =
  (judged: readonly JudgedRule[]) =>
  <K extends ActionKind>(kind: K, what: string, outcome: Outcomes[K]): Deed => {
    const rule = judged.find(({ decides }) => decides.includes(kind))?.rule;
    return { kind, key: `${kind}:${what}`, outcome, ruleId: rule?.id ?? '' } as Deed;
  };
