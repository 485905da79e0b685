import type { Daemons } from './daemons.ts';
import { stateFolder } from './folders.ts';
import { Memory } from './memory.ts';
import { startPart } from './parts.ts';
import { startRealPbx } from './pbx/real.ts';
import { startRecordedPbx } from './pbx/recorded.ts';
import { SetUpError } from './progress.ts';
import type { SandboxPbxKind, Stores } from './stores.ts';
import { putWidgetIn } from './widget.ts';

/** What surrounds Ringflow on a laptop: an amoCRM to watch and a PBX, one that plays recorded calls or a real one. */
export interface Sandbox {
  amocrmUrl: string;
  /** A page of amoCRM in which our widget stands. */
  widgetPage: string;
  /** By which Ringflow finds the two. */
  environment: Record<string, string>;
  /** What a person wants to know of the PBX. */
  pbxLines: string[];
  /** Lets calls come; to be called when everything else is ready. */
  letCallsCome(): Promise<void>;
}

/** @param publicUrl where browsers reach Ringflow */
export async function startSandbox(
  daemons: Daemons,
  { sandboxPbx }: Stores,
  kind: SandboxPbxKind,
  publicUrl: string,
): Promise<Sandbox> {
  if (!sandboxPbx) throw new SetUpError('The sandbox has no database for its PBX.');
  const memory = new Memory(stateFolder('sandbox'));
  const isPbxRunning = daemons.isRunning('pbx-player') || daemons.isRunning('phones');
  const amocrmPort = await memory.port('amocrm', 8090, daemons.isRunning('amocrm'));
  const pbxPort = await memory.port('pbx-player', 8091, isPbxRunning);
  const token = memory.secret('amocrm-token');
  const amocrmUrl = `http://127.0.0.1:${amocrmPort}`;
  const pbxUrl = `http://127.0.0.1:${pbxPort}`;
  await startPart(daemons, 'amocrm', 'sandbox/amocrm/main.ts', async () => (await fetch(amocrmUrl)).ok, {
    SANDBOX_AMOCRM_PORT: String(amocrmPort),
    SANDBOX_AMOCRM_TOKEN: token,
    SANDBOX_PBX_URL: pbxUrl,
  });
  const widget = await putWidgetIn(amocrmUrl, publicUrl, memory);
  const pbx =
    kind === 'asterisk'
      ? await startRealPbx(daemons, sandboxPbx, pbxPort, memory)
      : await startRecordedPbx(daemons, sandboxPbx, pbxPort);
  return {
    amocrmUrl,
    widgetPage: widget.page,
    pbxLines: pbx.lines,
    environment: {
      ...pbx.environment,
      ...widget.environment,
      AMOCRM_BASE_URL: amocrmUrl,
      AMOCRM_ACCESS_TOKEN: token,
      RINGFLOW_EMPLOYEES: '', // the users' own phone numbers in the stand-in
    },
    async letCallsCome() {
      if (!pbx.isNew) return; // whoever stopped them may want it so
      await fetch(`${pbxUrl}/automatic`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on: true }),
      });
    },
  };
}
