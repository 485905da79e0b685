import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { createPlayerServer } from './create-player-server.ts';
import { EnvironmentError, type PlayerEnvironment, readEnvironment } from './environment.ts';
import { LossyDatabase } from './lossy-database.ts';
import { codeOf } from './pbx-tables.ts';
import { Player } from './player.ts';
import { readRecordings } from './recording.ts';

/** The process that stands in for an Asterisk: it writes recorded calls into the PBX's tables. */

const retryMs = 1000;
const defaultCallEverySeconds = 6;
const longestGoodbyeMs = 1000;

function environmentOrExit(): PlayerEnvironment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

function say(message: string): void {
  process.stderr.write(`PBX player: ${message}\n`);
}

const environment = environmentOrExit();
// One connection: an Asterisk too writes its rows one after another.
const pool = mysql.createPool({ uri: environment.databaseUrl, connectionLimit: 1, connectTimeout: 3_000 });
const database = new LossyDatabase(pool, say);
const player = new Player({
  recordings: readRecordings(),
  write: database.write,
  timezone: environment.timezone,
  callEveryMs: (environment.callEverySeconds || defaultCallEverySeconds) * 1000,
});
const server = createPlayerServer(player);

async function stop(): Promise<never> {
  const goodbye = [server.close(), player.stop().then(() => pool.end())];
  await Promise.race([Promise.allSettled(goodbye), sleep(longestGoodbyeMs)]);
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

/** A database that starts later than the player is no reason to give up. */
async function keepEnsuringTables(): Promise<void> {
  while (!(await database.ensureTables())) await sleep(retryMs, undefined, { ref: false });
}

await database.ensureTables();
void keepEnsuringTables();
await server.listen({ host: '127.0.0.1', port: environment.port }).catch((error: unknown) => {
  say(`It can't listen on port ${environment.port} (${codeOf(error)}).`);
  process.exit(1);
});
player.setAutomatic(environment.callEverySeconds > 0);
console.log(`PBX player: ${server.listeningOrigin}`);
process.send?.('ready');
