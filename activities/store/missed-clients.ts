import type { Pool, RowDataPacket } from 'mysql2/promise';
import { phoneKey } from '../../proto/phone.ts';
import { inScope, type ReportScope } from './reports.ts';

/** A client whose calls in a row nobody has answered, until somebody talked with them. */
export interface Missed {
  phone: string;
  /** How many calls in a row. */
  times: number;
  /** The first ended, the last began, ms UTC. */
  firstEndedAtMs: number;
  lastAtMs: number;
  /** The next call in which somebody has talked with them; null: there was none so far. */
  talkedAtMs: number | null;
  talkedBy: 'us' | 'client' | null;
}

/** What is told of the last call that was missed. */
export interface LastMissed {
  pbxId: string;
  linkedid: string;
  did: string | null;
  waitSeconds: number;
  /** Extensions whose phones rang. */
  rang: string[];
}

export type MissedClients = ReturnType<typeof createMissedClients>;

/** Clients who called in vain, as the journal knows them; see proto/report.ts. */
export function createMissedClients(pool: Pool) {
  const ask = async (sql: string, values: unknown[]): Promise<RowDataPacket[]> =>
    (await pool.query<RowDataPacket[]>(sql, values))[0];

  return {
    /** @param accountPbxIds whoever talks with a client on whatever PBX of the account has talked with them */
    async find(scope: ReportScope, accountPbxIds: readonly string[]): Promise<Missed[]> {
      if (scope.pbxIds.length === 0) return [];
      const { sql, values } = inScope(scope);
      const rows = await ask(
        `SELECT m.external_number, COUNT(*) AS times, MIN(m.ended_at) AS first_ended_at, MAX(m.started_at) AS last_at,
           m.talked_at, IF(m.talked_at IS NULL, NULL, EXISTS (SELECT 1 FROM calls t FORCE INDEX (calls_with_client)
             WHERE t.external_number = m.external_number AND t.result = 'answered' AND t.started_at = m.talked_at
               AND t.pbx_id IN (?) AND t.direction = 'outbound')) AS is_ours
         FROM (SELECT c.external_number, c.started_at, COALESCE(c.ended_at, c.started_at) AS ended_at,
             (SELECT MIN(t.started_at) FROM calls t FORCE INDEX (calls_with_client) WHERE t.external_number = c.external_number
               AND t.result = 'answered' AND t.started_at > c.started_at AND t.pbx_id IN (?)) AS talked_at
           ${sql} AND c.direction = 'inbound' AND c.result <> 'answered'
             AND c.external_number IS NOT NULL) m
         GROUP BY m.external_number, m.talked_at`,
        [accountPbxIds, accountPbxIds, ...values],
      );
      return rows.map((row) => ({
        phone: row.external_number,
        times: Number(row.times),
        firstEndedAtMs: row.first_ended_at.getTime(),
        lastAtMs: row.last_at.getTime(),
        talkedAtMs: row.talked_at?.getTime() ?? null,
        talkedBy: row.is_ours === null ? null : row.is_ours ? 'us' : 'client',
      }));
    },

    /** By phone. @param missed of few clients: each is looked up */
    async lastCalls(pbxIds: readonly string[], missed: readonly Missed[]): Promise<Map<string, LastMissed>> {
      if (missed.length === 0) return new Map();
      const lastAtMs = new Map(missed.map((one) => [one.phone, one.lastAtMs]));
      const calls = await ask(
        `SELECT external_number, started_at, pbx_id, linkedid, did, wait_seconds
         FROM calls FORCE INDEX (calls_with_client)
         WHERE external_number IN (?) AND result <> 'answered' AND started_at >= ? AND pbx_id IN (?)
           AND direction = 'inbound'`,
        [[...lastAtMs.keys()], new Date(Math.min(...lastAtMs.values())), pbxIds],
      );
      const last = calls.filter((call) => call.started_at.getTime() === lastAtMs.get(call.external_number));
      if (last.length === 0) return new Map();
      const parts = await ask(
        'SELECT pbx_id, linkedid, extension FROM call_extensions WHERE linkedid IN (?) AND pbx_id IN (?) AND was_asked',
        [last.map(({ linkedid }) => linkedid), pbxIds],
      );
      const rang = Map.groupBy(parts, ({ pbx_id, linkedid }) => `${pbx_id} ${linkedid}`);
      return new Map(
        last.map(({ external_number, pbx_id, linkedid, did, wait_seconds }) => [
          external_number,
          {
            ...{ pbxId: pbx_id, linkedid, did, waitSeconds: Number(wait_seconds) },
            rang: (rang.get(`${pbx_id} ${linkedid}`) ?? []).map(({ extension }) => extension as string),
          },
        ]),
      );
    },

    /** By phone, how often we have called them in vain since the first of their calls was missed. */
    async attempts(pbxIds: readonly string[], missed: readonly Missed[]): Promise<Map<string, number>> {
      if (missed.length === 0) return new Map();
      const rows = await ask(
        `SELECT external_number, started_at FROM calls FORCE INDEX (calls_with_client)
         WHERE external_number IN (?) AND pbx_id IN (?) AND direction = 'outbound' AND result <> 'answered'
           AND started_at > ?`,
        [
          missed.map(({ phone }) => phone),
          pbxIds,
          new Date(Math.min(...missed.map(({ firstEndedAtMs }) => firstEndedAtMs))),
        ],
      );
      const sinceMs = new Map(missed.map(({ phone, firstEndedAtMs }) => [phone, firstEndedAtMs]));
      const counted = new Map<string, number>();
      for (const { external_number: phone, started_at } of rows) {
        if (started_at.getTime() >= (sinceMs.get(phone) ?? 0)) counted.set(phone, (counted.get(phone) ?? 0) + 1);
      }
      return counted;
    },

    /** By the key of a phone, whom amoCRM was last known to have under it. */
    async known(accountId: string, phones: readonly string[]) {
      if (phones.length === 0) return new Map<string, { entityType: string; entityId: number; name: string }>();
      const rows = await ask(
        `SELECT phone_key, JSON_VALUE(known, '$.client.entityType') AS entity_type,
           JSON_VALUE(known, '$.client.entityId') AS entity_id, JSON_VALUE(known, '$.client.name') AS name
         FROM known_clients WHERE account_id = ? AND phone_key IN (?)`,
        [accountId, phones.map(phoneKey)],
      );
      const named = rows.filter(({ entity_id }) => entity_id !== null);
      return new Map(
        named.map(({ phone_key, entity_type, entity_id, name }) => [
          String(phone_key),
          { entityType: String(entity_type), entityId: Number(entity_id), name: String(name ?? '') },
        ]),
      );
    },
  };
}
