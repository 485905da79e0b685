import { once } from 'node:events';
import { createServer } from 'node:net';
import { shell } from '../bin/licensing-cli/store.ts';
import { movePurchase } from '../licensing/sales/move.ts';
import { giveBack, revoke } from '../licensing/sales/sell.ts';
import { allFeatures } from '../proto/licence/feature.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { installLicensed, type LicensedHouse } from './rig/licensed-house.ts';
import { type Licensing, startLicensing } from './rig/licensing.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(120_000);

/** The licence of real installations at a real licensing server. */

/** On a busy machine a check comes seconds late: what is asserted is what is on, not how fresh it is. */
const graceSeconds = 8;
/** Nothing is connected yet. */
const noAccount = { PBX_DATABASE_URL: '', PBX_TIMEZONE: '', AMOCRM_BASE_URL: '', AMOCRM_ACCESS_TOKEN: '' };
let server: Licensing;
let house: LicensedHouse;
let worker: Part;
let other: LicensedHouse;
let sold: { key: string; purchaseId: number };

beforeAll(async () => {
  server = await startLicensing({ checkEverySeconds: 1, freshSeconds: 2, graceSeconds });
  [house, other] = await Promise.all([installLicensed(server), installLicensed(server, noAccount)]);
  [worker] = await Promise.all([house.startWorker(), other.startWorker()]);
  sold = await server.sell({ seats: 7 });
});
afterAll(async () => {
  await Promise.all([house.remove(), other.remove()]);
  await server.close();
});

it('begins a trial by itself, since an account of amoCRM is connected', async () => {
  const { standing, permit } = await house.stands('trial');
  expect(standing.features).toEqual(allFeatures);
  expect(permit).toMatchObject({ kind: 'trial', keyHint: null });
});

it('takes a key as people type it, and tells of a wrong one what is wrong', async () => {
  const wrong = await house.licence(['key'], 'RF-00000-00000-00000-00000\n');
  expect(wrong).toMatchObject({ code: 2, errors: expect.stringContaining('There is no such key') });
  expect((await house.now()).permit?.kind).toBe('trial'); // what there was stays
  const { output } = await house.licence(['key'], `${sold.key.toLowerCase().replaceAll('-', ' ')}\n`);
  expect(output).toMatch(/^Licence: \w+ until [\s\S]*Professional[\s\S]*of 7\n/);
  expect((await house.now()).permit).toMatchObject({ kind: 'paid', keyHint: sold.key.slice(-5) });
});

it('is told in words in the Temporal UI, and nothing secret stands in its histories', async () => {
  expect(await house.licenceDetails()).toMatch(/\*\*Licence: \w+ until[\s\S]*7 seats[\s\S]*Asked[\s\S]*Next check/);
  const everything = await everythingInTemporal(house.temporal);
  expect(everything).toContain('checkLicence');
  expect(everything).not.toContain(sold.key);
  expect(everything).not.toMatch(/RF-[0-9A-Z]{5}-/);
  expect(everything).not.toContain('eyJ'); // as every signed token begins
});

it('works on while the server is away, then keeps to what is free, and all is on again with the next check', async () => {
  await server.stop();
  const { standing } = await house.stands('grace', 'server-away');
  expect(standing.features).toEqual(allFeatures);
  const { standing: later } = await house.stands('restricted', 'server-away');
  expect(later).toMatchObject({ seats: 2, features: ['cards', 'registration'] });
  expect(await house.talk()).toBe('unreachable');
  await server.start();
  expect((await house.stands('active')).standing).toMatchObject({ seats: 7, features: allFeatures });
});

it('is restricted from the check after a revocation on, and back from the next one', async () => {
  await revoke(server.sales, shell, sold.purchaseId, 'Not paid');
  expect(await house.talk()).toBeNull();
  expect((await house.now()).standing).toMatchObject({ state: 'restricted', reason: 'revoked' });
  await giveBack(server.sales, shell, sold.purchaseId);
  expect(await house.talk()).toBeNull();
  expect((await house.now()).standing.features).toEqual(allFeatures);
});

it('permits of before a change of signing keys hold, and the next ones come by the new key', async () => {
  const before = await house.now();
  expect((await server.cli(['keys', 'rotate', '--root-key', server.rootKeyFile])).code).toBe(0);
  expect((await house.now()).standing.features).toEqual(allFeatures);
  await house.talk();
  const after = await house.now();
  expect(after.record.keySetSerial).toBeGreaterThan(before.record.keySetSerial);
  expect(after.standing.features).toEqual(allFeatures);
});

it('a stolen key is no use elsewhere and harms nobody', async () => {
  expect(await other.enterKey(sold.key)).toBe('key-in-use');
  expect((await other.now()).standing).toMatchObject({ state: 'restricted', reason: 'no-licence' });
  await house.talk();
  expect((await house.now()).standing.features).toEqual(allFeatures);
});

it('the permit of another installation is none', async () => {
  const { signed } = (await house.now()).record;
  const sql = 'UPDATE licence SET permit = ?, key_set = ?, permit_serial = 0, key_set_serial = 0';
  await other.store.pool.query(sql, [signed?.permit, signed?.keys]);
  await other.emptyRedis();
  expect((await other.now()).standing).toMatchObject({ state: 'restricted', reason: 'permit-unreadable' });
});

it('a key that is given back serves another installation, and may be moved back by whoever sold it', async () => {
  expect((await house.licence(['release'])).output).toMatch(/^Licence: trial/); // what is left of it
  expect(await other.enterKey(sold.key)).toBeNull();
  expect((await other.now()).permit?.kind).toBe('paid');
  await movePurchase(server.sales, shell, sold.purchaseId, house.thumbprint);
  await Promise.all([house.talk(), other.talk()]);
  expect((await other.now()).standing).toMatchObject({ state: 'restricted', reason: 'moved' });
  expect((await house.now()).permit?.kind).toBe('paid');
});

it('a worker that is killed in the middle of a check is no loss', async () => {
  await server.stop();
  const silent = createServer().listen(Number(new URL(server.url).port), '127.0.0.1');
  await once(silent, 'listening');
  const asked = once(silent, 'connection');
  house.talk().catch(() => undefined);
  const [socket] = await asked;
  await worker.kill();
  const killedAtMs = Date.now();
  socket.destroy();
  await new Promise((closed) => silent.close(closed));
  await server.start();
  worker = await house.startWorker();
  const { standing } = await house.answered(killedAtMs);
  expect(standing.features).toEqual(allFeatures);
});
