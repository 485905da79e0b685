import type { RowDataPacket } from 'mysql2/promise';
import { shell } from '../../bin/licensing-cli/store.ts';
import { allFeatures, restrictedMode } from '../../proto/licence/feature.ts';
import { standingOf } from '../../proto/licence/standing.ts';
import { type LicensedMachine, makeMachine } from '../../tests/rig/licensed-machine.ts';
import { type Licensing, startLicensing } from '../../tests/rig/licensing.ts';
import { movePurchase } from '../sales/move.ts';
import { refusedAttempts } from '../sales/purchase.ts';
import { awaitInvoice, extend, giveBack, replaceKey, revoke } from '../sales/sell.ts';

jest.setTimeout(60_000);

let server: Licensing;
const machine = (): Promise<LicensedMachine> => makeMachine(server);

beforeAll(async () => {
  server = await startLicensing({ silentSeconds: 0 });
});
afterAll(() => server.close());

const end = (date: string): number => Date.parse(`${date}T23:59:59Z`);

const events = async (purchaseId: number): Promise<string[]> => {
  const sql = 'SELECT event FROM history WHERE purchase_id = ? ORDER BY id';
  return (await server.database.pool.query<RowDataPacket[]>(sql, [purchaseId]))[0].map(({ event }) => event);
};

/** As if the machine had not been heard of since. */
const silence = (thumbprint: string, hours: number) =>
  server.database.pool.query(
    'UPDATE installations SET last_heard_at = last_heard_at - INTERVAL ? HOUR WHERE thumbprint = ?',
    [hours, thumbprint],
  );

