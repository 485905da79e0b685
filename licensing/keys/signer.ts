import { CompactSign, type CryptoKey, importJWK } from 'jose';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { type PermitClaims, type SignedPermit, tokenTypes } from '../../proto/licence/permit.ts';
import type { KeyRing } from '../store/key-ring.ts';
import type { Queries } from '../store/mysql.ts';

/** There is nothing to sign with; what to do is said where it is told. */
export class NoSigningKey extends Error {
  override readonly name = 'NoSigningKey';
}

export const signingKeySecret = (kid: string): string => `signing-key:${kid}`;

export interface Trust {
  serial: number;
  /** JWS of the key set. */
  token: string;
  kid: string;
  privateKey: CryptoKey | Uint8Array;
  /** Of permits signed by it; in the database it stands at least as late. */
  coversUntilMs: number;
}

export type Signer = ReturnType<typeof createSigner>;

const hourMs = 3_600_000;

/** Signs permits by the newest key of the newest set; that set goes along, so that who gets one can verify it. */
export function createSigner(pool: Pool, ring: KeyRing) {
  let kept: Trust | undefined;

  async function read(queries: Queries): Promise<Trust> {
    const [[row]] = await queries.query<RowDataPacket[]>(
      `SELECT s.serial, s.token, k.* FROM key_sets s JOIN signing_keys k ON k.kid = s.signing_kid
       ORDER BY s.serial DESC LIMIT 1`,
    );
    if (!row) throw new NoSigningKey();
    const { serial, token, kid, key_id: keyId, ciphertext } = row;
    const jwk = JSON.parse(ring.open(signingKeySecret(kid), { keyId, ciphertext }));
    const privateKey = await importJWK(jwk, 'EdDSA');
    return { serial, token, kid, privateKey, coversUntilMs: row.covers_until.getTime() };
  }

  return {
    /** The last key set, JWS. @throws NoSigningKey */
    async keySet(): Promise<string> {
      return (await read(pool)).token;
    },

    /**
     * Within the transaction that decides a permit: what will sign it. That the key has to stay as long as the permit
     * is written down before; by whole hours, so that it is seldom written.
     *
     * @param serial of the newest set, as this transaction sees it; null: there is none
     * @throws NoSigningKey, SecretKeyError
     */
    async prepare(queries: Queries, serial: number | null, exp: number): Promise<Trust> {
      if (serial === null) throw new NoSigningKey();
      const trust = kept?.serial === serial ? kept : await read(queries);
      kept = trust;
      if (trust.coversUntilMs >= exp * 1_000) return trust;
      const coversUntilMs = (Math.floor((exp * 1_000) / hourMs) + 1) * hourMs;
      const until = new Date(coversUntilMs);
      const sql = 'UPDATE signing_keys SET covers_until = GREATEST(covers_until, ?) WHERE kid = ?';
      await queries.query(sql, [until, trust.kid]);
      return { ...trust, coversUntilMs };
    },

    /** After that transaction: by what it prepared. */
    async sign(trust: Trust, claims: PermitClaims): Promise<SignedPermit> {
      if (kept?.serial === trust.serial && kept.coversUntilMs < trust.coversUntilMs) kept = trust; // it is committed
      const permit = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', typ: tokenTypes.permit, kid: trust.kid })
        .sign(trust.privateKey);
      return { permit, keys: trust.token };
    },
  };
}
