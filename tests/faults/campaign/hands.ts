import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../../sandbox/amocrm/gate/faults.ts';
import type { Installation } from '../../rig/installation.ts';
import type { Part } from '../../rig/part.ts';
import { runRingflow } from '../../rig/ringflow.ts';
import type { TestServer } from '../../setup/start-servers.ts';
import type { CampaignAmi } from './ami-of-pbx.ts';
import type { Listeners } from './listeners.ts';
import type { FaultKind, PlannedFault } from './plan.ts';
import type { ServersOfCampaign } from './set-up.ts';
import type { SmallDisk } from './small-disk.ts';

/** Does to the installation what the plan says, and undoes it. */
export interface Hands {
  do(fault: PlannedFault): Promise<void>;
  /** Everything works again, and amoCRM is asked again. */
  makeWhole(): Promise<void>;
  /** Of the parts that run now. */
  processes(): Record<string, number[]>;
}

const amocrmFaults: Partial<Record<FaultKind, Fault>> = {
  'amocrm-429': { kind: 'status', status: 429, retryAfterSeconds: 1, times: 3 },
  'amocrm-500': { kind: 'status', status: 500, times: 5 },
  'amocrm-hangs': { kind: 'hang', times: 2 },
  'amocrm-cuts-after': { kind: 'cut-after', times: 4 },
  'amocrm-says-nothing': { kind: 'empty-after', times: 4 },
  'amocrm-slow': { kind: 'delay', delayMs: 1_000, times: 20 },
};
const stepMs = 3_600_000;
/** For the next click. */
const untilClickMs = 5_000;
/** Whose recordings are made into mp3 while the cache is full. */
const listenersAtFullDisk = 3;

/** What stands around the installation. */
export interface Surroundings {
  servers: ServersOfCampaign;
  ami: CampaignAmi;
  disk: SmallDisk;
  listeners: Listeners;
}

/** @param workers how many processes; they die in turn */
export async function takeHands(house: Installation, around: Surroundings, workers: number): Promise<Hands> {
  const { servers, ami, disk, listeners } = around;
  const clockFile = join(servers.stateFolder, 'clock-step');
  writeFileSync(clockFile, '0');
  const clock = {
    CLOCK_STEP_FILE: clockFile,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stepped-clock.ts')}`,
  };
  const starts: Record<string, () => Promise<Part>> = {
    'worker-killed': () => house.startWorker(clock),
    'connector-killed': () => house.startConnector(clock),
    'api-killed': () => house.startApi(),
  };
  /** The oldest first. */
  const parts = new Map<string, Part[]>(Object.keys(starts).map((kind) => [kind, []]));
  const startPart = async (kind: string) => void parts.get(kind)?.push((await starts[kind]?.()) as Part);
  const furtherWorkers = Array.from({ length: workers - 1 }, () => 'worker-killed');
  await Promise.all([...Object.keys(starts), ...furtherWorkers].map(startPart));

  const restartPart = async ({ kind, lastsMs }: PlannedFault, end = (part: Part) => part.kill()) => {
    const part = parts.get(kind)?.shift();
    if (part) await end(part);
    await sleep(lastsMs);
    await startPart(kind);
  };
  /** As for an update. */
  const stopWorker = async (fault: PlannedFault) => {
    const stop = async (part: Part) => void (await part.stop());
    await restartPart({ ...fault, kind: 'worker-killed' }, stop);
  };
  const restartServer = async (server: TestServer, { lastsMs }: PlannedFault) => {
    server.kill();
    await sleep(lastsMs);
    await server.start();
  };
  const serverOf: Partial<Record<FaultKind, TestServer>> = {
    ...{ 'redis-killed': servers.redis, 'mysql-killed': servers.mariadb, 'temporal-killed': servers.temporal },
    ...(servers.postgres && { 'postgres-killed': servers.postgres }),
  };
  const stepClock = async ({ lastsMs, atMs }: PlannedFault) => {
    writeFileSync(clockFile, String(atMs % 2 === 0 ? stepMs : -stepMs));
    await sleep(lastsMs);
    writeFileSync(clockFile, '0');
  };
  const fillDisk = async ({ lastsMs }: PlannedFault) => {
    const [{ pid } = { pid: 0 }] = parts.get('api-killed') ?? [];
    disk.fill(pid);
    await Promise.all([sleep(lastsMs), listeners.hearNew(listenersAtFullDisk)]);
    disk.free(pid);
  };
  /** Where amoCRM blocks the account nothing is sent for long; whoever has had it mended says so. */
  const block = async ({ lastsMs }: PlannedFault) => {
    await house.amocrm.fault({ kind: 'html', status: 403, times: 2 });
    await sleep(lastsMs);
    await makeWhole();
  };
  const makeWhole = async () => {
    await house.amocrm.clearFaults(); // one that nobody has met yet would block the account anew
    await runRingflow(house.environment, ['account', 'resume']);
  };
  return {
    makeWhole,
    processes: () =>
      Object.fromEntries([...parts].map(([kind, all]) => [kind.replace('-killed', ''), all.map(({ pid }) => pid)])),
    async do(fault) {
      const { kind } = fault;
      const ofAmocrm = amocrmFaults[kind];
      const server = serverOf[kind];
      if (ofAmocrm) await house.amocrm.fault(ofAmocrm);
      else if (kind === 'amocrm-403') await block(fault);
      else if (kind === 'redis-emptied') await house.emptyRedis();
      else if (kind === 'cache-full') await fillDisk(fault);
      else if (kind === 'ami-cut') await ami.cut(fault.lastsMs);
      else if (kind === 'ami-cut-mid-click') await ami.cutMidClick(fault.lastsMs, untilClickMs);
      else if (kind === 'worker-stopped') await stopWorker(fault);
      else if (kind === 'clock-stepped') await stepClock(fault);
      else if (server) await restartServer(server, fault);
      else await restartPart(fault);
    },
  };
}
