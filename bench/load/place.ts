import { readFileSync } from 'node:fs';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { Daemons } from '../../bin/stack/daemons.ts';
import { amiVariables, startAmiServer } from '../../tests/rig/ami-server.ts';
import type { Database } from '../../tests/rig/databases.ts';
import type { Installation } from '../../tests/rig/installation.ts';
import type { Part } from '../../tests/rig/part.ts';
import { startTestServers } from '../../tests/setup/start-servers.ts';
import removeTestServers from '../../tests/setup/stop-servers.ts';
import type { Arrivals } from './arrivals.ts';
import type { DatabaseOfTemporal } from './database-writes.ts';

/** Where Temporal keeps what it knows: the dev server's file, or the server that production runs. */
const kinds = ['dev-server', 'postgres'] as const;
export type TemporalKind = (typeof kinds)[number];

/** A whole Ringflow on this machine, stores durable, AMI there, with its processes by name. */
export interface Place {
  house: Installation;
  arrivals: Arrivals;
  temporal: TemporalKind;
  /** undefined: its writes can't be counted. */
  databaseOfTemporal: DatabaseOfTemporal | undefined;
  /** Those that run. */
  workers(): readonly Part[];
  /** Pids, by what each is; those of one kind are counted together. */
  processes(): Record<string, number[]>;
  /** PBXs beyond the first, which nobody calls. @returns once all of them are read */
  addPbxs(count: number, withAmi: boolean): Promise<void>;
  /** Workers beyond the first, or fewer of them. */
  setWorkers(count: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws Error where the server that production runs can't be had */
export async function openPlace({
  temporal,
  workers = 1,
}: {
  temporal: TemporalKind;
  workers?: number;
}): Promise<Place> {
  if (!kinds.includes(temporal)) throw new Error(`--temporal is one of ${kinds.join(', ')}, not ${temporal}`);
  await startTestServers({ durable: true });
  // the rig reads the servers' addresses when it is loaded
  const { install, installPbx, timezone } = await import('../../tests/rig/installation.ts');
  const { servers } = await import('../../tests/rig/servers.ts');
  const { createArrivals } = await import('./arrivals.ts');
  const ami = await startAmiServer();
  const databases: Database[] = [];
  const daemons = new Daemons(servers.stateFolder);
  const { startOnPostgres } = await import('../../tests/rig/temporal-on-postgres.ts');
  const onPostgres = temporal === 'postgres' ? await startOnPostgres() : undefined;
  const house = await install(() => ({
    ...(onPostgres && { TEMPORAL_ADDRESS: onPostgres.address, TEMPORAL_NAMESPACE: 'ringflow' }),
    ...amiVariables(ami.access),
  }));
  if (onPostgres) await daemons.stop('temporal'); // it would take its share of the processor
  const running = [await house.startWorker()];
  const connector = await house.startConnector();
  const setWorkers = async (count: number) => {
    while (running.length > count) await running.pop()?.stop();
    while (running.length < count) running.push(await house.startWorker());
  };
  await setWorkers(workers);
  const addPbxs = async (count: number, withAmi: boolean) => {
    const keys = readKeyRing(house.environment.RINGFLOW_SECRET_KEYS ?? '');
    const pbxs = createPbxs(house.store.pool, createSecrets(house.store.pool, keys));
    const { accountId } = house;
    for (let i = 0; i < count; i++) {
      const { pbxId: id, pbx } = await installPbx(house);
      databases.push(pbx);
      await pbxs.add({ id, accountId, celTable: 'cel', cdrTable: 'cdr', timezone }, pbx.url);
      if (withAmi) await pbxs.setAmi(id, ami.access);
      await connector.said(new RegExp(`"pbx":"${id}".*(the CEL table is empty|reading begins)`));
    }
  };
  const ofDaemon = (name: string): number[] => [daemons.pidOf(name) ?? []].flat();
  const arrivals = createArrivals(house, ami);
  return {
    ...{ house, arrivals, temporal, addPbxs, setWorkers },
    workers: () => running,
    databaseOfTemporal: onPostgres?.postgres,
    processes: () => ({
      worker: running.map(({ pid }) => pid),
      connector: [connector.pid],
      temporal: ofDaemon(onPostgres ? 'temporal-server' : 'temporal').flatMap(withChildren),
      ...(onPostgres && { postgres: ofDaemon('postgres').flatMap(withChildren) }),
      mariadb: ofDaemon('mariadb'),
      redis: ofDaemon('redis'),
      'amoCRM, phones': [process.pid],
    }),
    async close() {
      arrivals.close();
      await house.remove();
      await Promise.all([ami.close(), ...databases.map((database) => database.drop())]);
      await onPostgres?.remove();
      await removeTestServers();
    },
  };
}

/** One that has just ended has none. */
function withChildren(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  try {
    return [pid, ...readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number).flatMap(withChildren)];
  } catch {
    return [];
  }
}
