import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../activities/store/migrate.ts';
import { newCall, recordsOf, split, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { startPart } from './rig/part.ts';
import { releasedVersions, schemaOf, unpackRelease } from './rig/released.ts';

jest.setTimeout(180_000);

/** A version that runs at somebody's gives way to this one while people talk. */

describe.each(releasedVersions)('from %s', (version) => {
  let house: Installation;
  let released: string;
  const start = (file: string) => {
    const part = startPart(file, { ...house.environment }, released);
    return part.ready.then(() => part);
  };
  const migrateReleased = (): string => {
    const node = join(import.meta.dirname, '../node_modules/.bin/node');
    const main = join(released, 'activities/store/migrate-main.ts');
    return execFileSync(node, [main], { env: { ...house.environment, PATH: process.env.PATH } }).toString();
  };
  const isOf = (kind: string) => (row: Record<string, unknown>) => row.eventtype === kind;

  beforeAll(async () => {
    released = unpackRelease(version);
    house = await install();
  });
  afterAll(async () => {
    await house.remove();
    rmSync(released, { recursive: true });
  });

  it('calls that ring, talk and wait for a person come to their end by this one, each registered once', async () => {
    await migrate(house.store.url, schemaOf(released)); // back to the schema of then
    expect(migrateReleased()).toMatch(/up to date/);
    const old = [await start('workers/worker.ts'), await start('workers/connector.ts')];

    const ringing = newCall('in-direct-answered', { clientNumber: strangersNumber() });
    const talking = newCall('in-direct-answered', { clientNumber: strangersNumber() });
    const waiting = newCall('in-direct-answered', { clientNumber: strangersNumber() });
    const [rings, restOfRinging] = split(ringing.rows, isOf('ANSWER'));
    const [talks, restOfTalking] = split(talking.rows, isOf('HANGUP'));
    await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
    await write(house, waiting.rows);
    await house.shows(waiting.linkedid, /needs attention/i);
    await write(house, rings);
    await write(house, talks);
    await house.shows(ringing.linkedid, /ringing/);
    await house.shows(talking.linkedid, /talking/);

    for (const part of old) expect(await part.stop()).toBe(0);
    await write(house, restOfTalking); // while nothing runs
    await migrate(house.store.url);
    await Promise.all([house.startWorker(), house.startConnector()]);
    await write(house, restOfRinging);
    await house.temporal.workflow.getHandle(`call:${house.pbxId}:${waiting.linkedid}`).signal('retry');
    for (const { linkedid } of [ringing, talking, waiting]) {
      await house.closed(linkedid);
      expect(await recordsOf(house, [linkedid])).toHaveLength(1);
      expect((await house.journal(linkedid))?.registration.state).toBe('registered');
    }
  });

  it('and the way back: the schema is undone, and the old version goes on with what there is', async () => {
    await Promise.all(house.parts.map((part) => part.stop()));
    await migrate(house.store.url, schemaOf(released));
    const parts = [await start('workers/worker.ts'), await start('workers/connector.ts')];
    const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
    await write(house, call.rows);
    await house.closed(call.linkedid);
    expect(await recordsOf(house, [call.linkedid])).toHaveLength(1);
    for (const part of parts) await part.stop();
    await migrate(house.store.url);
  });
});
