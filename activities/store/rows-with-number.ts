import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { withoutNumber } from './without-number.ts';

/** A table with texts of JSON in which numbers may stand. */
export interface Table {
  name: string;
  key: string[];
  texts: string[];
}

/** A row in which the number stands. */
interface Holding {
  key: unknown[];
  before: (string | null)[];
  after: (string | null)[];
}

/** A row may change while its number is hidden; then it is looked for once more. */
const mostPasses = 5;

/** Rows of ours that are about others, and in which a number stands. @param key the last ten digits of the phone */
export function createRowsWithNumber(pool: Pool, key: string) {
  return {
    /** @param condition may be true of more rows: digits stand in ids and times too */
    async find({ name, key: keys, texts }: Table, condition: string, values: unknown[]): Promise<Holding[]> {
      const columns = [...keys, ...texts.map((text) => `CAST(\`${text}\` AS CHAR) AS \`${text}\``)];
      const sql = `SELECT ${columns.join(', ')} FROM ${name} WHERE ${condition}`;
      const [rows] = await pool.query<RowDataPacket[]>(sql, values);
      return rows.flatMap((row) => {
        const before = texts.map((text) => row[text] as string | null);
        const after = before.map((text) => text && withoutNumber(text, key));
        const holds = after.some((text, index) => text !== before[index]);
        return holds ? { key: keys.map((one) => row[one]), before, after } : [];
      });
    },

    /** @returns how many rows were changed. @throws if some change all the time */
    async hide({ name, key: keys, texts }: Table, find: () => Promise<Holding[]>): Promise<number> {
      const set = texts.map((text) => `\`${text}\` = ?`).join(', ');
      const unchanged = [...keys.map((one) => `${one} = ?`), ...texts.map((text) => `CAST(\`${text}\` AS CHAR) <=> ?`)];
      const sql = `UPDATE ${name} SET ${set} WHERE ${unchanged.join(' AND ')}`;
      let count = 0;
      for (let pass = 0; pass < mostPasses; pass++) {
        const found = await find();
        if (found.length === 0) return count;
        for (const { before, after, key: place } of found) {
          const [{ affectedRows }] = await pool.query<ResultSetHeader>(sql, [...after, ...place, ...before]);
          count += affectedRows;
        }
      }
      throw new Error(`Rows of ${name} change while a number is taken out of them.`);
    },
  };
}