describe('a licence key', () => {
  it('gives what was bought for it to one installation, which is told so at each check', async () => {
    const { key } = await server.sell({ seats: 7, untilMs: end('2030-05-31') });
    const own = await machine();
    const { permit } = await own.ask('activate', { key });
    expect(permit).toMatchObject({
      ...{ sub: own.thumbprint, kind: 'paid', reason: null, plan: 'Professional', customer: 'A customer', seats: 7 },
      ...{ keyHint: key.slice(-5), features: allFeatures, isInvoicePending: false, isOffline: false },
      paidUntil: end('2030-05-31') / 1_000,
    });
    const { permit: next } = await own.ask('check');
    expect(next).toMatchObject({ kind: 'paid', seats: 7 });
    expect(next?.serial).toBeGreaterThan(permit?.serial ?? 0);
    expect((next?.nextCheck ?? 0) - (next?.iat ?? 0)).toBe(6 * 3600);
  });

  it('is as good when it is entered once more where it is', async () => {
    const [{ key, purchaseId }, own] = [await server.sell(), await machine()];
    for (let time = 0; time < 2; time++) expect((await own.ask('activate', { key })).permit?.kind).toBe('paid');
    expect(await events(purchaseId)).toEqual(['sold', 'activated']);
  });

  it('that was stolen does nothing on a second installation, and the attempt is seen', async () => {
    const [{ key, purchaseId }, own, thief] = [await server.sell(), await machine(), await machine()];
    await own.ask('activate', { key });
    for (let time = 0; time < 3; time++) {
      expect(await thief.ask('activate', { key, accounts: ['thief.amocrm.ru'] })).toMatchObject({
        ...{ status: 409, code: 'key-in-use' },
      });
    }
    expect(await thief.ask('check')).toMatchObject({ status: 404, code: 'installation-unknown' });
    expect((await own.ask('check')).permit?.kind).toBe('paid');
    expect(await events(purchaseId)).toEqual(['sold', 'activated', 'foreign-key-refused']);
    expect(await refusedAttempts(server.sales.pool, purchaseId)).toMatchObject([
      { thumbprint: thief.thumbprint, times: 3, accounts: ['thief.amocrm.ru'], address: '127.0.0.1' },
    ]);
  });

  it('that two installations use at once is given to one of them', async () => {
    const { key, purchaseId } = await server.sell();
    const machines = await Promise.all(Array.from({ length: 6 }, machine));
    const answers = await Promise.all(machines.map((one) => one.ask('activate', { key })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await events(purchaseId)).filter((event) => event === 'activated')).toHaveLength(1);
  });

  it('that nobody sold is unknown', async () => {
    expect(await (await machine()).ask('activate', { key: 'RF-00000-00000-00000-00000' })).toMatchObject({
      ...{ status: 404, code: 'key-unknown' },
    });
  });

  it('is told about in the language of whoever asks', async () => {
    const [own, header] = [await machine(), { 'accept-language': 'ru-RU,ru;q=0.9' }];
    const token = await own.request('activate', { key: 'RF-00000-00000-00000-00000' });
    expect((await own.send('/v1/activate', token, header)).message).toMatch(/[а-я]/);
    const { key } = await server.sell();
    const { permit } = await own.send('/v1/activate', await own.request('activate', { key }), header);
    expect(permit?.plan).toBe('Профессиональный');
  });

  it('is released for another machine', async () => {
    const [{ key }, former, next] = [await server.sell(), await machine(), await machine()];
    await former.ask('activate', { key });
    expect((await former.ask('release')).permit).toMatchObject({ kind: 'restricted', reason: 'released' });
    expect((await former.ask('check')).permit).toMatchObject({ kind: 'restricted', ...restrictedMode });
    expect((await next.ask('activate', { key })).permit?.kind).toBe('paid');
    expect((await former.ask('release')).permit?.reason).toBe('released'); // takes nothing from the other
    expect((await next.ask('check')).permit?.kind).toBe('paid');
  });

  it('goes to a new machine of the same amoCRM account once the check of the old one is overdue, twice a year', async () => {
    const [{ key, purchaseId }, first] = [await server.sell(), await machine()];
    const accounts = ['both.amocrm.ru'];
    await first.ask('activate', { key, accounts: ['first.amocrm.ru', ' BOTH.amocrm.ru'] });
    await silence(first.thumbprint, 5); // as one that lives is between two checks
    expect((await (await machine()).ask('activate', { key, accounts })).code).toBe('key-in-use');
    let present = first;
    for (let replacement = 1; replacement <= 3; replacement++) {
      await silence(present.thumbprint, 8);
      const next = await machine();
      const answer = await next.ask('activate', { key, accounts });
      if (replacement === 3) expect(answer.code).toBe('key-in-use');
      else expect(answer.permit?.kind).toBe('paid');
      if (replacement < 3) present = next;
    }
    expect((await present.ask('check')).permit?.kind).toBe('paid');
    expect((await events(purchaseId)).filter((event) => event === 'replaced')).toHaveLength(2);
  });

  it('is moved by people alone to a machine of another amoCRM account, or of none, however long the old one is silent', async () => {
    const [{ key }, first] = [await server.sell(), await machine()];
    await first.ask('activate', { key, accounts: ['first.amocrm.ru'] });
    await silence(first.thumbprint, 24 * 30);
    for (const accounts of [['thief.amocrm.ru'], []]) {
      expect((await (await machine()).ask('activate', { key, accounts })).code).toBe('key-in-use');
    }
    expect((await first.ask('check', { accounts: [] })).permit?.kind).toBe('paid');
    await silence(first.thumbprint, 24 * 30);
    expect((await (await machine()).ask('activate', { key })).code).toBe('key-in-use');
  });

  it('that another machine took leaves the old one some days, in which people can see to it', async () => {
    const [{ key, purchaseId }, first, next] = [await server.sell(), await machine(), await machine()];
    const accounts = ['moves.amocrm.ru'];
    await first.ask('activate', { key, accounts });
    await silence(first.thumbprint, 8);
    await next.ask('activate', { key, accounts });
    const { permit } = await first.ask('check', { accounts });
    expect(standingOf(permit, Date.now())).toMatchObject({ state: 'grace', reason: 'moved', seats: 10 });
    const later =
      'UPDATE activations SET ended_at = ended_at - INTERVAL 8 DAY WHERE purchase_id = ? AND ended_at IS NOT NULL';
    await server.database.pool.query(later, [purchaseId]);
    expect((await first.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'moved', ...restrictedMode });
  });

  it('whose term and grace are over is refused, and what is there stays', async () => {
    const [good, over, own] = [await server.sell(), await server.sell(), await machine()];
    await own.ask('activate', { key: good.key });
    const passed = 'UPDATE purchases SET paid_until = ? WHERE id = ?';
    await server.database.pool.query(passed, [new Date(Date.now() - 30 * 86_400_000), over.purchaseId]);
    expect(await own.ask('activate', { key: over.key })).toMatchObject({ status: 409, code: 'key-over' });
    expect((await own.ask('check')).permit).toMatchObject({ kind: 'paid', keyHint: good.key.slice(-5) });
    expect((await (await machine()).ask('activate', { key: good.key })).code).toBe('key-in-use');
    await extend(server.sales, shell, over.purchaseId, end('2031-01-31'));
    expect((await own.ask('activate', { key: over.key })).permit?.keyHint).toBe(over.key.slice(-5));
  });

  it('of another purchase takes the place of the former, which is free then', async () => {
    const [former, better, own, other] = [await server.sell(), await server.sell(), await machine(), await machine()];
    await own.ask('activate', { key: former.key });
    expect((await own.ask('activate', { key: better.key })).permit?.keyHint).toBe(better.key.slice(-5));
    expect((await other.ask('activate', { key: former.key })).permit?.kind).toBe('paid');
  });
});

