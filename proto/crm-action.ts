import type { HeldBack } from './licence/gate.ts';
import type { AttachTo, RulePhase, Target } from './rule.ts';

/** What is asked of amoCRM and of hooks. `effect` names a thing within its call; with it the ledger key is made. */

/** A notification at the screen of users whose phones ring. */
export interface ShowCard {
  kind: 'show-card';
  effect: string;
  phone: string;
  userId: number;
  extension: string;
}

/** @param userId at whose screen */
export const cardEffect = (userId: number | ''): string => `card:${userId}`;

export const changeEffect = (target: Target, phase: RulePhase): string => `change:${target}:${phase}`;

/** Of the record of a call. */
export const callEffect = 'call';

/** Whether a key of the ledger is that of a call's record. */
export const isKeyOfCall = (key: string): boolean => key.endsWith(`:${callEffect}`);

/** Of a call; `file` as the PBX names it. */
export interface Recording {
  pbxId: string;
  linkedid: string;
  startedAtMs: number;
  file: string;
}

/** The record of a finished call in the client's history. */
export interface RegisterCall {
  kind: 'register-call';
  effect: string;
  direction: 'inbound' | 'outbound';
  phone: string;
  durationSeconds: number;
  /** amoCRM's code, contract section 6: 1 left a message, 4 talked, 5 wrong number, 6 no answer, 7 busy. */
  callStatus: number;
  callResult: string;
  uniq: string;
  /** Our side: an amoCRM user, else who it was in words (an extension). */
  responsible: number | string;
  startedAtSeconds: number;
  attachTo: AttachTo;
  /** That of the call, if it has one and links are given out. */
  recording?: Recording;
}

/** A contact for a number amoCRM doesn't know. */
export interface CreateContact {
  kind: 'create-contact';
  phone: string;
  name: string;
  responsibleUserId?: number;
}

/** A lead for a client who has no open one. */
export interface CreateLead {
  kind: 'create-lead';
  phone: string;
  name: string;
  pipelineId?: number;
  statusId?: number;
  responsibleUserId?: number;
  tags: string[];
  /** `external_id` of a source of leads. */
  source?: string;
  /** For a client whom amoCRM does not know. */
  contact: CreateContact;
}

/** Call, contact and lead of an unknown caller, among the incoming leads. */
export interface CreateIncomingLead {
  kind: 'create-incoming-lead';
  phone: string;
  name: string;
  pipelineId?: number;
  responsibleUserId?: number;
  tags: string[];
}

/** Changes of the client or of their open lead: all of one moment in one request. */
export interface ChangeEntity {
  kind: 'change';
  effect: string;
  phone: string;
  target: Target;
  tags: string[];
  responsibleUserId?: number;
  /** Of a lead: a stage belongs to its pipeline. */
  status?: { pipelineId: number; statusId: number };
}

/** The call as it stands, for somebody else's program. */
export interface CallHook {
  kind: 'call-hook';
  effect: string;
  /** Id of a hook of the settings. */
  hook: string;
}

/** A task to call a client back. */
export interface CreateTask {
  kind: 'create-task';
  phone: string;
  text: string;
  dueAtSeconds: number;
  responsibleUserId?: number;
}

/** The client was talked with: the task to call them back is done. */
export interface CompleteTask {
  kind: 'complete-task';
  phone: string;
  resultText: string;
}

/** What rules ask for at one moment of a call, beside its record and its task. */
export interface Deeds {
  contact?: CreateContact;
  lead?: CreateLead;
  changes: ChangeEntity[];
  hooks: CallHook[];
}

/** What a call that goes on asks for. */
export interface LiveDecision {
  cards: ShowCard[];
  /** By phases that the call has reached, in order. */
  deeds: Deeds[];
}

/** What a finished call asks for. */
export type EndDecision = Deeds & {
  registration?: RegisterCall;
  /** If amoCRM does not know the caller; goes before a contact. */
  incomingLead?: CreateIncomingLead;
  task?: CreateTask | CompleteTask;
  /** Why the call is not sent to amoCRM, in words for the journal. */
  notRegistered?: string;
  /** What the licence did not let be decided; nothing of it stands in this decision. */
  heldBack?: HeldBack[];
  /** True if no rule may change that: internal calls, hidden numbers. */
  isUnfit?: boolean;
};
