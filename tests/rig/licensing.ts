import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { shell } from '../../bin/licensing-cli/store.ts';
import { makeCertificate } from '../../bin/stack/certificate.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { readTiming } from '../../licensing/configuration.ts';
import type { SalesTools } from '../../licensing/sales/by.ts';
import { addCustomer } from '../../licensing/sales/customers.ts';
import { type Sale, sell } from '../../licensing/sales/sell.ts';
import { migrate } from '../../licensing/store/migrate.ts';
import { openMysql } from '../../licensing/store/mysql.ts';
import { createDatabase, type Database } from './databases.ts';
import { type Part, startPart } from './part.ts';
import { servers } from './servers.ts';

/** A licensing server of one's own: the real process, over HTTPS with a certificate of its own, on a real database. */
export interface Licensing {
  url: string;
  /** Certificate that clients have to trust. */
  caFile: string;
  /** Public half of the root key, as installations know it (LICENSING_ROOT_KEY). */
  rootKey: string;
  rootKeyFile: string;
  /** By which Ringflow's parts find it. */
  environment: Record<'LICENSING_URL' | 'LICENSING_CA_FILE' | 'LICENSING_ROOT_KEY', string>;
  /** With all rights. */
  database: Database;
  /** Runs `bin/ringflow-licensing …` as a person does. */
  cli(args: string[], changes?: Record<string, string>): Promise<{ code: number; output: string; errors: string }>;
  /** By which `licensing/sales` does what people do, without a process for each. */
  sales: SalesTools;
  /** Sells to a new customer; what is left out is as the plan says. @returns key and number of the purchase */
  sell(sale?: Partial<Sale>): Promise<{ key: string; purchaseId: number }>;
  /** Stops the server; its address stays its own. */
  stop(): Promise<void>;
  /** Starts it again, where it was. @param changes of its variables */
  start(changes?: Record<string, string>): Promise<Part>;
  close(): Promise<void>;
}

export interface LicensingTimes {
  checkEverySeconds?: number;
  freshSeconds?: number;
  /** Less than a day: it ends when it ends, not on a working morning. */
  graceSeconds?: number;
  /** Not heard of for so long, a machine may be replaced by another of the same amoCRM account. */
  silentSeconds?: number;
}

const host = '127.0.0.1';

export async function startLicensing(times: LicensingTimes = {}): Promise<Licensing> {
  const [database, port] = [await createDatabase('licensing'), await freePort()];
  await migrate(database.url);
  const parent = join(servers.stateFolder, 'licensing');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'l-'));
  const certificate = await makeCertificate(folder, 'server', host);
  const variables = {
    ...{ LICENSING_HOST: host, LICENSING_PORT: String(port), LICENSING_MYSQL_URL: database.url },
    ...{ LICENSING_TLS_CERT: certificate.certFile, LICENSING_TLS_KEY: certificate.keyFile },
    LICENSING_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ...{ LICENSING_LIMIT_PER_ADDRESS: '100000', LICENSING_LIMIT_PER_INSTALLATION: '100000' },
    LICENSING_LIMIT_TRIALS_PER_ADDRESS: '100000',
    ...timesAsVariables(times),
  };
  const cli = (args: string[], changes: Record<string, string> = {}) =>
    runLicensing({ ...variables, ...changes }, args);
  const rootKeyFile = join(folder, 'root-key.json');
  const rootKey = (await well(cli(['keys', 'root', '--out', rootKeyFile]))).trim();
  await well(cli(['keys', 'rotate', '--root-key', rootKeyFile]));
  const url = `https://${host}:${port}`;
  let part: Part | undefined;
  const start = async (changes: Record<string, string> = {}) => {
    part = startPart('licensing/main.ts', { ...variables, ...changes });
    await part.ready;
    return part;
  };
  const pool = openMysql(database.url);
  const sales: SalesTools = { pool, timing: readTiming(variables), nowMs: Date.now };
  const stop = async () => void (await part?.stop());
  await start();
  return {
    ...{ url, caFile: certificate.certFile, rootKey, rootKeyFile, database, cli, sales, start, stop },
    environment: { LICENSING_URL: url, LICENSING_CA_FILE: certificate.certFile, LICENSING_ROOT_KEY: rootKey },
    async sell(sale = {}) {
      const description = { name: 'A customer', email: '', note: '', partnerId: null };
      const { id } = await addCustomer(sales, shell, description);
      const { key, purchase } = await sell(sales, shell, id, { planId: 'professional', ...sale });
      return { key, purchaseId: purchase.id };
    },
    async close() {
      await stop();
      await pool.end();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

function timesAsVariables(times: LicensingTimes): Record<string, string> {
  const { checkEverySeconds, freshSeconds, graceSeconds, silentSeconds } = times;
  const named = {
    LICENSING_CHECK_EVERY_SECONDS: checkEverySeconds,
    LICENSING_FRESH_SECONDS: freshSeconds,
    LICENSING_GRACE_SECONDS: graceSeconds,
    LICENSING_SILENT_SECONDS: silentSeconds,
  };
  const given = ([, value]: [string, unknown]) => value !== undefined;
  return Object.fromEntries(
    Object.entries(named)
      .filter(given)
      .map(([name, value]) => [name, String(value)]),
  );
}

async function runLicensing(environment: Record<string, string>, args: string[]) {
  const child = spawn(join(import.meta.dirname, '../../bin/ringflow-licensing'), args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number, output, errors };
}

async function well(command: Promise<{ code: number; output: string; errors: string }>): Promise<string> {
  const { code, output, errors } = await command;
  if (code !== 0) throw new Error(errors);
  return output;
}
