import { Redis } from 'ioredis';
import { defaultRules } from '../../../proto/default-rules.ts';
import type { PermitClaims } from '../../../proto/licence/permit.ts';
import { createMakeUp } from '../../../runtime/make-up.ts';
import { licenceWorkflowId } from '../../../workflows/licence/contract.ts';
import { makeUpWorkflowId } from '../../../workflows/make-up/contract.ts';
import { newCall, strangersNumber, write } from '../../rig/calls.ts';
import type { Installation } from '../../rig/installation.ts';
import { installLicensed } from '../../rig/licensed-house.ts';
import { startLicensing } from '../../rig/licensing.ts';
import { givePermit } from '../../rig/permits.ts';
import { setRules } from '../../rig/rules.ts';
import { servers } from '../../rig/servers.ts';
import { record } from './calls.ts';
import { areRecorded, save } from './history-file.ts';

/** A trial, a key, a server that is away for a while, and the key given back. */
export async function recordLicence(): Promise<void> {
  if (areRecorded('licence')) return;
  const server = await startLicensing({ checkEverySeconds: 1, freshSeconds: 1, graceSeconds: 60 });
  const shop = await installLicensed(server);
  try {
    await shop.startWorker();
    await shop.stands('trial');
    await shop.enterKey((await server.sell()).key);
    await server.stop();
    await shop.stands('grace', 'server-away');
    await server.start();
    await shop.stands('active');
    await shop.talk('release');
    await save('licence', shop.temporal, licenceWorkflowId(shop.thumbprint));
  } finally {
    await shop.remove();
    await server.close();
  }
}

/** A call that the licence does not let be registered. */
export async function recordUnlicensed(house: Installation): Promise<void> {
  if (areRecorded('unlicensed', 'make-up')) return;
  const { accountId } = house;
  const redis = new Redis(servers.redisUrl);
  const licensed = (changes: Partial<PermitClaims>) =>
    givePermit(house.store.pool, redis, String(house.environment.RINGFLOW_SECRET_KEYS), changes);
  await setRules(house, [...defaultRules], { seats: [504142, 504143] });
  await licensed({ kind: 'restricted', reason: 'term-over', seats: 0, features: [] });
  await record(house, 'unlicensed', 'in-direct-answered', strangersNumber(), false);
  const held = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await write(house, held.rows);
  await house.closed(held.linkedid);
  await licensed({});
  if (!areRecorded('make-up')) {
    await createMakeUp(house.temporal, 100).start(accountId);
    await house.temporal.workflow.getHandle(makeUpWorkflowId(accountId)).result();
    await save('make-up', house.temporal, makeUpWorkflowId(accountId));
  }
  await redis.quit();
}
