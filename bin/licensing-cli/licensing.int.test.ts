import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../tests/rig/databases.ts';
import { makeMachine, verifyPermit } from '../../tests/rig/licensed-machine.ts';
import { type Licensing, startLicensing } from '../../tests/rig/licensing.ts';

jest.setTimeout(120_000);

let server: Licensing;
let folder: string;
beforeAll(async () => {
  server = await startLicensing();
  folder = mkdtempSync(join(tmpdir(), 'ringflow-licensing-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

const well = async (...args: string[]): Promise<string> => {
  const { code, output, errors } = await server.cli(args);
  if (code !== 0) throw new Error(errors);
  return output.trim();
};

it('sells, shows, extends, and answers a machine that reaches nobody', async () => {
  const customer = await well('customer', 'add', 'Acme Ltd', '--email', 'buyer@acme.example');
  const key = await well('sell', customer, '--plan', 'professional', '--seats', '4', '--until', '2030-01-31');
  const purchase = /purchase (\d+)\tprofessional\t4 seats\tactive\t2030-01-31T/.exec(
    await well('customer', 'show', customer),
  );
  const id = String(purchase?.[1]);
  expect(await well('customer', 'list', 'acme')).toBe(
    [customer, 'Acme Ltd', 'buyer@acme.example', '1 purchases', '2030-01-31T23:59:59.000Z'].join('\t'),
  );
  const own = await makeMachine(server);
  const [request, out] = [join(folder, 'request.json'), join(folder, 'permit.json')];
  writeFileSync(request, JSON.stringify({ request: await own.request('offline', { key }) }));
  await well('permit', '--request', request, '--out', out);
  expect(await verifyPermit(JSON.parse(readFileSync(out, 'utf8')), server.rootKey)).toMatchObject({
    ...{ sub: own.thumbprint, isOffline: true, seats: 4 },
  });
  expect(await well('extend', id, '--until', '2031-01-31T12:00:00+03:00')).toContain('2031-01-31T09:00:00.000Z');
  expect(await well('release', id)).toContain('on no installation');
});

it('prints names that move no cursor and forge no line', async () => {
  const customer = await well('customer', 'add', 'Evil\u001b[2J\nLtd\t9', '--note', '\u0007\u009b31m');
  expect((await server.cli(['customer', 'show', customer])).output).toBe(`${customer}\tEvil [2J Ltd 9\t-\t  31m\n`);
});

it('reserves and extends a trial, and lets the first administrator in', async () => {
  const customer = await well('customer', 'add', 'Trial Ltd');
  await well('trial', 'reserve', 'shop.amocrm.ru', '--customer', customer);
  expect(await well('trial', 'extend', 'SHOP.amocrm.ru', '--until', '2030-01-31')).toContain('until 2030-01-31T');
  expect(await well('trial', 'list', 'shop')).toContain('Trial Ltd');
  expect(await well('user', 'link')).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/password#[\w-]{43}$/);
});

it.each<[string, string[], RegExp]>([
  ['no command', [], /Usage:/],
  ['a customer that is none', ['sell', '999', '--plan', 'professional'], /nothing of that number.*customer list/],
  ['a date that is none', ['extend', '1', '--until', '31.01.2030'], /2027-01-31/],
  ['a file that is not there', ['permit', '--request', '/nowhere', '--out', '/tmp/x'], /nowhere: can't be read/],
])('says what to do about %s', async (_, args, words) => {
  expect(await server.cli(args)).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(words) });
});

it('copies its database and brings it back, but never over what is in use', async () => {
  const customer = await well('customer', 'add', 'Kept Ltd');
  const file = join(folder, 'licensing.copy');
  await well('backup', file);
  await well('customer', 'add', 'Sold later Ltd');
  const { code, errors } = await server.cli(['restore', file, '--replace']);
  expect([code, errors]).toEqual([2, expect.stringMatching(/in use.*first stop the licensing server/)]);
  const empty = await createDatabase('licensing');
  const elsewhere = { LICENSING_MYSQL_URL: empty.url };
  expect(await server.cli(['restore', file], elsewhere)).toMatchObject({ code: 0 });
  const { output } = await server.cli(['customer', 'list'], elsewhere);
  expect(output).toContain(`${customer}\tKept Ltd`);
  expect(output).not.toContain('Sold later');
  await empty.drop();
});
