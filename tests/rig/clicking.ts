import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../bin/stack/free-port.ts';
import { amiVariables } from './ami-server.ts';
import { type Installation, install } from './installation.ts';
import { type Pbx, type PbxOptions, startPbx } from './pbx.ts';
import type { WidgetHome } from './widget-visitor.ts';

/** An installation on a real PBX, whose account has our widget. */
export interface ClickingHouse {
  house: Installation;
  pbx: Pbx;
  home: WidgetHome;
  remove(): Promise<void>;
}

/** Nothing runs yet but the PBX. */
export async function installClicking(options: PbxOptions = {}): Promise<ClickingHouse> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = [randomUUID(), randomBytes(32).toString('hex')];
  const pbx = await startPbx(options);
  const house = await install(() => ({
    ...{ PBX_DATABASE_URL: pbx.readerUrl, PBX_TIMEZONE: 'UTC' },
    ...amiVariables(pbx.ami),
    ...{ AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret },
    ...{ API_PORT: String(port), PUBLIC_URL: url },
    ...{ PBX_RECORDINGS: join(pbx.folder, 'recordings'), RECORDINGS_CACHE: join(pbx.folder, 'sounds') },
    RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
  }));
  return {
    ...{ house, pbx },
    home: { url, clientId, clientSecret, amocrmUrl: house.amocrm.url, amocrmId: 31415926 },
    async remove() {
      await Promise.all([house.remove(), pbx.stop()]);
    },
  };
}
