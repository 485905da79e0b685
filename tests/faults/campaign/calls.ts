import { setTimeout as sleep } from 'node:timers/promises';
import type { FreshRow } from '../../../sandbox/pbx/fresh-call.ts';
import { playCall } from '../../../sandbox/pbx/play-call.ts';
import { newCall, write } from '../../rig/calls.ts';
import type { Installation } from '../../rig/installation.ts';
import { type Campaign, callersOf, clientsOf, type PlannedCaller } from './plan.ts';
import type { RecordingsFolder } from './recordings-folder.ts';

export interface CampaignCall {
  linkedid: string;
  /** Of the client; ten digits. */
  phone: string;
  /** What amoCRM must be told of it. */
  talkSeconds: number;
}

/** The PBX as far as it writes: of each call its rows and its recording. */
export interface CallWriter {
  /**
   * A call takes its course, from now on, whatever else happens.
   *
   * @param linkedid if it is known before
   * @returns it, once its last row stands in CEL
   */
  play(caller: PlannedCaller, linkedid?: string): Promise<CampaignCall>;
  /** All of them, once their last rows stand in CEL. */
  written(): Promise<CampaignCall[]>;
}

export function createCallWriter(house: Installation, recordings: Pick<RecordingsFolder, 'record'>): CallWriter {
  const playing: Promise<CampaignCall>[] = [];
  const playOne = async ({ scenario, phone }: PlannedCaller, given?: string): Promise<CampaignCall> => {
    const call = newCall(scenario, { clientNumber: phone });
    const linkedid = given ?? call.linkedid;
    const rows = shifted(call.rows).map((row) => named(row, call.linkedid, linkedid));
    recordings.record(rows);
    await playCall((row) => untilWritten(house, row), { linkedids: [], rows });
    return { linkedid, phone, talkSeconds: call.talkSeconds };
  };
  return {
    play(caller, linkedid) {
      const call = playOne(caller, linkedid);
      playing.push(call);
      return call;
    },
    async written() {
      const all = await Promise.all(playing);
      return all.length === playing.length ? all : this.written(); // a click may have led to one meanwhile
    },
  };
}

/** Calls come in at their pace, whatever else happens. @param isOver true once no more shall come */
export async function comeIn(
  { amocrm }: Installation,
  writer: Pick<CallWriter, 'play'>,
  campaign: Campaign,
  isOver: () => boolean,
): Promise<void> {
  for (const { phone, isKnown } of clientsOf(campaign)) if (isKnown) await amocrm.addContact(phone);
  const callers = callersOf(campaign);
  const startedAtMs = performance.now();
  for (let i = 0; !isOver(); i++) {
    await sleep(Math.max(0, startedAtMs + (i * 1_000) / campaign.perSecond - performance.now()));
    void writer.play(callers.next().value);
  }
}

function shifted(rows: readonly FreshRow[]): FreshRow[] {
  const firstAtMs = rows[0]?.atMs ?? 0;
  return rows.map((row) => ({ ...row, atMs: row.atMs - firstAtMs }));
}

/** The first channel, whose id is the linkedid, is one that somebody else has named. */
function named(row: FreshRow, old: string, linkedid: string): FreshRow {
  return old === linkedid ? row : JSON.parse(JSON.stringify(row).replaceAll(old, linkedid));
}

/** A PBX whose database is away writes later. */
async function untilWritten(house: Installation, row: FreshRow): Promise<void> {
  for (;;) {
    try {
      return await write(house, [row]);
    } catch {
      await sleep(100);
    }
  }
}
