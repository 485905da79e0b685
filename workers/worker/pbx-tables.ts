import type { Pool } from 'mysql2/promise';
import type { LinkStanding, PbxSurroundings } from '../../activities/asterisk/check/pbx.ts';
import type { PbxTables } from '../../activities/asterisk/index.ts';
import { openPbxDatabase, PbxDatabaseError } from '../../activities/asterisk/pbx-database.ts';
import { recordingsAccessOf } from '../../activities/recordings/index.ts';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import { type KnownPbxs, UnknownPbx } from '../../activities/store/pbxs.ts';
import { amiAccessOf } from '../../runtime/ami-access.ts';

/**
 * Where each PBX's rows are. Its database is connected to when it is needed first, and anew if its address changes.
 *
 * @returns a function that throws UnknownPbx, or PbxDatabaseError (`LOCKED`) if the address itself can't be opened
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
    return { pool: poolOf(pbxId, await pbxs.databaseUrl(pbxId).catch(lockedIfUnread)), celTable, cdrTable, timezone };
  };
}

/** It is kept no more, or with a key that is not here. */
function lockedIfUnread(error: unknown): never {
  if (!(error instanceof SecretKeyError || error instanceof UnknownPbx)) throw error;
  throw new PbxDatabaseError(
    `The address of its database can't be opened: enter it anew. ${error.message}`,
    true,
    'LOCKED',
  );
}

/** With the secrets of its AMI and of its recordings. */
export async function surroundingsOf(
  pbxs: Pick<KnownPbxs, 'surroundings' | 'amiSecret' | 'recordingsSecret'>,
  pbxId: string,
  recordingLinks: LinkStanding,
): Promise<PbxSurroundings> {
  const [ami, recordings] = await Promise.all([amiAccessOf(pbxs, pbxId), recordingsAccessOf(pbxs, pbxId)]);
  return { ami, recordings, recordingLinks };
}
