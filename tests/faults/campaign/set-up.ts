import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TemporalKind } from '../../../bench/load/place.ts';
import { freePort } from '../../../bin/stack/free-port.ts';
import { amiVariables } from '../../rig/ami-server.ts';
import { type Installation, install } from '../../rig/installation.ts';
import { card, lead, register, rule, setRules, task } from '../../rig/rules.ts';
import { startOnPostgres } from '../../rig/temporal-on-postgres.ts';
import type { WidgetHome } from '../../rig/widget-visitor.ts';
import type { TestServer, TestServers } from '../../setup/start-servers.ts';
import { type CampaignAmi, startCampaignAmi } from './ami-of-pbx.ts';
import { type CallWriter, createCallWriter } from './calls.ts';
import { type Clicker, createClicker } from './clicks.ts';
import { createListeners, type Listeners } from './listeners.ts';
import type { Campaign } from './plan.ts';
import { makeRecordingsFolder } from './recordings-folder.ts';
import { makeSmallDisk, type SmallDisk } from './small-disk.ts';

/** PostgreSQL is there if it keeps what Temporal knows. */
export type ServersOfCampaign = TestServers & { postgres?: TestServer };

/** An installation, and all who are around it; its own processes don't run yet. */
export interface Scene {
  servers: ServersOfCampaign;
  house: Installation;
  home: WidgetHome;
  writer: CallWriter;
  ami: CampaignAmi;
  disk: SmallDisk;
  clicker: Clicker;
  listeners: Listeners;
  remove(): Promise<void>;
}

/** More clicks in a minute than people do. */
const calling = { mostPerMinute: 100 };

export async function setUp(campaign: Campaign, ofTests: TestServers, kind: TemporalKind): Promise<Scene> {
  const onPostgres = kind === 'postgres' ? await startOnPostgres() : undefined;
  const servers = { ...ofTests, ...(onPostgres && { temporal: onPostgres, postgres: onPostgres.postgres }) };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = [randomUUID(), randomBytes(32).toString('hex')];
  const disk = makeSmallDisk(join(servers.stateFolder, 'sounds'));
  const recordings = makeRecordingsFolder(join(servers.stateFolder, 'recordings'));
  const clicker = createClicker(campaign);
  let writer: CallWriter | undefined;
  const ami = await startCampaignAmi({ play: (...call) => (writer as CallWriter).play(...call) }, clicker.planOf);
  const house = await install(() => ({
    ...{ API_PORT: String(port), PUBLIC_URL: url, AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret },
    ...(onPostgres && { TEMPORAL_ADDRESS: onPostgres.address, TEMPORAL_NAMESPACE: 'ringflow' }),
    ...amiVariables(ami.access),
    ...{ PBX_RECORDINGS: recordings.folder, RECORDINGS_CACHE: disk.folder },
  }));
  if (onPostgres) ofTests.temporal.kill(); // nobody asks it any more
  writer = createCallWriter(house, recordings);
  await house.amocrm.setSearchLag(2_000);
  const whileItRings = rule([card], { phase: 'requested', direction: ['inbound'] });
  await setRules(house, [whileItRings, rule([lead, register, task])], { calling });
  return {
    ...{ servers, house, writer, ami, disk, clicker, listeners: createListeners(house.amocrm) },
    home: { url, clientId, clientSecret, amocrmUrl: house.amocrm.url, amocrmId: 31415926 },
    async remove() {
      await Promise.all([house.remove(), ami.close()]).finally(disk.remove);
      await onPostgres?.remove();
    },
  };
}
