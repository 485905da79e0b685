import type { Daemons } from './daemons.ts';
import { stateFolder } from './folders.ts';
import { Memory } from './memory.ts';
import { startPart } from './parts.ts';
import type { Stores } from './stores.ts';

/** The stand-ins of a laptop: an amoCRM to watch and a PBX that plays recorded calls. */
export interface Sandbox {
  amocrmUrl: string;
  /** By which Ringflow finds the stand-ins. */
  environment: Record<string, string>;
  /** Lets calls come; to be called when everything else is ready. */
  letCallsCome(): Promise<void>;
}

const timezone = 'Europe/Moscow';

export async function startSandbox(daemons: Daemons, { sandboxPbx }: Stores): Promise<Sandbox> {
  const memory = new Memory(stateFolder('sandbox'));
  const amocrmPort = await memory.port('amocrm', 8090);
  const pbxPort = await memory.port('pbx-player', 8091);
  const token = memory.secret('amocrm-token');
  await startPart(daemons, 'amocrm', 'sandbox/amocrm/main.ts', {
    SANDBOX_AMOCRM_PORT: String(amocrmPort),
    SANDBOX_AMOCRM_TOKEN: token,
    SANDBOX_PBX_URL: `http://127.0.0.1:${pbxPort}`,
  });
  const isNew = !daemons.isRunning('pbx-player');
  await startPart(daemons, 'pbx-player', 'sandbox/pbx/main.ts', {
    SANDBOX_PBX_PORT: String(pbxPort),
    SANDBOX_PBX_DATABASE_URL: sandboxPbx?.writerUrl ?? '',
    SANDBOX_PBX_TIMEZONE: timezone,
    SANDBOX_PBX_CALL_EVERY_SECONDS: '0', // until somebody reads what it writes
  });
  return {
    amocrmUrl: `http://127.0.0.1:${amocrmPort}`,
    environment: {
      PBX_ID: 'sandbox',
      PBX_DATABASE_URL: sandboxPbx?.readerUrl ?? '',
      PBX_TIMEZONE: timezone,
      AMOCRM_BASE_URL: `http://127.0.0.1:${amocrmPort}`,
      AMOCRM_ACCESS_TOKEN: token,
      RINGFLOW_EMPLOYEES: '', // the users' own phone numbers in the stand-in
    },
    async letCallsCome() {
      if (!isNew) return; // whoever stopped them may want it so
      await fetch(`http://127.0.0.1:${pbxPort}/automatic`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on: true }),
      });
    },
  };
}
