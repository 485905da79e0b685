import { existsSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import type { Pool } from 'mysql2/promise';
import { readTiming } from '../../licensing/configuration.ts';
import { makeRootKey, readRootKey } from '../../licensing/keys/root-key.ts';
import { presentKeys, rotateSigningKeys } from '../../licensing/keys/rotate.ts';
import type { SalesTools } from '../../licensing/sales/by.ts';
import { addCustomer, listCustomers } from '../../licensing/sales/customers.ts';
import { extendTrial, findTrials, reserveTrial } from '../../licensing/sales/trials.ts';
import { readKeyRing } from '../../licensing/store/key-ring.ts';
import { migrate, SchemaError } from '../../licensing/store/migrate.ts';
import { openMysql } from '../../licensing/store/mysql.ts';
import { accountName } from '../../licensing/store/trials.ts';
import { createUsers } from '../../licensing/store/users.ts';
import { claimsOf } from '../../proto/token-claims.ts';
import { shell } from '../licensing-cli/store.ts';
import { addFirstAdmin } from '../licensing-cli/users.ts';
import { makeCertificate } from './certificate.ts';
import type { Daemons } from './daemons.ts';
import type { Memory } from './memory.ts';
import { startPart } from './parts.ts';
import { privateFolder } from './programs.ts';
import { SetUpError, step } from './progress.ts';

/** A licensing server of this machine's own. */
export interface OwnLicensing {
  url: string;
  /** By which the command line finds it; secret. */
  own: Record<string, string>;
  /** By which Ringflow's parts find it. */
  environment: Record<string, string>;
  /** By which its first administrator chooses a password; undefined once somebody has one. */
  link: string | undefined;
  complaint: string | undefined;
}

const host = '127.0.0.1';
const demoCustomer = 'Demo';
const demoTrialMs = 14 * 86_400_000;

/**
 * Starts it with a certificate, a root key and a demo customer, to whom the trial of this installation's account belongs.
 *
 * @param amocrm variables that name the account. @returns undefined if LICENSING_URL names another server
 */
export async function startLicensing(
  daemons: Daemons,
  stateFolder: string,
  memory: Memory,
  mysqlUrl: string,
  amocrm: Record<string, string | undefined>,
): Promise<OwnLicensing | undefined> {
  if (process.env.LICENSING_URL) return undefined;
  const folder = privateFolder(join(stateFolder, 'licensing'));
  const port = await memory.port('licensing', 8443, daemons.isRunning('licensing'));
  const url = `https://${host}:${port}`;
  const files = await certificate(folder);
  const own = {
    ...{ LICENSING_HOST: host, LICENSING_PORT: String(port), LICENSING_PUBLIC_URL: url, LICENSING_MYSQL_URL: mysqlUrl },
    ...{ LICENSING_TLS_CERT: files.certFile, LICENSING_TLS_KEY: files.keyFile },
    LICENSING_SECRET_KEYS: process.env.LICENSING_SECRET_KEYS || `own:${memory.key('licensing-secrets')}`,
  };
  const { rootKey, link } = await step('licences', () => prepare(own, join(folder, 'root-key.json'), amocrm, url));
  const complaint = await startPart(
    daemons,
    'licensing',
    'licensing/main.ts',
    () => isHealthy(url, files.certFile),
    own,
  );
  const environment = { LICENSING_URL: url, LICENSING_CA_FILE: files.certFile, LICENSING_ROOT_KEY: rootKey };
  return { url, own, environment, link, complaint };
}

async function certificate(folder: string) {
  const files = { certFile: join(folder, 'server-cert.pem'), keyFile: join(folder, 'server-key.pem') };
  return existsSync(files.certFile) ? files : makeCertificate(folder, 'server', host);
}

/** What its database needs, each once. */
async function prepare(
  own: Record<'LICENSING_MYSQL_URL' | 'LICENSING_SECRET_KEYS', string>,
  rootKeyFile: string,
  amocrm: Record<string, string | undefined>,
  url: string,
): Promise<{ rootKey: string; link: string | undefined }> {
  await migrate(own.LICENSING_MYSQL_URL).catch((error) => {
    throw error instanceof SchemaError ? new SetUpError(error.message) : error;
  });
  if (!existsSync(rootKeyFile)) await makeRootKey(rootKeyFile);
  const root = readRootKey(rootKeyFile);
  const pool = openMysql(own.LICENSING_MYSQL_URL);
  try {
    if ((await presentKeys(pool)).length === 0) {
      await rotateSigningKeys(pool, readKeyRing(own.LICENSING_SECRET_KEYS), root, Date.now());
    }
    await reserveDemoTrial(pool, amocrm);
    return { rootKey: root.x, link: await firstLink(pool, url) };
  } finally {
    await pool.end();
  }
}

/** One that has ended goes on: whoever tries Ringflow at home is not kept from it by a calendar. */
async function reserveDemoTrial(pool: Pool, amocrm: Record<string, string | undefined>): Promise<void> {
  const sales: SalesTools = { pool, nowMs: Date.now, timing: readTiming({}) };
  const { customers } = await listCustomers(pool, shell, { search: demoCustomer });
  const customer = customers.find(({ name }) => name === demoCustomer);
  const { id } =
    customer ?? (await addCustomer(sales, shell, { name: demoCustomer, email: '', note: '', partnerId: null }));
  const { AMOCRM_BASE_URL: address, AMOCRM_ACCESS_TOKEN: token = '' } = amocrm;
  if (!address || !URL.canParse(address)) return; // it is connected in the browser, and any account has its trial
  const account = String(claimsOf(token).accountNumber ?? new URL(address).host);
  const [known] = await findTrials(pool, shell, 't.account = ?', [accountName(account)]);
  if (!known) await reserveTrial(sales, shell, account, id);
  else if (known.endsAtMs <= Date.now()) await extendTrial(sales, shell, known.id, Date.now() + demoTrialMs);
}

async function firstLink(pool: Pool, url: string): Promise<string | undefined> {
  const users = createUsers(pool);
  const known = await users.list();
  if (known.some(({ hasPassword }) => hasPassword)) return undefined;
  const admin = known.find(({ role }) => role === 'admin') ?? (await addFirstAdmin(users));
  return typeof admin === 'string' ? undefined : `${url}/password#${await users.issueLink(admin, shell.actor)}`;
}

function isHealthy(url: string, certFile: string): Promise<boolean> {
  const agent = new Agent({ ca: readFileSync(certFile) });
  return new Promise((resolve, reject) => {
    get(`${url}/healthz`, { agent }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', reject);
  });
}
