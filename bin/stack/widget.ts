import { makeArchive } from '../../api/widget/archive/archive.ts';
import { buildScript } from '../widget/build/script.ts';
import type { Memory } from './memory.ts';
import { SetUpError, step } from './progress.ts';

/** Employee 102 of the stand-in. */
const clickerId = 504142;

/** Our widget as it stands in the stand-in. */
export interface StandInWidget {
  /** By which Ringflow knows who asks. */
  environment: Record<string, string>;
  /** Where a person clicks on numbers. */
  page: string;
}

/** Puts the widget into the stand-in, with an integration, and switches it on. @param publicUrl where it asks Ringflow */
export async function putWidgetIn(amocrmUrl: string, publicUrl: string, memory: Memory): Promise<StandInWidget> {
  const clientId = memory.uuid('widget-client');
  const clientSecret = memory.secret('widget-client');
  const integration = { clientId, clientSecret, redirectUri: publicUrl };
  await step('widget', async () => {
    const archive = makeArchive(await buildScript(), publicUrl, '1.0.0');
    await send(`${amocrmUrl}/sandbox/oauth/integration`, 'PUT', 'application/json', JSON.stringify(integration));
    await send(`${amocrmUrl}/sandbox/widget`, 'PUT', 'application/zip', archive);
    await send(`${amocrmUrl}/sandbox/widget`, 'PATCH', 'application/json', JSON.stringify({ isInstalled: true }));
  });
  return {
    environment: { AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret },
    page: `${amocrmUrl}/contacts/?user=${clickerId}`,
  };
}

async function send(url: string, method: string, type: string, body: string | Uint8Array): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': type },
    body: new Uint8Array(Buffer.from(body)),
  });
  if (!answer.ok) throw new SetUpError(`The widget could not be put into the stand-in: ${await answer.text()}`);
}
