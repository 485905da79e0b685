import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { openMysql } from '../../activities/store/mysql.ts';
import { step } from './progress.ts';

const patienceMs = 30_000;
const lookEveryMs = 300;

/**
 * Waits for the first word on the licence where an account is connected: a call that began before would be kept to what is
 * free. Who has nobody to ask, or waits in vain, goes on.
 */
export async function firstLicence(mysqlUrl: string): Promise<void> {
  const pool = openMysql(mysqlUrl);
  const isKnown = async () => {
    const [[row]] = await pool.query<RowDataPacket[]>(
      `SELECT permit IS NOT NULL OR talked_at_ms IS NOT NULL OR NOT EXISTS (SELECT 1 FROM accounts) AS is_known FROM licence`,
    );
    return row?.is_known === 1;
  };
  try {
    if (await isKnown()) return;
    await step('licence', async () => {
      const endMs = performance.now() + patienceMs;
      while (performance.now() < endMs && !(await isKnown())) await sleep(lookEveryMs);
    });
  } finally {
    await pool.end();
  }
}
