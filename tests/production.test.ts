import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestInit } from 'undici';
import { createJournal } from '../activities/store/journal.ts';
import { startBrowser } from './rig/browser.ts';
import { newCall, play, split, strangersNumber, timesRegistered, wholeCall, write } from './rig/calls.ts';
import { createDatabase } from './rig/databases.ts';
import { type Production, startProduction } from './rig/production.ts';
import { runRingflow } from './rig/ringflow.ts';
import { secretFile } from './rig/secret-file.ts';
import { servers } from './rig/servers.ts';
import { choosePassword, password } from './rig/settings-house.ts';

/**
 * The shape of docker-compose.yml without containers: the production Temporal server on PostgreSQL, its UI, the door with
 * TLS, secrets from files.
 */
const describeIfThere = servers.temporalServer ? describe : describe.skip;

const monitoringToken = 'token-of-monitoring';

jest.setTimeout(240_000); // many servers start

const isAnswer = ({ eventtype }: { eventtype?: unknown }) => eventtype === 'ANSWER';

describeIfThere('in the shape of production', () => {
  let production: Production;

  /** As the containers of Ringflow get their secrets. */
  let files: Record<string, string>;

  beforeAll(async () => {
    production = await startProduction(servers.temporalServer ?? '');
    const { house } = production;
    files = {
      ...{ MYSQL_URL: '', MYSQL_URL_FILE: secretFile('mysql_url', house.environment.MYSQL_URL ?? '') },
      ...{ REDIS_URL: '', REDIS_URL_FILE: secretFile('redis_url', house.environment.REDIS_URL ?? '') },
      MONITORING_TOKEN_FILE: secretFile('monitoring_token', monitoringToken),
    };
    const versioned = { ...files, WORKER_VERSIONING: 'on' };
    const [worker] = await Promise.all([
      house.startWorker(versioned),
      house.startConnector(files),
      house.startApi(files),
    ]);
    await worker.said(/workers of [\d.]+ have the work now/);
  });
  afterAll(() => production?.remove());

  it('a call is shown while it rings, and registered once', async () => {
    const { house } = production;
    const number = strangersNumber();
    const call = newCall('in-direct-answered', { clientNumber: number });
    const [ringing, rest] = split(call.rows, isAnswer);
    await play(house, ringing);
    await house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(number)), 'the card');
    await play(house, rest);
    expect(await timesRegistered(house, [call])).toEqual([1]);
  });

  it('metrics are told to other containers, if they have the token', async () => {
    const parts = production.house.parts.map((part) => /"address":"http:\/\/0\.0\.0\.0:(\d+)"/.exec(part.log())?.[1]);
    for (const port of parts) {
      const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/metrics`, { headers });
      expect((await ask({})).status).toBe(401);
      expect(await (await ask({ authorization: `Bearer ${monitoringToken}` })).text()).toContain('process_cpu');
    }
  });

  it('a call outlives kill -9 of the Temporal server, and is registered once', async () => {
    const { house } = production;
    const number = strangersNumber();
    const call = newCall('in-direct-answered', { clientNumber: number });
    const [ringing, rest] = split(call.rows, isAnswer);
    await play(house, ringing);
    await house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(number)), 'the card');
    production.killTemporal();
    await write(house, rest);
    await production.startTemporal();
    expect(await timesRegistered(house, [call])).toEqual([1]);
    const { cards } = await house.amocrm.state();
    expect(cards.filter(({ phone }) => phone.endsWith(number))).toHaveLength(1);
  });

  it("Temporal's schema may be set up at each start", async () => {
    await production.setUpSchema();
    const call = newCall('in-direct-answered');
    await write(production.house, call.rows);
    expect(await timesRegistered(production.house, [call])).toEqual([1]);
  });

  describe('the door', () => {
    const page = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', accept: 'text/html' };
    const ownPage = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const forged = { 'x-forwarded-for': '203.0.113.7' };
    let admin: string;

    const ask = (path: string, headers: Record<string, string>, options: RequestInit = {}) =>
      production.ask(path, { ...options, headers });

    /** @returns the cookie of whoever chooses a password by the link */
    const enterBy = async (link: string): Promise<string> => {
      const body = JSON.stringify({ token: new URL(link).hash.slice(1), password });
      const answer = await ask('/api/password', { ...ownPage, ...forged }, { method: 'POST', body });
      expect(answer.status).toBe(200);
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/Secure/);
      return cookie.split(';')[0] ?? '';
    };

    beforeAll(async () => {
      admin = await enterBy((await runRingflow(production.house.environment, ['user', 'link'])).output.trim());
    });

    it('leads those who come without TLS to it', async () => {
      const answer = await fetch(`${production.plainUrl}/accounts/x`, { redirect: 'manual' });
      // where the door is published, at the port of https
      expect([answer.status, answer.headers.get('location')]).toEqual([308, 'https://localhost/accounts/x']);
    });

    it('shows the settings, and believes nobody who says for whom they ask', async () => {
      const answer = await ask('/', { ...page, 'accept-encoding': 'gzip' });
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'gzip']);
      expect(await answer.text()).toContain('<title>Ringflow</title>');
      const sessions = (await (await ask('/api/sessions', { cookie: admin })).json()) as { address: string }[];
      expect(sessions).toEqual([expect.objectContaining({ address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) })]);
    });

    it('lets what goes on be seen at once: it holds no event back', async () => {
      const { house } = production;
      const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
      const { body } = await ask(`/api/accounts/${house.accountId}/live`, { cookie: admin });
      let told = '';
      let isAsked = false;
      for await (const chunk of body ?? []) {
        told += Buffer.from(chunk).toString();
        if (!isAsked) await write(house, split(call.rows, isAnswer)[0]);
        isAsked = true;
        if (told.includes(call.linkedid)) break;
      }
      expect(told).toContain(call.linkedid);
      await write(house, split(call.rows, isAnswer)[1]);
    });

    it('sends strangers who want the Temporal UI to the sign-in', async () => {
      const answer = await ask('/temporal/namespaces/ringflow/workflows', page);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
      for (const path of [
        '/temporal',
        '/temporal/api/v1/namespaces',
        '/Temporal/api/v1/namespaces',
        '/temporal/../temporal/',
      ])
        expect([path, (await ask(path, {})).status]).toEqual([path, 401]);
    });

    it('keeps viewers and heads out of it, and shows them no way there', async () => {
      const { house } = production;
      const linkedid = await wholeCall(house, 'in-direct-answered', strangersNumber());
      const journal = `/api/accounts/${house.accountId}/calls/${house.pbxId}/${linkedid}`;
      const wayFor = async (cookie: string) => {
        const entry = (await (await ask(journal, { cookie })).json()) as { temporalUrl: string | null };
        return entry.temporalUrl;
      };
      const way = `${production.url}/temporal/namespaces/ringflow/workflows/`;
      expect(await wayFor(admin)).toBe(`${way}${encodeURIComponent(`call:${house.pbxId}:${linkedid}`)}`);
      for (const role of ['viewer', 'head']) {
        const person = { login: `${role}@firm.example`, name: role, role, extensions: ['101'], accounts: null };
        const added = await ask(
          '/api/users',
          { cookie: admin, ...ownPage },
          { method: 'POST', body: JSON.stringify(person) },
        );
        const cookie = await enterBy(((await added.json()) as { link: string }).link);
        const answer = await ask('/temporal/api/v1/namespaces', { cookie });
        expect([role, answer.status, await wayFor(cookie)]).toEqual([role, 403, null]);
      }
    });

    it('opens it to administrators, but not to pages of others that act in their name', async () => {
      const answer = await ask('/temporal/api/v1/namespaces/ringflow/workflows', { cookie: admin });
      expect(answer.status).toBe(200);
      expect(JSON.stringify(await answer.json())).toContain(`call:${production.house.pbxId}:`);
      const end = '/temporal/api/v1/namespaces/ringflow/workflows/nobody/terminate';
      const foreign = { cookie: admin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
      const refused = await ask(end, foreign, { method: 'POST', body: '{}' });
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'foreign-page']);
    });

    it('lets an administrator look and act there in a browser', async () => {
      const { house, url } = production;
      const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
      await write(house, split(call.rows, isAnswer)[0]);
      const browser = await startBrowser();
      try {
        const { output } = await runRingflow(house.environment, ['user', 'link', 'admin']);
        const person = await browser.person(output.trim(), { ignoreHTTPSErrors: true });
        await choosePassword(person);
        await person.goto(`${url}/temporal/namespaces/ringflow/workflows/call:${house.pbxId}:${call.linkedid}`);
        await person.getByText('Running').first().waitFor();
        // of the call's input, which is encrypted
        await person.getByText('silenceMs').first().waitFor();
        const isAsked = (url: string) => url.includes('/temporal/api/') && url.includes('cancel');
        const asked = person.waitForResponse((answer) => isAsked(answer.url()));
        await person.getByRole('button', { name: 'Request Cancellation' }).click();
        await person.getByRole('button', { name: 'Confirm' }).click();
        expect((await asked).status()).toBe(200);
        expect(browser.complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  });

  it('a copy is taken while all runs and brought back by the commands of compose, with their secrets from files', async () => {
    const { house } = production;
    const folder = mkdtempSync(join(servers.stateFolder, 'backups-'));
    const ringflow = (...args: string[]) => runRingflow({ ...house.environment, ...files }, args);
    const linkedid = await wholeCall(house, 'in-direct-answered', strangersNumber());
    expect(await ringflow('backup', join(folder, 'ringflow.copy'))).toMatchObject({ code: 0 });
    const restore = ['restore', join(folder, 'ringflow.copy'), '--replace'];
    expect(await ringflow(...restore)).toMatchObject({
      code: 2,
      errors: expect.stringContaining('docker compose stop worker connector api'),
    });
    const other = await createDatabase('restored');
    files = { ...files, MYSQL_URL_FILE: secretFile('mysql_url_of_other', other.url) };
    expect(await ringflow(...restore)).toMatchObject({ code: 0 });
    expect(await createJournal(other.pool).read(house.pbxId, linkedid)).toBeDefined();
    await other.drop();
    rmSync(folder, { recursive: true });
  });
});
