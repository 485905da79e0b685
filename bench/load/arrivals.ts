import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2/promise';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { readCelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { ringingExtensions } from '../../proto/ringing.ts';
import type { FreshRow } from '../../sandbox/pbx/fresh-call.ts';
import { playCall } from '../../sandbox/pbx/play-call.ts';
import type { AmiServer } from '../../tests/rig/ami-server.ts';
import { newCall, strangersNumber, type TestCall, write } from '../../tests/rig/calls.ts';
import { type Installation, timezone } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
import { addRows, conclude, noFacts } from '../../workflows/call/interpret/index.ts';

/** A call as this machine's clock saw its rows, ms UTC. */
export interface Arrival {
  linkedid: string;
  phone: string;
  /** From then on anybody can read in CEL that a phone rings; undefined: none does. */
  ringsAtMs: number | undefined;
  /** Its last row can be read. */
  endedAtMs: number;
  /** That the PBX has written of it, CEL and CDR. */
  rows: number;
}

export interface Load {
  perSecond: number;
  seconds: number;
  /** Recordings in turn. */
  scenarios: readonly string[];
  /** Ten digits, for each call. */
  phoneOf(index: number): string;
}

/** Whom amoCRM does not know; whom it knows; whom we know too, since they have called before. */
export type Callers = 'unknown' | 'known' | 'met';

export type Arrivals = ReturnType<typeof createArrivals>;

/** Calls that come in as Asterisk tells them: each row by itself, at the pace at which it was recorded, and AMI's event. */
export function createArrivals(house: Installation, { peers }: Pick<AmiServer, 'peers'>) {
  const { accountId } = house;
  const redis = new Redis(servers.redisUrl);
  const clients = createKnownClients(house.store.pool, redis);
  /** As long as changes in amoCRM are followed. */
  const rememberClient = async (phone: string, entityId: number) => {
    await clients.follow(accountId, 3_600_000);
    const client = { entityType: 'contacts' as const, entityId, name: phone, responsibleUserId: null };
    const known = { client: { ...client, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
    await clients.remember(accountId, `7${phone}`, known);
  };
  const one = async (scenario: string, clientNumber: string): Promise<Arrival> => {
    const call = newCall(scenario, { clientNumber });
    const telling = rowThatTellsRinging(call);
    const firstAtMs = call.rows[0]?.atMs ?? 0;
    const rows = call.rows.map((row) => ({ ...row, atMs: row.atMs - firstAtMs }));
    let ringsAtMs: number | undefined;
    const writeRow = async (row: FreshRow) => {
      for (const peer of peers) peer.say(`Event: Newstate\nUniqueid: ${call.linkedid}\n\n`);
      await write(house, [row]);
      if (row.row === telling) ringsAtMs = Date.now();
    };
    await playCall(writeRow, { linkedids: [], rows });
    return { linkedid: call.linkedid, phone: clientNumber, ringsAtMs, endedAtMs: Date.now(), rows: rows.length };
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

    /** Of new clients. */
    async phones(count: number, callers: Callers): Promise<string[]> {
      const phones = Array.from({ length: count }, strangersNumber);
      for (const phone of callers === 'unknown' ? [] : phones) {
        const entityId = await house.amocrm.addContact(phone);
        if (callers === 'met') await rememberClient(phone, entityId);
      }
      return phones;
    },

    settledCalls: () => settledCalls(house),

    close: () => redis.disconnect(),

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
