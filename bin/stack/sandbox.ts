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
  const amocrmPort = await memory.port('amocrm', 8090, daemons.isRunning('amocrm'));
  const pbxPort = await memory.port('pbx-player', 8091, daemons.isRunning('pbx-player'));
  const token = memory.secret('amocrm-token');
  const amocrmUrl = `http://127.0.0.1:${amocrmPort}`;
  const pbxUrl = `http://127.0.0.1:${pbxPort}`;
  await startPart(daemons, 'amocrm', 'sandbox/amocrm/main.ts', answers(amocrmUrl), {
    SANDBOX_AMOCRM_PORT: String(amocrmPort),
    SANDBOX_AMOCRM_TOKEN: token,
    SANDBOX_PBX_URL: pbxUrl,
  });
  const isNew = !daemons.isRunning('pbx-player');
  await startPart(daemons, 'pbx-player', 'sandbox/pbx/main.ts', answers(`${pbxUrl}/status`), {
    SANDBOX_PBX_PORT: String(pbxPort),
    SANDBOX_PBX_DATABASE_URL: sandboxPbx?.writerUrl ?? '',
    SANDBOX_PBX_TIMEZONE: timezone,
    SANDBOX_PBX_CALL_EVERY_SECONDS: '0', // until somebody reads what it writes
  });
  return {
    amocrmUrl,
    environment: {
      PBX_ID: 'sandbox',
      PBX_DATABASE_URL: sandboxPbx?.readerUrl ?? '',
      PBX_TIMEZONE: timezone,
      AMOCRM_BASE_URL: amocrmUrl,
      AMOCRM_ACCESS_TOKEN: token,
      RINGFLOW_EMPLOYEES: '', // the users' own phone numbers in the stand-in
    },
    async letCallsCome() {
      if (!isNew) return; // whoever stopped them may want it so
      await fetch(`${pbxUrl}/automatic`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on: true }),
      });
    },
  };
}

const answers = (url: string) => async (): Promise<boolean> => (await fetch(url)).ok;
