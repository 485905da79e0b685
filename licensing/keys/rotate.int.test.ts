import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { RowDataPacket } from 'mysql2/promise';
import type { KeySetClaims, SignedPermit } from '../../proto/licence/permit.ts';
import { makeMachine, verifyPermit } from '../../tests/rig/licensed-machine.ts';
import { type Licensing, startLicensing } from '../../tests/rig/licensing.ts';
import { type LicensingHouse, startLicensingHouse } from '../../tests/rig/licensing-staff.ts';
import { newKeyPair } from './root-key.ts';
import { presentKeys, rotateSigningKeys } from './rotate.ts';

jest.setTimeout(60_000);

const kidOf = ({ permit }: SignedPermit) => decodeProtectedHeader(permit).kid;
const setOf = ({ keys }: SignedPermit) => decodeJwt(keys) as unknown as KeySetClaims;

describe('rotation, while the server runs', () => {
  let server: Licensing;
  beforeAll(async () => {
    server = await startLicensing();
  });
  afterAll(() => server.close());

  it('leaves no gap: each permit is genuine with the newest set, those of the older key too', async () => {
    const [{ key }, own] = [await server.sell(), await makeMachine(server)];
    const { signed: older } = await own.ask('activate', { key });
    const rotated = await server.cli(['keys', 'rotate', '--root-key', server.rootKeyFile]);
    expect(rotated).toMatchObject({ code: 0, output: expect.stringContaining('set 2') });
    const { signed: newer } = await own.ask('check'); // verified by the machine
    if (!older || !newer) throw new Error('no permit');
    expect(kidOf(newer)).not.toBe(kidOf(older));
    expect(setOf(newer).serial).toBe(setOf(older).serial + 1);
    expect(await verifyPermit({ permit: older.permit, keys: newer.keys }, server.rootKey)).toMatchObject({ serial: 1 });
    await expect(verifyPermit({ permit: newer.permit, keys: older.keys }, server.rootKey)).rejects.toThrow();
    expect(JSON.parse(await own.read('/v1/keys'))).toEqual({ keys: newer.keys });
    const shown = await server.cli(['keys', 'show']);
    expect(shown.output.split('\n')[0]).toContain('signs');
    expect(shown.output.split('\n')[1]).toContain('stays until');
  });

  it('is by the root key that installations know, which lies where only its owner reads it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringflow-root-'));
    try {
      const file = join(folder, 'root.json');
      const { code, output } = await server.cli(['keys', 'root', '--out', file]);
      const text = readFileSync(file, 'utf8');
      expect([code, output.trim()]).toEqual([0, JSON.parse(text).x]);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect((await server.cli(['keys', 'root', '--out', file])).code).toBe(2);
      expect(readFileSync(file, 'utf8')).toBe(text); // never written over
      expect(await server.cli(['keys', 'rotate', '--root-key', file])).toMatchObject({
        ...{ code: 2, errors: expect.stringContaining('another root key') },
      });
      expect((await server.cli(['keys', 'rotate', '--root-key', 'package.json'])).code).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('while many check disturbs none of them', async () => {
    const machines = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const [{ key }, own] = [await server.sell(), await makeMachine(server)];
        await own.ask('activate', { key });
        return own;
      }),
    );
    let isRotating = true;
    const rotating = server.cli(['keys', 'rotate', '--root-key', server.rootKeyFile]).then(({ code }) => {
      isRotating = false;
      return code;
    });
    const checks = machines.map(async (own) => {
      while (isRotating) expect((await own.ask('check')).permit?.kind).toBe('paid');
    });
    await Promise.all(checks);
    expect(await rotating).toBe(0);
  });
});

describe('a signing key', () => {
  let house: LicensingHouse;
  beforeEach(async () => {
    house = await startLicensingHouse();
  });
  afterEach(() => house.close());

  const rotate = (drop?: string) => rotateSigningKeys(house.pool, house.ring, house.root, house.tools.nowMs(), drop);
  const kids = async () => (await presentKeys(house.pool)).map(({ kid }) => kid);
  const sign = async (days: number) => {
    const exp = Math.floor(house.tools.nowMs() / 1_000) + days * 86_400;
    const [[row]] = await house.pool.query<RowDataPacket[]>('SELECT MAX(serial) AS serial FROM key_sets');
    return house.tools.signer.prepare(house.pool, row?.serial, exp);
  };

  it('stays until the last permit that it has signed has ended, then leaves', async () => {
    const [first] = await kids();
    await sign(30);
    const { kid: second } = await rotate();
    house.passDays(29);
    const { kid: third, left } = await rotate();
    expect(left).toEqual([second]); // it has signed nothing
    expect(await kids()).toEqual([third, first]);
    house.passDays(2);
    expect(await rotate()).toMatchObject({ left: [third, first].toSorted().reverse() });
    expect(await kids()).toHaveLength(1);
  });

  it('that fell into wrong hands leaves at once', async () => {
    const [first = ''] = await kids();
    await sign(30);
    expect((await rotate(first)).left).toEqual([first]);
    await expect(rotate(first)).rejects.toThrow('There is no signing key');
  });

  it('is vouched for by one root key alone: installations know no other', async () => {
    const other = await newKeyPair();
    await expect(rotateSigningKeys(house.pool, house.ring, other, Date.now())).rejects.toThrow('another root key');
    expect(await kids()).toHaveLength(1);
  });

  it('lies encrypted', async () => {
    const [rows] = await house.pool.query<RowDataPacket[]>('SELECT * FROM signing_keys');
    expect(rows[0]?.ciphertext.toString('latin1')).not.toMatch(/"d"|OKP/);
  });

  it('is signed once when two rotate at the same time', async () => {
    const rotations = await Promise.all([rotate(), rotate(), rotate()]);
    expect(rotations.map(({ serial }) => serial).toSorted()).toEqual([2, 3, 4]);
    const [sets] = await house.pool.query<RowDataPacket[]>('SELECT token FROM key_sets ORDER BY serial DESC LIMIT 1');
    expect((decodeJwt(sets[0]?.token) as unknown as KeySetClaims).keys[0]?.kid).toBe((await kids())[0]);
  });
});
