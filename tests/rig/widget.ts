import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Amocrm } from './amocrm.ts';

/** The integration to which the widget belongs. */
export const widgetIntegration = {
  clientId: '0b0832f6-d123-4123-9123-e73f23683300',
  clientSecret: 'a client secret of the tests',
  redirectUri: 'https://ringflow.example/oauth/amocrm',
};

const ringflow = join(__dirname, '../../bin/ringflow');

/** An archive as people make it. @param url where the widget asks Ringflow */
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

/** The widget stands in amoCRM and is switched on. */
export async function installWidget(amocrm: Amocrm, url: string): Promise<void> {
  await amocrm.oauth.set(widgetIntegration);
  await send(amocrm, 'PUT', 'application/zip', await buildWidget(url));
  await send(amocrm, 'PATCH', 'application/json', JSON.stringify({ isInstalled: true }));
}

async function send(amocrm: Amocrm, method: string, type: string, body: string | Buffer): Promise<void> {
  const headers = { 'content-type': type };
  const answer = await fetch(`${amocrm.url}/sandbox/widget`, {
    method,
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });
  if (!answer.ok) throw new Error(`${method} /sandbox/widget: ${answer.status} ${await answer.text()}`);
}
