import type { RowDataPacket } from 'mysql2/promise';
import type { Installation } from '../../rig/installation.ts';
import { withRedis } from '../../rig/redis.ts';
import type { CampaignAmi } from './ami-of-pbx.ts';
import type { CampaignCall } from './calls.ts';
import { type CallsLedger, callsLedger } from './calls-ledger.ts';
import type { Clicker } from './clicks.ts';
import { type ClicksLedger, clicksLedger } from './clicks-ledger.ts';
import type { Hands } from './hands.ts';
import type { Listeners } from './listeners.ts';
import { orphanLocks } from './locks.ts';
import { type WorkflowsLedger, workflowsLedger } from './workflows-ledger.ts';

/** What stands in the end. */
export interface Ledger {
  calls: CallsLedger;
  clicks: ClicksLedger;
  recordings: RecordingsLedger;
  workflows: WorkflowsLedger;
  /** Effects in amoCRM that were begun and never finished. */
  openEffects: string[];
  orphanLocks: string[];
}

interface RecordingsLedger {
  /** How often listeners were answered what. */
  answers: Record<string, number>;
  /** Why the api could not keep what it had made, in its words. */
  notKept: string[];
  truncated: readonly string[];
}

/** Of whom it is drawn up. */
export interface Actors {
  house: Installation;
  ami: CampaignAmi;
  clicker: Clicker;
  listeners: Listeners;
  hands: Hands;
}

export async function balance(
  { house, ami, clicker, listeners, hands }: Actors,
  inCel: readonly CampaignCall[],
): Promise<Ledger> {
  const calls = await callsLedger(house, inCel);
  const running = new Set(Object.values(hands.processes()).flat());
  let orphans: string[] = [];
  await withRedis(async (redis) => (orphans = await orphanLocks(redis, (pid) => running.has(pid))));
  return {
    calls,
    clicks: await clicksLedger(house, clicker, ami),
    recordings: {
      ...{ answers: Object.fromEntries(listeners.answers), truncated: listeners.truncated },
      notKept: house.parts.flatMap((part) => part.log().match(/can't be kept \(\w+\)/g) ?? []),
    },
    workflows: await workflowsLedger(house, (linkedid) => linkedid in calls.uncertain),
    openEffects: await openEffectsOf(house),
    orphanLocks: orphans,
  };
}

/** What must not be, in words. No call may wait for a person's word: amoCRM refuses nothing for good in a campaign. */
export function faultsOf({ calls, clicks, recordings, workflows, openEffects, orphanLocks }: Ledger): string[] {
  const all: [string, readonly string[]][] = [
    ['lost', calls.lost],
    ['uncertain', Object.entries(calls.uncertain).map(([linkedid, reason]) => `${linkedid}: ${reason}`)],
    ['registered twice', calls.doubled],
    ['registered with another length', calls.untrue],
    ['nobody made it', calls.invented],
    ['stands twice in amoCRM', calls.doubledClients],
    ['called twice', clicks.calledTwice],
    ['click without an outcome', clicks.unresolved],
    ['truncated', recordings.truncated],
    ['stuck', workflows.stuck],
    ['open effect', openEffects],
    ['orphan lock', orphanLocks],
  ];
  return all.flatMap(([what, which]) => which.map((one) => `${what}: ${one}`));
}

async function openEffectsOf({ store }: Installation): Promise<string[]> {
  const [rows] = await store.pool.query<RowDataPacket[]>("SELECT effect_key FROM side_effects WHERE state = 'open'");
  return rows.map((row) => String(row.effect_key));
}
