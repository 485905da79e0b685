import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WidgetHome } from './widget-visitor.ts';

const ringflow = join(__dirname, '../../bin/ringflow');

/** The widget stands in amoCRM, built as people do it, and is switched on. */
export async function installWidget({ amocrmUrl, url, clientId, clientSecret }: WidgetHome): Promise<void> {
  const send = async (method: string, path: string, type: string, body: string | Buffer) => {
    const request = { method, headers: { 'content-type': type }, body: new Uint8Array(Buffer.from(body)) };
    const answer = await fetch(`${amocrmUrl}/sandbox/${path}`, request);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const integration = { clientId, clientSecret, redirectUri: url };
  await send('PUT', 'oauth/integration', 'application/json', JSON.stringify(integration));
  await send('PUT', 'widget', 'application/zip', await buildWidget(url));
  await send('PATCH', 'widget', 'application/json', JSON.stringify({ isInstalled: true }));
}

/** @param url where the widget asks Ringflow */
async function buildWidget(url: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-widget-'));
  try {
    const out = join(folder, 'widget.zip');
    await promisify(execFile)(ringflow, ['widget', 'build', '--url', url, '--out', out]);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
