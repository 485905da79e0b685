import type { Pool } from 'mysql2/promise';
import type { Timing } from '../permits/due-permit.ts';

/** Who does something, or asks. */
export interface By {
  /** As the history names them. */
  actor: string;
  /** Whose customers they serve; others are as if they were not there. null: all. */
  partnerId: number | null;
}

/** What selling needs. */
export interface SalesTools {
  pool: Pool;
  timing: Timing;
  nowMs(): number;
}

/** A condition on `c.partner_id` with its value. */
export function ofPartner({ partnerId }: By): { condition: string; values: number[] } {
  return partnerId === null
    ? { condition: 'TRUE', values: [] }
    : { condition: 'c.partner_id = ?', values: [partnerId] };
}
