import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'mysql2/promise';
import type { WriteRow } from './play-call.ts';

/**
 * Makes CEL and CDR unless they are there; a user who may not CREATE can use tables that somebody else made.
 *
 * @param eventTimes `eventtime` of the stock layout has whole seconds, ours for a real Asterisk microseconds
 */
export async function ensureTables(pool: Pool, eventTimes: 'seconds' | 'microseconds' = 'seconds'): Promise<void> {
  try {
    await pool.query('SELECT 1 FROM cel, cdr LIMIT 0');
  } catch (error) {
    if (!isMissingTable(error)) throw error;
    const stock = readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8');
    const schema = eventTimes === 'seconds' ? stock : stock.replace('eventtime DATETIME', 'eventtime DATETIME(6)');
    for (const statement of schema.split(';')) {
      if (statement.trim() !== '') await pool.query(statement);
    }
  }
}

/** One INSERT for each row, as Asterisk does it. */
export function rowsInto(pool: Pool): WriteRow {
  return async ({ table, row }) => {
    await pool.query('INSERT INTO ?? SET ?', [table, row]);
  };
}

export function isMissingTable(error: unknown): boolean {
  return codeOf(error) === 'ER_NO_SUCH_TABLE';
}

/** The driver's code, such as ECONNREFUSED. Its message may hold what was sent, so it is told to nobody. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
