import type { Pool } from 'mysql2/promise';
import { codeOf, ensureTables, isMissingTable, rowsInto } from './pbx-tables.ts';
import type { WriteRow } from './play-call.ts';

/**
 * Writes rows as Asterisk does: what the database doesn't take is lost, and calls go on. Trouble is told once when it
 * begins and once when it is over.
 */
export class LossyDatabase {
  readonly #pool: Pool;
  readonly #say: (message: string) => void;
  #isInTrouble = false;

  constructor(pool: Pool, say: (message: string) => void) {
    this.#pool = pool;
    this.#say = say;
  }

  /** Makes the tables if they are missing. @returns false if that was not possible now */
  ensureTables(): Promise<boolean> {
    return this.#attempt(() => ensureTables(this.#pool));
  }

  /** Never fails. A table that has gone meanwhile is made anew. */
  readonly write: WriteRow = async (row) => {
    const write = rowsInto(this.#pool);
    await this.#attempt(async () => {
      try {
        await write(row);
      } catch (error) {
        if (!isMissingTable(error)) throw error;
        await ensureTables(this.#pool);
        await write(row);
      }
    });
  };

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      if (!this.#isInTrouble) {
        this.#say(`The database takes no rows (${codeOf(error)}). They are lost, as with Asterisk; calls go on.`);
      }
      this.#isInTrouble = true;
      return false;
    }
    if (this.#isInTrouble) this.#say('The database takes rows again.');
    this.#isInTrouble = false;
    return true;
  }
}