describe('what is done for a customer', () => {
  it('revokes and gives back, from the next check on', async () => {
    const [{ key, purchaseId }, own] = [await server.sell(), await machine()];
    await own.ask('activate', { key });
    await revoke(server.sales, shell, purchaseId, 'not paid');
    expect((await own.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'revoked', ...restrictedMode });
    expect((await (await machine()).ask('activate', { key })).code).toBe('key-revoked');
    await giveBack(server.sales, shell, purchaseId);
    expect((await own.ask('check')).permit?.kind).toBe('paid');
  });

  it('moves the key to the machine that was refused, and the former one is told', async () => {
    const [{ key, purchaseId }, former, next] = [await server.sell(), await machine(), await machine()];
    await former.ask('activate', { key });
    const move = () => movePurchase(server.sales, shell, purchaseId, next.thumbprint);
    await expect(move()).rejects.toThrow('target-unknown');
    await next.ask('activate', { key });
    await move();
    expect((await next.ask('activate', { key })).permit?.kind).toBe('paid');
    expect((await former.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'moved' });
  });

  it('gives another key, and what runs goes on', async () => {
    const [{ key, purchaseId }, own] = [await server.sell(), await machine()];
    await own.ask('activate', { key });
    const { key: fresh } = await replaceKey(server.sales, shell, purchaseId);
    expect((await own.ask('check')).permit).toMatchObject({ kind: 'paid', keyHint: fresh.slice(-5) });
    expect((await own.ask('activate', { key })).code).toBe('key-revoked');
    expect((await own.ask('activate', { key: fresh })).permit?.kind).toBe('paid');
  });

  it('extends while an invoice is pending, and when it is paid', async () => {
    const [{ key, purchaseId }, own] = [await server.sell({ untilMs: end('2030-01-31') }), await machine()];
    await own.ask('activate', { key });
    await awaitInvoice(server.sales, shell, purchaseId, end('2030-02-28'));
    const pending = { paidUntil: end('2030-02-28') / 1_000, isInvoicePending: true };
    expect((await own.ask('check')).permit).toMatchObject(pending);
    await extend(server.sales, shell, purchaseId, end('2031-01-31'));
    const paid = { paidUntil: end('2031-01-31') / 1_000, isInvoicePending: false };
    expect((await own.ask('check')).permit).toMatchObject(paid);
  });
});

it('after a backup of the server was brought back, no permit is taken for a replay', async () => {
  const [{ key }, own] = [await server.sell(), await machine()];
  const { permit } = await own.ask('activate', { key });
  await server.database.pool.query('UPDATE installations SET serial = 1 WHERE thumbprint = ?', [own.thumbprint]);
  const later = Math.max(0, (permit?.serial ?? 0) * 1_000 + 1_000 - Date.now());
  await new Promise((resolve) => setTimeout(resolve, later)); // restoring takes longer than a second
  expect((await own.ask('check')).permit?.serial).toBeGreaterThan(permit?.serial ?? 0);
});

describe('a trial', () => {
  const account = () => `a${Math.random().toString(36).slice(2)}.amocrm.ru`;

  it('needs no key, and is one for an amoCRM account, ever', async () => {
    const [shop, own, other] = [account(), await machine(), await machine()];
    const { permit } = await own.ask('trial', { accounts: [shop, 'second.amocrm.ru'] });
    expect(permit).toMatchObject({ kind: 'trial', plan: 'Trial', keyHint: null, features: allFeatures });
    expect((permit?.paidUntil ?? 0) - (permit?.iat ?? 0)).toBe(14 * 86_400);
    expect((await own.ask('trial', { accounts: [shop] })).permit?.paidUntil).toBe(permit?.paidUntil);
    expect((await other.ask('trial', { accounts: [` ${shop.toUpperCase()}`] })).code).toBe('trial-used');
    expect((await own.ask('trial', { accounts: [account()] })).code).toBe('trial-used'); // one for an installation too
    expect((await other.ask('trial')).code).toBe('no-account');
  });

  it('that two installations begin at once is begun by one of them', async () => {
    const accounts = [account()];
    const machines = await Promise.all(Array.from({ length: 5 }, machine));
    const answers = await Promise.all(machines.map((one) => one.ask('trial', { accounts })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('follows its account to a new machine, and does not begin anew there', async () => {
    const [accounts, former, next] = [[account()], await machine(), await machine()];
    const { permit } = await former.ask('trial', { accounts });
    await silence(former.thumbprint, 25);
    expect((await next.ask('trial', { accounts })).permit?.paidUntil).toBe(permit?.paidUntil);
    expect((await former.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'no-licence' });
  });

  it('goes on after a key was released, and ends', async () => {
    const [{ key }, own, shop] = [await server.sell(), await machine(), account()];
    await own.ask('trial', { accounts: [shop] });
    expect((await own.ask('activate', { key })).permit?.kind).toBe('paid');
    expect((await own.ask('release')).permit?.kind).toBe('trial');
    await server.database.pool.query('UPDATE trials SET ends_at = ends_at - INTERVAL 40 DAY WHERE account = ?', [shop]);
    expect((await own.ask('check')).permit).toMatchObject({ kind: 'restricted', reason: 'released' });
  });
});
