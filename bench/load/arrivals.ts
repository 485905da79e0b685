import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { readCelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { ringingExtensions } from '../../proto/ringing.ts';
import type { FreshRow } from '../../sandbox/pbx/fresh-call.ts';
import { playCall } from '../../sandbox/pbx/play-call.ts';
import { newCall, strangersNumber, type TestCall, write } from '../../tests/rig/calls.ts';
import { type Installation, timezone } from '../../tests/rig/installation.ts';
import { addRows, conclude, noFacts } from '../../workflows/call/interpret/index.ts';

/** A call as this machine's clock saw its rows, ms UTC. */
export interface Arrival {
  linkedid: string;
  phone: string;
  /** From then on anybody can read in CEL that a phone rings; undefined: none does. */
  ringsAtMs: number | undefined;
  /** Its last row can be read. */
  endedAtMs: number;
}

export interface Load {
  perSecond: number;
  seconds: number;
  /** Recordings in turn. */
  scenarios: readonly string[];
  /** Ten digits, for each call. */
  phoneOf(index: number): string;
}

export type Arrivals = ReturnType<typeof createArrivals>;

/** Calls that come in as Asterisk writes them: each row by itself, at the pace at which it was recorded. */
export function createArrivals(house: Installation) {
  const one = async (scenario: string, clientNumber: string): Promise<Arrival> => {
    const call = newCall(scenario, { clientNumber });
    const telling = rowThatTellsRinging(call);
    const firstAtMs = call.rows[0]?.atMs ?? 0;
    const rows = call.rows.map((row) => ({ ...row, atMs: row.atMs - firstAtMs }));
    let ringsAtMs: number | undefined;
    const writeRow = async (row: FreshRow) => {
      await write(house, [row]);
      if (row.row === telling) ringsAtMs = Date.now();
    };
    await playCall(writeRow, { linkedids: [], rows });
    return { linkedid: call.linkedid, phone: clientNumber, ringsAtMs, endedAtMs: Date.now() };
  };
  return {
    one,

    /** Begins calls at their moments, however late the machine is. @returns them once all rows are written */
    async come({ perSecond, seconds, scenarios, phoneOf }: Load): Promise<Arrival[]> {
      const startedAtMs = performance.now();
      const coming: Promise<Arrival>[] = [];
      for (let i = 0; i < perSecond * seconds; i++) {
        await sleep(Math.max(0, startedAtMs + (i * 1_000) / perSecond - performance.now()));
        coming.push(one(scenarios[i % scenarios.length] as string, phoneOf(i)));
      }
      return Promise.all(coming);
    },

    /** Of new clients; those that amoCRM knows have been entered there. */
    async phones(count: number, areKnown: boolean): Promise<string[]> {
      const phones = Array.from({ length: count }, strangersNumber);
      if (areKnown) for (const phone of phones) await house.amocrm.addContact(phone);
      return phones;
    },

    settledCalls: () => settledCalls(house),

    /** Resolves when so many calls are settled in our journal. @returns whether they were, in that time */
    async settled(count: number, patienceMs: number): Promise<boolean> {
      const untilMs = performance.now() + patienceMs;
      while ((await settledCalls(house)) < count) {
        if (performance.now() > untilMs) return false;
        await sleep(250);
      }
      return true;
    },
  };
}

async function settledCalls({ store }: Installation): Promise<number> {
  const sql = "SELECT COUNT(*) AS settled FROM calls WHERE registration_state IN ('registered', 'not-sent')";
  const [[row]] = await store.pool.query<RowDataPacket[]>(sql);
  return Number(row?.settled);
}

/** The first row after which a phone is known to ring. */
function rowThatTellsRinging({ rows, linkedid }: TestCall): FreshRow['row'] | undefined {
  const facts = noFacts(linkedid);
  const pbx = defaultPbx('bench', timezone);
  return rows.find(({ table, row }, index) => {
    const reading = table === 'cel' ? readCelRow({ id: index + 1, ...row } as never, timezone) : { refused: '' };
    if (!('row' in reading)) return false;
    addRows(facts, [reading.row]);
    return conclude(facts, pbx).some((call) => ringingExtensions(call).length > 0);
  })?.row;
}
