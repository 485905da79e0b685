import type { Daemons } from '../daemons.ts';
import { startPart } from '../parts.ts';
import type { SandboxDatabase } from '../stores.ts';
import type { SandboxPbx } from './sandbox-pbx.ts';

const timezone = 'Europe/Moscow';

/** Starts the player of recorded calls. @param port of its controls */
export async function startRecordedPbx(daemons: Daemons, database: SandboxDatabase, port: number): Promise<SandboxPbx> {
  const isNew = !daemons.isRunning('pbx-player');
  const isUp = async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok;
  await startPart(daemons, 'pbx-player', 'sandbox/pbx/main.ts', isUp, {
    SANDBOX_PBX_PORT: String(port),
    SANDBOX_PBX_DATABASE_URL: database.writerUrl,
    SANDBOX_PBX_TIMEZONE: timezone,
    SANDBOX_PBX_CALL_EVERY_SECONDS: '0', // until somebody reads what it writes
  });
  const environment = { PBX_ID: 'sandbox', PBX_DATABASE_URL: database.readerUrl, PBX_TIMEZONE: timezone };
  return { environment, isNew, lines: [] };
}
