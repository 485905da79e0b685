import type { Pool, RowDataPacket } from 'mysql2/promise';
import { permitIssuer } from '../../proto/licence/permit.ts';
import { writeHistory } from '../store/history.ts';
import type { KeyRing } from '../store/key-ring.ts';
import type { Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import { newKeyPair, type PrivateKey, RootKeyError, signKeySet } from './root-key.ts';
import { signingKeySecret } from './signer.ts';

/** As many as a set may have (proto/licence/permit.ts), and the new one. */
const mostKeys = 20;

export interface Rotation {
  serial: number;
  kid: string;
  /** Those that are in the set no more: no permit signed by them is left. */
  left: string[];
}

/**
 * A new signing key joins the set and signs from now on: whoever gets a permit gets the set with it, so nobody meets a key
 * that they don't know. Older ones stay until the last permit signed by them has ended.
 *
 * @param dropped a key that must leave at once, having fallen into wrong hands; installations whose permit it has signed
 *   get another with their next check
 * @throws RootKeyError, SecretKeyError
 */
export async function rotateSigningKeys(
  pool: Pool,
  ring: KeyRing,
  root: PrivateKey,
  nowMs: number,
  dropped?: string,
): Promise<Rotation> {
  const pair = await newKeyPair();
  const now = new Date(nowMs);
  return inTransaction(pool, async (queries) => {
    const last = await lastSet(queries);
    if (last && last.root_x !== root.x) {
      throw new RootKeyError(
        'This is another root key than the one that installations know: they would take no permit any more.',
      );
    }
    const present = await presentKeys(queries);
    if (dropped !== undefined && !present.some(({ kid }) => kid === dropped)) {
      throw new RootKeyError(`There is no signing key ${dropped} in the set: see ringflow-licensing keys show.`);
    }
    const serial = (last?.serial ?? 0) + 1;
    const kid = `${now.toISOString().slice(0, 10)}-${serial}`;
    const leaving = present.filter((one) => one.kid === dropped || one.coversUntilMs < nowMs);
    const staying = present.filter((one) => !leaving.includes(one));
    if (staying.length >= mostKeys) throw new RootKeyError('The set is full: wait until an older key has left it.');
    const { keyId, ciphertext } = ring.seal(signingKeySecret(kid), JSON.stringify(pair));
    await queries.query('INSERT INTO signing_keys SET ?', [
      { kid, x: pair.x, key_id: keyId, ciphertext, made_at: now, covers_until: now },
    ]);
    for (const one of leaving) {
      await queries.query('UPDATE signing_keys SET left_at = ? WHERE kid = ?', [now, one.kid]);
    }
    const keys = [{ kid, x: pair.x }, ...staying.map((one) => ({ kid: one.kid, x: one.x }))];
    const token = await signKeySet(root, { iss: permitIssuer, iat: Math.floor(nowMs / 1_000), serial, keys });
    await queries.query('INSERT INTO key_sets SET ?', [
      { serial, token, signing_kid: kid, root_x: root.x, made_at: now },
    ]);
    const left = leaving.map((one) => one.kid);
    await writeHistory(queries, { actor: 'shell', event: 'keys-rotated', details: { serial, kid, left } }, nowMs);
    return { serial, kid, left };
  });
}

export interface PresentKey {
  kid: string;
  x: string;
  madeAtMs: number;
  /** No permit signed by it lives longer. */
  coversUntilMs: number;
}

/** The keys of the last set, the newest first. */
export async function presentKeys(queries: Queries): Promise<PresentKey[]> {
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT k.* FROM signing_keys k JOIN key_sets s ON s.signing_kid = k.kid
     WHERE k.left_at IS NULL ORDER BY s.serial DESC`,
  );
  return rows.map(({ kid, x, made_at, covers_until }) => ({
    ...{ kid, x, madeAtMs: made_at.getTime(), coversUntilMs: covers_until.getTime() },
  }));
}

async function lastSet(queries: Queries): Promise<{ serial: number; root_x: string } | undefined> {
  const sql = 'SELECT serial, root_x FROM key_sets ORDER BY serial DESC LIMIT 1 FOR UPDATE';
  const [[row]] = await queries.query<RowDataPacket[]>(sql);
  return row as { serial: number; root_x: string } | undefined;
}
