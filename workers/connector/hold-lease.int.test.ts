import { Redis } from 'ioredis';
import pino from 'pino';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
import { whileLeaseHeld } from './hold-lease.ts';
import { Lease } from './lease.ts';

jest.setTimeout(30_000);

const redis = new Redis(servers.redisUrl);
const stop = new AbortController();
const ended: Promise<void>[] = [];
afterAll(async () => {
  stop.abort();
  await Promise.all(ended);
  redis.disconnect();
});

/** A connector that works on a PBX as soon as it may. */
function startConnector(pbxId: string, { isInTrouble = false, fails = 0 } = {}) {
  const stopping = new AbortController();
  const happened: string[] = [];
  let wake: () => void = () => undefined;
  const note = (what: string) => {
    happened.push(what);
    wake();
  };
  let failures = fails;
  const work = async (held: AbortSignal): Promise<void> => {
    note('works');
    if (failures-- > 0) throw new Error('out of order');
    if (!held.aborted) await new Promise((resolve) => held.addEventListener('abort', resolve));
    note('leaves off');
  };
  const report = {
    failed: () => note('failed'),
    isInTrouble: () => isInTrouble,
    leftToAnother: () => happened.at(-1) !== 'waits' && note('waits'),
  };
  const signal = AbortSignal.any([stop.signal, stopping.signal]);
  const end = whileLeaseHeld(new Lease(redis, pbxId), work, report, pino({ level: 'silent' }), signal, 0);
  ended.push(end);
  return {
    happened,
    async saw(...wanted: string[]) {
      for (;;) {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        if (wanted.every((what, index) => happened[index] === what)) return;
        await woken;
      }
    },
    async stop() {
      stopping.abort();
      await end;
    },
  };
}

it('of two one works, and the other once the first has stopped', async () => {
  const pbxId = randomPbxId();
  const first = startConnector(pbxId);
  await first.saw('works');
  const second = startConnector(pbxId);
  await second.saw('waits');
  await first.stop();
  expect(first.happened).toEqual(['works', 'leaves off']);
  await second.saw('waits', 'works');
  await second.stop();
  expect(await redis.exists(new Lease(redis, pbxId).key)).toBe(0);
});

it('whoever finds the lease in other hands leaves off, and goes on when it is free', async () => {
  const pbxId = randomPbxId();
  const connector = startConnector(pbxId);
  await connector.saw('works');
  await redis.set(new Lease(redis, pbxId).key, 'another connector');
  await connector.saw('works', 'leaves off', 'waits');
  await redis.del(new Lease(redis, pbxId).key);
  await connector.saw('works', 'leaves off', 'waits', 'works');
});

it("whoever can't read the PBX leaves it to another that waits, and works on if none does", async () => {
  const pbxId = randomPbxId();
  const first = startConnector(pbxId, { isInTrouble: true });
  await first.saw('works');
  while ((await redis.exists(new Lease(redis, pbxId).key)) > 0) await new Promise(setImmediate);
  while ((await redis.exists(new Lease(redis, pbxId).key)) === 0) await new Promise(setImmediate);
  expect(first.happened).toEqual(['works']);
  const second = startConnector(pbxId);
  await second.saw('waits', 'works');
  await first.saw('works', 'leaves off', 'waits');
});

it('work that fails is told and begun anew', async () => {
  const connector = startConnector(randomPbxId(), { fails: 1 });
  await connector.saw('works', 'failed', 'works');
});
