import { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { createLiveCalls } from '../../activities/store/live-calls.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import type { Installation } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
import { saveSettings } from '../../tests/rig/settings.ts';

const employees = 40;
const writtenAtOnce = 5_000;

/**
 * A PBX that asks who is to get a call, of a busy firm: its clients are known, its employees talk.
 *
 * @param clients how many are in the index. @param talking how many calls go on
 */
export async function routePbx(house: Installation, clients: number, talking: number): Promise<void> {
  const { accountId, pbxId, store } = house;
  await saveSettings(store.pool, accountId, {
    ...untouchedSettings('en'),
    employees: Object.fromEntries(Array.from({ length: employees }, (_, index) => [String(101 + index), index + 1])),
    routing: { [pbxId]: { enabled: true, whenBusy: 'ring' } },
  });
  const redis = new Redis(servers.redisUrl);
  await createKnownClients(store.pool, redis).follow(accountId, 3_600_000);
  await writeClients(store.pool, accountId, clients);
  const live = createLiveCalls(redis);
  for (let index = 0; index < talking; index++) {
    await live.tell(liveCall(pbxId, index), { teller: 'bench', atMs: 1, isOwn: true });
  }
  redis.disconnect();
}

/** Of each client. */
export const routedPhone = (index: number): string => `7916${String(1_000_000 + index).slice(-7)}`;

async function writeClients(pool: Pool, accountId: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += writtenAtOnce) {
    const length = Math.min(writtenAtOnce, count - from);
    const rows = Array.from({ length }, (_, index) => rowOf(accountId, from + index));
    await pool.query('INSERT INTO known_clients (account_id, phone_key, known, seen_at) VALUES ?', [rows]);
  }
  await pool.query('ANALYZE TABLE known_clients');
}

function rowOf(accountId: string, index: number) {
  const client = {
    ...{ entityType: 'contacts', entityId: index + 1, name: `Клиент ${index}`, openLeadIds: [], hasCustomers: false },
    responsibleUserId: (index % employees) + 1,
  };
  const known = JSON.stringify({ client, askedAtMs: Date.now() });
  return [accountId, routedPhone(index).slice(-10), known, new Date()];
}

function liveCall(pbxId: string, index: number) {
  return {
    ...{ pbxId, linkedid: `1.${index}`, direction: 'inbound' as const, externalNumber: null, client: null, did: null },
    ...{ callerExtension: null, calledExtension: null, startedAtMs: 0, queue: null, transfer: null, extensions: [] },
    parts: [{ extension: String(101 + index), doing: 'talks' as const, sinceMs: 0 }],
  };
}
