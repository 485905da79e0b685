import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { freepbxEtc } from '../../sandbox/asterisk/configuration.ts';
import { extensionsOf, type Limits, type Office, trunkHost } from '../../sandbox/asterisk/office.ts';
import type { Line } from '../../sandbox/asterisk/phones/line.ts';
import { OfficeLines } from '../../sandbox/asterisk/phones/office-lines.ts';
import { ensureTables } from '../../sandbox/pbx/pbx-tables.ts';
import { startAsterisk, type TestAsterisk } from './asterisk.ts';
import { createDatabase, type Database } from './databases.ts';

/** A real PBX of an office, with its phones and the provider at the other end of its trunk. */
export interface Pbx extends TestAsterisk {
  database: Database;
  /** Of a user who may read CEL and CDR, and nothing else. */
  readerUrl: string;
  ami: { host: string; port: number; user: string; secret: string };
  /** One of 101 to 104, registered. */
  phone(extension: string): Line;
  trunk: Line;
}

/** Long enough that a slow machine answers in time, but for what a test has to sit through. */
const testLimits: Limits = {
  ringSeconds: 15,
  mailboxRingSeconds: 1,
  queueSeconds: 15,
  ivrSeconds: 2,
  trunkSeconds: 15,
};

export interface PbxOptions {
  limits?: Partial<Limits>;
  /** More configuration, by the file's name: `extensions_custom.conf` is there for the owner. */
  more?: Record<string, string>;
  /** Where another Asterisk than the usual one is unpacked. */
  unpacked?: string;
}

/** Its rows are in UTC. */
export async function startPbx({ limits, more, unpacked }: PbxOptions = {}): Promise<Pbx> {
  const secret = () => randomBytes(12).toString('hex');
  const sipPort = await freeUdpPort();
  const extensions = extensionsOf(secret);
  const lines = new OfficeLines({ sipPort, trunkPort: 0, extensions });
  const [database] = await Promise.all([createDatabase('pbx'), lines.trunk.open()]);
  await ensureTables(database.pool, 'microseconds');
  const users = await createUsers(database);
  const { hostname, port } = new URL(database.url);
  const amiSecret = secret();
  const values: Office = {
    ...{ sipPort, trunkHost, trunkPort: lines.trunk.port, extensions },
    limits: { ...testLimits, ...limits },
    ...{ amiUser: 'ringflow', amiSecret },
    ...{ databaseHost: hostname, databasePort: Number(port), database: database.name },
    ...{ databaseUser: users.writer, databasePassword: users.password },
  };
  const asterisk = await startAsterisk(more, {
    templates: [freepbxEtc],
    values,
    ...(unpacked !== undefined && { unpacked }),
  });
  await lines.registerPhones();
  return {
    ...asterisk,
    database,
    readerUrl: `mysql://${users.reader}:${users.password}@${hostname}:${port}/${database.name}`,
    ami: { host: '127.0.0.1', port: asterisk.amiPort, user: values.amiUser, secret: amiSecret },
    trunk: lines.trunk,
    phone: (extension) => lines.phone(extension),
    async stop() {
      await lines.close();
      await asterisk.stop();
      await database.pool.query(`DROP USER ${users.writer}@${host}, ${users.reader}@${host}`);
      await database.drop();
    },
  };
}

const host = `'127.0.0.1'`;

/** Asterisk's own, and whoever reads what it has written. */
async function createUsers({ name, pool }: Database) {
  const users = { writer: `${name}_writer`, reader: `${name}_reader`, password: randomBytes(12).toString('hex') };
  await pool.query(`
    CREATE USER ${users.writer}@${host} IDENTIFIED BY '${users.password}';
    CREATE USER ${users.reader}@${host} IDENTIFIED BY '${users.password}';
    GRANT SELECT, INSERT ON ${name}.* TO ${users.writer}@${host};
    GRANT SELECT ON ${name}.* TO ${users.reader}@${host}`);
  return users;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
