import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { freepbxEtc } from '../../../sandbox/asterisk/configuration.ts';
import { dids, extensionsOf, type Office, trunkHost, usualLimits } from '../../../sandbox/asterisk/office.ts';
import { ensureTables } from '../../../sandbox/pbx/pbx-tables.ts';
import type { Daemons } from '../daemons.ts';
import { stateFolder } from '../folders.ts';
import type { Memory } from '../memory.ts';
import { startPart } from '../parts.ts';
import { step } from '../progress.ts';
import { ensureAsterisk, startAsterisk } from '../services/asterisk.ts';
import type { SandboxDatabase } from '../stores.ts';
import type { SandboxPbx } from './sandbox-pbx.ts';

const host = '127.0.0.1';
const amiUser = 'ringflow';
const folder = join(stateFolder('sandbox'), 'asterisk');

/** Starts a real Asterisk, with phones that answer and clients that call. @param port of their controls */
export async function startRealPbx(
  daemons: Daemons,
  database: SandboxDatabase,
  port: number,
  memory: Memory,
): Promise<SandboxPbx> {
  const unpacked = await ensureAsterisk();
  const isNew = !daemons.isRunning('phones');
  const ports = {
    ami: await memory.port('asterisk-ami', 25038, daemons.isRunning('asterisk')),
    sip: await memory.port('asterisk-sip', 25060, daemons.isRunning('asterisk')),
    trunk: await memory.port('trunk', 25062, daemons.isRunning('phones')),
  };
  const phonePassword = memory.secret('phones');
  await makeTables(database);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const values: Office = {
    ...{ sipPort: ports.sip, trunkHost, trunkPort: ports.trunk, extensions: extensionsOf(() => phonePassword) },
    ...{ limits: usualLimits, amiUser, amiSecret: memory.secret('ami'), ...placeOf(database) },
  };
  await step('Asterisk', () =>
    startAsterisk({
      ...{ daemons, name: 'asterisk', unpacked, folder, amiPort: ports.ami },
      ...{ templates: [freepbxEtc], values },
    }),
  );
  const isUp = async () => (await fetch(`http://${host}:${port}/status`)).ok;
  await startPart(daemons, 'phones', 'sandbox/asterisk/main.ts', isUp, {
    SANDBOX_PBX_PORT: String(port),
    SANDBOX_ASTERISK_SIP_PORT: String(ports.sip),
    SANDBOX_ASTERISK_TRUNK_PORT: String(ports.trunk),
    SANDBOX_ASTERISK_PHONE_PASSWORD: phonePassword,
  });
  return { environment: environmentOf(database, ports.ami, memory), isNew, lines: linesOf(port) };
}

async function makeTables({ writerUrl }: SandboxDatabase): Promise<void> {
  const pool = mysql.createPool({ uri: writerUrl });
  try {
    await ensureTables(pool, 'microseconds');
  } finally {
    await pool.end();
  }
}

function placeOf({ writerUrl }: SandboxDatabase) {
  const { hostname, port, pathname, username, password } = new URL(writerUrl);
  return {
    ...{ databaseHost: hostname, databasePort: Number(port), database: pathname.slice(1) },
    ...{ databaseUser: username, databasePassword: decodeURIComponent(password) },
  };
}

const environmentOf = (database: SandboxDatabase, amiPort: number, memory: Memory) => ({
  PBX_ID: 'asterisk',
  PBX_DATABASE_URL: database.readerUrl,
  PBX_TIMEZONE: 'UTC', // as its ODBC modules are told to write
  PBX_AMI_HOST: host,
  PBX_AMI_PORT: String(amiPort),
  PBX_AMI_USER: amiUser,
  PBX_AMI_SECRET: memory.secret('ami'),
  PBX_RECORDINGS: join(folder, 'recordings'),
});

const linesOf = (port: number): string[] => [
  `Asterisk         phones 101 to 104 answer by themselves after 3 s, clients after 4 s; numbers ${Object.values(dids).join(', ')}`,
  `make a call      curl -d '{"from":"79161234567","to":"${dids.direct}"}' -H 'content-type: application/json' http://${host}:${port}/call`,
  `                 or outwards: "from":"101","to":"89161234567"`,
];
