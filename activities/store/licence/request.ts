import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { LicenceRequest, Usage } from '../../../proto/licence/wire.ts';
import { type Account, type Accounts, isConnected } from '../accounts.ts';
import type { KnownPbxs } from '../pbxs.ts';
import type { IdentityReader } from './identity.ts';
import type { LicenceRecords } from './record.ts';
import type { SeatReader } from './seats.ts';

const monthMs = 30 * 86_400_000;
const mostAccounts = 100;

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  version: string;
};

interface RequestSources {
  pool: Pool;
  accounts: Pick<Accounts, 'list'>;
  pbxs: Pick<KnownPbxs, 'list'>;
  seats: SeatReader;
  identity: IdentityReader;
  records: Pick<LicenceRecords, 'read'>;
}

export type LicenceRequests = ReturnType<typeof createLicenceRequests>;

/** What this installation asks the licensing server, signed. */
export function createLicenceRequests({ pool, accounts, pbxs, seats, identity, records }: RequestSources) {
  const callsOfMonth = async (pbxIds: readonly string[]): Promise<number> => {
    if (pbxIds.length === 0) return 0;
    const sql = 'SELECT COUNT(*) AS count FROM calls WHERE pbx_id IN (?) AND started_at >= ?';
    const [[row]] = await pool.query<RowDataPacket[]>(sql, [pbxIds, new Date(Date.now() - monthMs)]);
    return Number(row?.count);
  };

  return {
    /** Of accounts that were allowed by somebody and still are. */
    hasConnectedAccount: async (): Promise<boolean> => (await accounts.list()).some(isConnected),

    /**
     * @param key goes with `activate` and `offline`
     * @param nowMs of `offline`: by the licence's clock
     * @returns a JWS. @throws SecretKeyError
     */
    async sign(purpose: LicenceRequest['purpose'], key?: string, nowMs = Date.now()): Promise<string> {
      const [all, connected, { users }] = await Promise.all([pbxs.list(), accounts.list(), seats()]);
      const own = connected.filter(isConnected);
      const usage: Usage = {
        ...{ accounts: own.length, pbxs: all.length, employees: users.length },
        callsOfMonth: await callsOfMonth(all.map(({ id }) => id)),
      };
      const [{ sign }, { permitSerial: lastSerial }] = await Promise.all([identity(), records.read()]);
      return sign({
        ...{ iat: Math.floor(nowMs / 1000), jti: randomUUID(), purpose, ...(key !== undefined && { key }) },
        lastSerial,
        accounts: own.slice(0, mostAccounts).map(numberOf),
        timezone: all[0]?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        ...{ version, usage },
      });
    },
  };
}

/** amoCRM's own number stays when an account moves to another address. */
const numberOf = ({ amocrmId, id }: Account): string => String(amocrmId ?? id);
