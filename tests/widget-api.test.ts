import { randomBytes, randomUUID } from 'node:crypto';
import { freePort } from '../bin/stack/free-port.ts';
import type { CallingSettings } from '../proto/calling/settings.ts';
import { untouchedSettings } from '../proto/untouched-settings.ts';
import { newCall, split, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { restartRedis } from './rig/redis.ts';
import { saveSettings } from './rig/settings.ts';
import { askAsWidget, click, openPage, readStream, type WidgetHome, widgetToken } from './rig/widget-visitor.ts';

jest.setTimeout(60_000);

/** What our widget inside amoCRM asks the API for, of a PBX that is only read. */

/** Their phones, in the stand-in: 101, 102, 103. */
const [anna, boris, victoria] = [504141, 504142, 504143];
const number = '+7 916 123-45-67';

let house: Installation;
let home: WidgetHome;

beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = [randomUUID(), randomBytes(32).toString('hex')];
  house = await install(() => ({
    ...{ AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret },
    ...{ API_PORT: String(port), PUBLIC_URL: url },
    RINGFLOW_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
  }));
  home = { url, clientId, clientSecret, amocrmUrl: house.amocrm.url, amocrmId: 31415926 };
  await Promise.all([house.startWorker(), house.startConnector(), house.startApi()]);
});
afterAll(() => house.remove());

const clickBody = () => ({ requestId: randomUUID(), number });

describe('who asks', () => {
  it('is let in from pages of the account alone', async () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-auth-token' };
    const preflight = async (origin: string) =>
      fetch(`${home.url}/widget/calls`, { method: 'OPTIONS', headers: { origin, ...asked } });
    const own = await preflight(home.amocrmUrl);
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([204, home.amocrmUrl]);
    expect(own.headers.get('access-control-allow-headers')).toMatch(/x-auth-token/i);
    for (const origin of ['https://evil.example', 'null', `${home.amocrmUrl}.evil.example`]) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      const token = await widgetToken(home, anna);
      const answer = await askAsWidget(home, 'POST', 'calls', { token, body: clickBody(), headers: { origin } });
      expect([answer.status, answer.body.code]).toEqual([403, 'foreign-page']);
    }
  });

  it('is nobody without a proof that amoCRM has signed', async () => {
    const forged = await widgetToken({ ...home, clientSecret: 'a guess of somebody' }, anna);
    for (const token of [undefined, '', 'x', forged]) {
      const answer = await askAsWidget(home, 'POST', 'calls', { body: clickBody(), ...(token && { token }) });
      expect([answer.status, answer.body.code]).toEqual([401, 'token-refused']);
      expect(answer.headers.get('access-control-allow-origin')).toBe(home.amocrmUrl); // a page may read why
    }
  });

  it('is who the proof says, whatever stands beside it', async () => {
    const token = await widgetToken(home, anna);
    const body = { ...clickBody(), userId: boris, extension: '102' };
    const answer = await askAsWidget(home, 'POST', 'calls', { token, body });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-request']);
    const state = await askAsWidget(home, 'GET', 'state?userId=504142', { token });
    expect(state.body).toMatchObject({ extension: '101', isConnected: true });
  });

  it('may not use a proof for a second click, and gets the same answer for the first', async () => {
    const token = await widgetToken(home, anna);
    const body = clickBody();
    const answers = await Promise.all([1, 2, 3].map(() => askAsWidget(home, 'POST', 'calls', { token, body })));
    for (const answer of answers) expect([answer.status, answer.body.code]).toEqual([409, 'no-pbx']);
    const replay = await askAsWidget(home, 'POST', 'calls', { token, body: clickBody() });
    expect(replay.body).toMatchObject({ code: 'token-used', whatToDo: 'Click once more.' });
  });

  it('opens one stream by a ticket', async () => {
    const { body } = await askAsWidget(home, 'POST', 'tickets', {
      token: await widgetToken(home, anna),
      body: { language: 'en' },
    });
    expect(body).toMatchObject({ extension: '101', expiresInMs: 60_000 });
    (await readStream(home, body.ticket)).close();
    await expect(readStream(home, body.ticket)).rejects.toThrow(/401 .*ticket-refused/);
    await expect(readStream(home, 'x')).rejects.toThrow(/401/);
  });
});

describe('a click', () => {
  it.each([
    ['where no PBX has AMI', anna, 'no-pbx'],
    ['of somebody without a phone', 999, 'no-extension'],
  ])('%s is refused in words', async (_, userId, code) => {
    const answer = await click(home, userId, number);
    expect([answer.status, answer.body.code]).toEqual([409, code]);
    expect(answer.body).toMatchObject({ message: expect.any(String), whatToDo: expect.any(String) });
  });
});

describe('by the settings of the account', () => {
  const set = (calling: CallingSettings) =>
    saveSettings(house.store.pool, house.accountId, { ...untouchedSettings('ru'), calling });
  afterAll(() => set({}));

  it('a proof may serve several clicks', async () => {
    await set({ tokensMayRepeat: true });
    const token = await widgetToken(home, anna);
    for (const body of [clickBody(), clickBody()]) {
      const answer = await askAsWidget(home, 'POST', 'calls', { token, body });
      expect(answer.body).toMatchObject({ code: 'no-pbx' }); // as far as it gets here
    }
  });

  it.each([
    ['where nobody may call', { isOff: true }, boris],
    ['of one who may not call', { employees: { '101': { isOff: true } } }, anna],
  ])('a click %s is refused', async (_, calling, userId) => {
    await set(calling);
    const answer = await click(home, userId, number);
    expect([answer.status, answer.body.code]).toEqual([403, 'switched-off']);
  });
});

describe('a card', () => {
  it('is seen in the widget by whoever has it open, and in amoCRM by the others', async () => {
    const [page, otherPage] = await Promise.all([openPage(home, anna), openPage(home, boris)]);
    const call = newCall('rg-second-answers');
    const id = `${house.pbxId}:${call.linkedid}`;
    const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
    await write(house, ringing);
    await page.until(() => page.cards.get(id)?.client !== undefined);
    await otherPage.until(() => otherPage.cards.has(id));
    expect(page.cards.get(id)).toMatchObject({ direction: 'inbound', doing: 'rings', number: `+${call.phone}` });
    const [answered, over] = split(rest, ({ eventtype }) => eventtype === 'BRIDGE_EXIT');
    await write(house, answered);
    await page.until(() => page.gone.some((one) => one.id === id));
    expect(page.gone).toEqual([{ id, why: 'answered-elsewhere' }]);
    await otherPage.until(() => otherPage.cards.get(id)?.doing === 'talks');
    await write(house, over);
    await otherPage.until(() => !otherPage.cards.has(id));
    await house.closed(call.linkedid);
    const { cards } = await house.amocrm.state();
    expect(new Set(cards.map(({ userId }) => userId))).toEqual(new Set([victoria]));
    page.close();
    otherPage.close();
  });

  it('is there again after Redis was started anew, empty, and so are the pages', async () => {
    const page = await openPage(home, anna);
    expect(await page.showLife()).toBe(204);
    const call = newCall('rg-second-answers');
    const id = `${house.pbxId}:${call.linkedid}`;
    const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
    await write(house, ringing);
    await page.until(() => page.cards.get(id)?.client !== undefined);
    await restartRedis();
    await page.ended;
    expect(await page.showLife()).toBe(404);
    const again = await openPage(home, anna);
    await again.until(() => again.cards.get(id)?.client !== undefined);
    expect(again.cards.get(id)).toEqual(page.cards.get(id));
    again.close();
    await write(house, rest);
    await house.closed(call.linkedid);
  });
});
