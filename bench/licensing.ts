import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { RowDataPacket } from 'mysql2/promise';
import { Agent, request } from 'undici';
import type { LicensedMachine } from '../tests/rig/licensed-machine.ts';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';
import { percentile } from './load/statistics.ts';

/**
 * How many checks a second one process of the licensing server answers, over HTTPS and on MariaDB, and by how much each lets
 * its tables grow.
 *
 * bin/bench licensing [--installations 200] [--seconds 15] [--at-once 32]
 */

const { values } = parseArgs({
  options: {
    installations: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '15' },
    'at-once': { type: 'string', default: '32' },
  },
});
const [installations, seconds, atOnce] = [values.installations, values.seconds, values['at-once']].map(Number) as [
  number,
  number,
  number,
];
/** The first checks pay for what is loaded once. */
const warmUpMs = 2_000;

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { makeMachine } = await import('../tests/rig/licensed-machine.ts');
const { startLicensing } = await import('../tests/rig/licensing.ts');
const server = await startLicensing();
try {
  const dispatcher = new Agent({ connect: { ca: readFileSync(server.caFile, 'utf8') } });
  const machines: LicensedMachine[] = [];
  for (let index = 0; index < installations; index++) {
    const own = await makeMachine(server);
    const { status, code } = await own.ask('activate', { key: (await server.sell()).key });
    if (status !== 200) throw new Error(code);
    machines.push(own);
  }
  // signing is the installations' work: what is sent is signed before
  const waiting: string[] = [];
  const sign = async (count: number) => {
    for (let index = 0; index < count; index++) {
      waiting.push((await machines[index % machines.length]?.request('check')) ?? '');
    }
  };
  await sign(2_000);
  await run(warmUpMs);
  await sign(700 * seconds - waiting.length);
  const before = await sizes();
  const cpuBefore = await cpuSeconds();
  const { times, tookMs } = await run(seconds * 1_000);
  const cpuMs = ((await cpuSeconds()) - cpuBefore) * 1_000;
  const after = await sizes();
  console.log(`${installations} installations, ${atOnce} checks at once, one process, ${Math.round(tookMs / 1_000)} s`);
  report('Licensing: checks', {
    checks: {
      'a second': Math.round(times.length / (tookMs / 1_000)),
      'processor time each, ms': Number((cpuMs / times.length).toFixed(2)),
      'p50, ms': Math.round(percentile(times, 50)),
      'p95, ms': Math.round(percentile(times, 95)),
      'p99, ms': Math.round(percentile(times, 99)),
    },
  });
  const grown = Object.keys(after).map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)] as const);
  report(
    'Licensing: growth of its tables',
    Object.fromEntries(
      grown
        .filter(([, rows]) => rows !== 0)
        .map(([table, rows]) => [table, { 'rows a check': Number((rows / times.length).toFixed(3)), rows }]),
    ),
  );
  console.log('Rows of seen_requests are kept for 11 minutes; no other table grows by checks.');

  async function run(forMs: number): Promise<{ times: number[]; tookMs: number }> {
    const [times, from] = [[] as number[], performance.now()];
    const ask = async () => {
      while (performance.now() - from < forMs) {
        const next = waiting.shift();
        if (!next) return;
        const began = performance.now();
        await check(next);
        times.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, ask));
    return { times, tookMs: performance.now() - from };
  }

  /** Without verifying what is answered: that is the installations' work too. */
  async function check(token: string): Promise<void> {
    const { statusCode, body } = await request(`${server.url}/v1/check`, {
      ...{ method: 'POST', dispatcher, body: JSON.stringify({ request: token }) },
      headers: { 'content-type': 'application/json' },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(text);
  }

  async function cpuSeconds(): Promise<number> {
    const text = await machines[0]?.read('/metrics');
    return Number(/^process_cpu_seconds_total\{[^}]*\} (\S+)$/m.exec(text ?? '')?.[1]);
  }

  async function sizes(): Promise<Record<string, number>> {
    const { pool } = server.sales;
    const [tables] = await pool.query<RowDataPacket[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables) {
      const [[row]] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${name}`);
      counted[name] = Number(row?.n);
    }
    return counted;
  }
} finally {
  await server.close();
  await removeTestServers();
}
