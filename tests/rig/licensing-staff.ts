import { randomBytes, randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Pool } from 'mysql2/promise';
import { createServer } from '../../licensing/create-server.ts';
import { newKeyPair, type PrivateKey } from '../../licensing/keys/root-key.ts';
import { rotateSigningKeys } from '../../licensing/keys/rotate.ts';
import { createSigner } from '../../licensing/keys/signer.ts';
import { createMetrics } from '../../licensing/metrics.ts';
import { type KeyRing, readKeyRing } from '../../licensing/store/key-ring.ts';
import { migrate } from '../../licensing/store/migrate.ts';
import { openMysql } from '../../licensing/store/mysql.ts';
import { createSessions } from '../../licensing/store/sessions.ts';
import { createUsers, type User, type UserDescription } from '../../licensing/store/users.ts';
import type { Server, Tools } from '../../licensing/tools.ts';
import { createDatabase } from './databases.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface StaffVisitor {
  send(method: Method, url: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

/** The licensing server on a real database, without a port, at any time one likes. */
export interface LicensingHouse {
  app: Server;
  pool: Pool;
  tools: Tools;
  ring: KeyRing;
  root: PrivateKey;
  /** What it has logged. */
  said: string[];
  /** The server's clock goes on by so much. */
  passDays(days: number): void;
  /** From an address of its own: limits on guessing do not add up between tests. */
  visitor(cookie?: string): StaffVisitor;
  /** Somebody who is signed in. */
  person(description?: Partial<UserDescription>): Promise<StaffVisitor & { user: User; cookie: string }>;
  close(): Promise<void>;
}

export const staffPassword = 'a password of tests';

export async function startLicensingHouse(
  limits = { perAddress: 100_000, perInstallation: 100_000, trialsPerAddress: 100_000 },
): Promise<LicensingHouse> {
  const database = await createDatabase('licensing');
  await migrate(database.url);
  const pool = openMysql(database.url);
  const ring = readKeyRing(`test:${randomBytes(32).toString('base64')}`);
  const root = await newKeyPair();
  await rotateSigningKeys(pool, ring, root, Date.now());
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  const tools: Tools = {
    ...{ pool, signer: createSigner(pool, ring), users: createUsers(pool, nowMs), sessions: createSessions(pool) },
    ...{
      metrics: createMetrics(),
      monitoringToken: undefined,
      logger: { info: say, warn: say, error: say } as unknown as Tools['logger'],
    },
    timing: { checkEverySeconds: 6 * 3_600, freshSeconds: 18 * 3_600, graceSeconds: 14 * 86_400 },
    ...{ silentSeconds: 3_600, limits, publicUrl: 'https://licensing.example', trustedProxies: [] },
    ...{ nowMs, upSinceMs: nowMs() },
    tls: undefined,
  };
  const app = await createServer(tools);
  await app.ready();
  const visitor = (cookie?: string): StaffVisitor => {
    const remoteAddress = `2001:db8::${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`;
    return {
      send: (method, url, body, headers = {}) =>
        app.inject({
          ...{ method, url, remoteAddress },
          headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...headers },
          ...(body !== undefined && { payload: body as object }),
        }),
    };
  };
  return {
    ...{ app, pool, tools, ring, root, said, visitor },
    passDays(days) {
      aheadMs += days * 86_400_000;
    },
    async person(description = {}) {
      const login = `${randomUUID()}@firm.example`;
      const whole = { login, name: 'Somebody', role: 'admin' as const, partnerId: null, ...description };
      const user = await tools.users.add(whole, 'shell');
      if (typeof user === 'string') throw new Error(user);
      await tools.users.choosePassword(await tools.users.issueLink(user, 'shell'), staffPassword);
      const cookie = `__Host-ringflow_licensing=${await tools.sessions.begin(user.id, '::1', 'tests')}`;
      return { ...visitor(cookie), user, cookie };
    },
    async close() {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}
