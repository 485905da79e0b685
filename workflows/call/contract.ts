import type { BackfillMode } from '../../proto/backfill.ts';
import type { CelRow } from '../../proto/cel.ts';
import type { Registration } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import type { CarriedFamily } from './family.ts';
import type { CallFacts, Phase } from './interpret/index.ts';

/** How the connector and the call actor speak with each other. */

export const callWorkflowType = 'call';
export const celRowsSignal = 'cel-rows';
export const joinedSignal = 'joined';
/** Carries `Parted`. */
export const partedSignal = 'parted';
export const retrySignal = 'retry';
/** Carries a `Verdict`, and where several calls wait in one actor the linkedid of the one that is meant. */
export const uncertainSignal = 'uncertain';
/** From an activity to its call. */
export const waitSignal = 'wait';

/**
 * Carries linkedids of which Redis says that this actor tells them: what it tells is told again, cards of our widget too. No
 * query: Temporal's library answers one while the result of a local activity is on its way, and then writes a history
 * with which no other worker could go on if a signal comes just then (seen in ten cases of ten).
 */
export const tellAgainSignal = 'tell-again';

/** Rows of one call, in the order of the table. */
export interface CelBatch {
  rows: CelRow[];
  /** False if the rows were old when they were read: then what they tell is over and nobody needs a card. */
  fresh: boolean;
  /** When they were read from the table, ms UTC; absent in what earlier versions brought. */
  readAtMs?: number;
}

/** Who may see a card of a call in our widget. */
export interface CardsShown {
  linkedid: string;
  /** Digits with the country code. */
  phone: string;
  users: number[];
}

/** Why an activity has not succeeded yet: of failed attempts only the server knows. */
export interface Wait {
  /** By its name. */
  activity: string;
  /** A sentence for people: what is waited for, until when if that is known, and what mends it. */
  reason: string;
}

/** Actors tell each other which linkedids are one call. */
export interface Joined {
  linkedids: string[];
  /** Whose actor says so. */
  from: string;
  /** To the one that tells the call from now on: by linkedid, the phases that were told already. */
  phases: Record<string, Phase[]>;
}

/** From an older call's actor to one that it was joined with by mistake, which goes on: it is told by its own. */
export interface Parted {
  /** The older call's, with all that it has taken for one with it. */
  linkedids: string[];
}

export interface CallInput {
  pbxId: string;
  linkedid: string;
  /** Why this actor runs: the call itself, or once more over all its rows, because rows came after its close or a person wants it. */
  occasion: 'live' | 'again';
  /** Of a call of the past that a backfill brings: how, and its first row if that is known. */
  backfill?: BackfillMode & { rows: CelRow[] };
  /** Waits, as input so that tests need not last as long as calls do. */
  timing: CallTiming;
  /** What an earlier run of this workflow knew, when its history had grown too long. */
  carried?: CarriedCall;
}

interface CarriedCall {
  /** A call keeps the settings it began with. */
  settings?: CallSettings;
  facts: CallFacts;
  inbox: CelBatch[];
  /** Ledger keys of the cards that were sent on their way. */
  shownCards: string[];
  family?: CarriedFamily;
  /** Channels whose linkedids were asked for. */
  asked?: string[];
  /** By linkedid, the phases that were told. */
  phases?: Record<string, Phase[]>;
  /** What rules have asked for and was done. */
  deeds?: string[];
  /** By linkedid, what became of calls that are over and settled. */
  registrations?: Record<string, Registration>;
}

export interface CallTiming {
  /** How long CDR is waited for after LINKEDID_END. */
  cdrWaitMs: number;
  /** A call without any row for that long is looked up in the tables and closed; a long talk writes no rows. */
  silenceMs: number;
  /** The same once all its channels are gone: only the row that ends it is missing. */
  endMissingMs: number;
  /** A call whose channel went over to another one waits up to three times so long to hear from that one's actor. */
  mergeWindowMs: number;
  /**
   * A call of an observed PBX is compared so long after its end with what another product has made of it, and if there
   * is nothing once more after four times as long.
   */
  compareAfterMs: number;
}

export const defaultTiming: CallTiming = {
  cdrWaitMs: 3_000,
  silenceMs: 12 * 3_600_000,
  endMissingMs: 60_000,
  mergeWindowMs: 4_000,
  compareAfterMs: 60_000,
};

/** A call is not taken up more often. */
export const mostTimesAgain = 50;

/** One workflow is one call. `again` counts how often a closed call was taken up once more. */
export function callWorkflowId(pbxId: string, linkedid: string, again = 0): string {
  return `call:${pbxId}:${linkedid}${again > 0 ? `:again:${again}` : ''}`;
}

/** @returns undefined of a workflow that is no call's */
export function placeOfCall(workflowId: string): { pbxId: string; linkedid: string; again: number } | undefined {
  const [, pbxId, linkedid, again = '0'] = /^call:([^:]+):(.+?)(?::again:(\d+))?$/.exec(workflowId) ?? [];
  return pbxId === undefined || linkedid === undefined ? undefined : { pbxId, linkedid, again: Number(again) };
}

/** Ledger key of an effect: of the call itself, never of a rule or a run, so that doing again meets the same row. */
export function effectKey(pbxId: string, callId: string, effect: string): string {
  return `${pbxId}:${callId}:${effect}`;
}

export const callsTaskQueue = 'calls';
export const amocrmTaskQueue = 'amocrm';
/**
 * Where cards stood up to version 0.1.0. Workers still serve it: what an older one has asked for is done, and Temporal lets no
 * version take the work over that leaves out a queue with something in it.
 */
export const cardsTaskQueueOfBefore = 'amocrm-cards';
/** What has time: nothing of it stands before what happens now. */
export const backfillTaskQueue = 'amocrm-backfill';
