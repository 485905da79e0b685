import type { FastifyInstance, InjectOptions } from 'fastify';
import { createAmocrmStandIn } from '../amocrm/create-stand-in.ts';
import { createPlayerServer } from './create-player-server.ts';
import type { FreshRow } from './fresh-call.ts';
import { Player } from './player.ts';
import { readRecordings } from './recording.ts';

const recordings = readRecordings();
let player: Player;
let server: FastifyInstance;
let firstRow: Promise<FreshRow['row']>;

beforeEach(() => {
  const first = Promise.withResolvers<FreshRow['row']>();
  firstRow = first.promise;
  const write = async ({ row }: FreshRow) => first.resolve(row);
  player = new Player({ recordings, write, timezone: 'UTC', callEveryMs: 3_600_000 });
  server = createPlayerServer(player);
});
afterEach(async () => {
  await player.stop();
  await server.close();
});

const ask = (options: InjectOptions) => server.inject({ headers: { host: '127.0.0.1:8091' }, ...options });
const post = (url: string, payload: object) => ask({ method: 'POST', url, payload });
const status = async () => (await ask({ url: '/status' })).json();

describe("the player's controls", () => {
  it('list every recorded call with what happens in it', async () => {
    const scenarios = (await ask({ url: '/scenarios' })).json();
    expect(scenarios).toHaveLength(recordings.size);
    expect(scenarios).toContainEqual({
      name: 'in-busy',
      description: 'Inbound call, the only phone answers busy (486)',
    });
  });

  it('play the call that is named', async () => {
    expect((await post('/play', { name: 'in-direct-answered' })).statusCode).toBe(204);
    expect(await status()).toEqual({ automatic: false, playing: 1 });
    expect(await firstRow).toMatchObject({ eventtype: 'CHAN_START', cid_num: '79161234567', exten: '74951230001' });
  });

  it('say clearly that a call is not recorded', async () => {
    const answer = await post('/play', { name: 'in-a-dream' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error).toContain('"in-a-dream"');
    expect(await status()).toMatchObject({ playing: 0 });
  });

  it('switch automatic calls on, the first of which begins at once, and off', async () => {
    expect((await post('/automatic', { on: true })).statusCode).toBe(204);
    expect(await status()).toEqual({ automatic: true, playing: 1 });
    expect((await post('/automatic', { on: true })).statusCode).toBe(204);
    expect(await status()).toEqual({ automatic: true, playing: 1 });
    expect((await post('/automatic', { on: false })).statusCode).toBe(204);
    expect(await status()).toEqual({ automatic: false, playing: 1 });
  });

  it('refuse to pile calls up for ever', async () => {
    const play = () => post('/play', { name: 'in-direct-answered' });
    let answer = await play();
    for (let count = 0; count < 1000 && answer.statusCode === 204; count++) answer = await play();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().error).toContain('Too many calls');
  });

  it.each([
    ['/play', {}],
    ['/play', { name: 5 }],
    ['/play', { name: 'in-busy', often: true }],
    ['/automatic', { on: 'true' }],
    ['/automatic', { on: 1 }],
    ['/automatic', []],
  ])('refuse POST %s %j', async (url, payload) => {
    expect((await post(url, payload)).statusCode).toBe(400);
    expect(await status()).toEqual({ automatic: false, playing: 0 });
  });

  it.each([
    ['a name that was rebound to this machine', { host: 'evil.example:8091' }],
    ['a name that only begins like this machine', { host: '127.0.0.1.evil.example' }],
    ["another site's page", { host: '127.0.0.1:8091', origin: 'https://evil.example' }],
    ['a page of a local server', { host: '127.0.0.1:8091', origin: 'http://127.0.0.1:8091' }],
    ['a sandboxed frame', { host: '127.0.0.1:8091', origin: 'null' }],
  ])('are shut for %s', async (_, headers) => {
    const answer = await ask({ method: 'POST', url: '/automatic', payload: { on: true }, headers });
    expect(answer.statusCode).toBe(403);
    expect(player.isAutomatic).toBe(false);
  });
});

describe("the stand-in's page steers the player", () => {
  let standIn: FastifyInstance;
  const viaPage = (options: InjectOptions) => standIn.inject({ headers: { host: 'localhost' }, ...options });

  beforeEach(async () => {
    const pbxUrl = await server.listen({ host: '127.0.0.1', port: 0 });
    standIn = createAmocrmStandIn({ accessToken: 'token', pbxUrl });
  });
  afterEach(() => standIn.close());

  it('with what it plays and whether it plays', async () => {
    expect((await viaPage({ url: '/sandbox/pbx/scenarios' })).json()).toHaveLength(recordings.size);
    await viaPage({ method: 'POST', url: '/sandbox/pbx/automatic', payload: { on: true } });
    await viaPage({ method: 'POST', url: '/sandbox/pbx/play', payload: { name: 'out-answered' } });
    expect((await viaPage({ url: '/sandbox/pbx/status' })).json()).toEqual({ automatic: true, playing: 2 });
  });

  it("passes the player's complaint on", async () => {
    const answer = await viaPage({ method: 'POST', url: '/sandbox/pbx/play', payload: { name: 'in-a-dream' } });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error).toContain('No call "in-a-dream" is known');
  });

  it('and hears when it is gone', async () => {
    await server.close();
    expect((await viaPage({ url: '/sandbox/pbx/status' })).statusCode).toBe(502);
    const answer = await viaPage({ method: 'POST', url: '/sandbox/pbx/play', payload: { name: 'out-answered' } });
    expect(answer.statusCode).toBe(502);
    expect(answer.json().error).toContain("The PBX player can't be asked");
  });
});
