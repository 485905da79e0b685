import type { Pool } from 'mysql2/promise';
import type { PbxSurroundings } from '../../activities/asterisk/check/pbx.ts';
import type { PbxTables } from '../../activities/asterisk/index.ts';
import { openPbxDatabase } from '../../activities/asterisk/pbx-database.ts';
import { type KnownPbxs, UnknownPbx } from '../../activities/store/pbxs.ts';

/**
 * Where each PBX's rows are. Its database is connected to when it is needed first, and anew if its address changes.
 *
 * @returns a function that throws UnknownPbx
 */
export function createPbxTables(pbxs: Pick<KnownPbxs, 'find' | 'databaseUrl'>): (pbxId: string) => Promise<PbxTables> {
  const pools = new Map<string, { url: string; pool: Pool }>();
  const poolOf = (pbxId: string, url: string): Pool => {
    const known = pools.get(pbxId);
    if (known?.url === url) return known.pool;
    void known?.pool.end().catch(() => undefined);
    const pool = openPbxDatabase(url);
    pools.set(pbxId, { url, pool });
    return pool;
  };
  return async (pbxId) => {
    const pbx = await pbxs.find(pbxId);
    if (!pbx) throw new UnknownPbx(pbxId);
    const { celTable, cdrTable, timezone } = pbx;
    return { pool: poolOf(pbxId, await pbxs.databaseUrl(pbxId)), celTable, cdrTable, timezone };
  };
}

/** With the secret of its AMI. @throws SecretKeyError */
export async function surroundingsOf(
  pbxs: Pick<KnownPbxs, 'surroundings' | 'amiSecret'>,
  pbxId: string,
): Promise<PbxSurroundings> {
  const { ami, recordingsFolder } = await pbxs.surroundings(pbxId);
  const secret = ami ? await pbxs.amiSecret(pbxId) : undefined;
  return {
    ami: ami && secret !== undefined ? { ...ami, secret } : undefined,
    recordingsFolder: recordingsFolder ?? undefined,
  };
}
