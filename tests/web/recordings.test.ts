import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createJournal } from '../../activities/store/journal.ts';
import { dids } from '../../sandbox/asterisk/office.ts';
import { seriousFaults, startBrowser, type TestBrowser } from '../rig/browser.ts';
import { strangersNumber } from '../rig/calls.ts';
import { type ClickingHouse, installClicking } from '../rig/clicking.ts';
import { journalEntry } from '../rig/journal-entry.ts';
import type { Part } from '../rig/part.ts';
import { talk } from '../rig/pbx-calls.ts';
import { runRingflow } from '../rig/ringflow.ts';
import { choosePassword } from '../rig/settings-house.ts';
import { tone } from '../rig/sound.ts';

jest.setTimeout(240_000);

/** What a real Asterisk has recorded is heard in amoCRM and in the journal, by a browser's own player. */

let clicking: ClickingHouse;
let browser: TestBrowser;
let api: Part;
let admin: Page;
const phone = `7${strangersNumber()}`;

beforeAll(async () => {
  [clicking, browser] = await Promise.all([installClicking(), startBrowser()]);
  const { house } = clicking;
  [api] = await Promise.all([house.startApi(), house.startWorker(), house.startConnector()]);
  const { output } = await runRingflow(house.environment, ['user', 'link']);
  admin = await browser.person(output.trim());
  await choosePassword(admin);
});
afterAll(() => Promise.all([browser?.close(), clicking?.remove()]));
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

/** Lets the page's player play from its beginning, and then from near its end; tells what it heard. */
async function listen(page: Page): Promise<{ seconds: number; statuses: number[] }> {
  const statuses: number[] = [];
  const note = (response: { url(): string; status(): number }) => {
    if (/recording/.test(response.url())) statuses.push(response.status());
  };
  page.on('response', note);
  const seconds = await page.locator('audio').evaluate(async (element) => {
    const audio = element as unknown as Audio;
    const next = (name: string) =>
      new Promise<void>((resolve, reject) => {
        audio.addEventListener('error', () => reject(new Error(`the player says ${audio.error?.message}`)));
        audio.addEventListener(name, () => resolve());
      });
    const moves = next('timeupdate');
    await audio.play();
    await moves;
    const arrived = next('seeked');
    audio.currentTime = audio.duration * 0.8;
    await arrived;
    await audio.play();
    await next('ended');
    return audio.duration;
  });
  page.off('response', note);
  return { seconds, statuses };
}

/** Of the browser's element as much as is used. */
interface Audio {
  duration: number;
  currentTime: number;
  error: { message: string } | null;
  play(): Promise<void>;
  addEventListener(name: string, listener: () => void): void;
}

const linkOf = async () => {
  const { calls } = await clicking.house.amocrm.until(
    (state) => state.calls.some((call) => call.phone.endsWith(phone.slice(-10))),
    'the call',
  );
  return String(calls.find((call) => call.phone.endsWith(phone.slice(-10)))?.link);
};

it('a call that Asterisk has recorded is heard in amoCRM, from the middle too', async () => {
  const { outside } = await talk(clicking.pbx, { number: phone }, dids.direct, '101');
  await new Promise((resolve) => setTimeout(resolve, 2_500)); // what is not said can't be heard
  await outside.hangUp();
  const link = await linkOf();
  expect(link).toMatch(new RegExp(`^${clicking.home.url}/recordings/[\\w-]{40}$`));
  const amocrm = await browser.person(clicking.house.amocrm.url, { bypassCSP: true }); // amoCRM's own does not keep it from us
  await amocrm.getByRole('button', { name: /Слушать запись|Listen to the recording/ }).click();
  const { seconds, statuses } = await listen(amocrm);
  expect(seconds).toBeGreaterThan(0.5);
  expect(new Set(statuses)).toEqual(new Set([206]));
  const seen = await amocrm.evaluate(async (url) => {
    const answer = await fetch(url, { headers: { range: 'bytes=0-9' } });
    return [answer.status, answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength];
  }, link);
  expect(seen).toEqual([206, 'audio/mpeg', 10]);
});

it('is heard in the journal, where it is seen who has listened', async () => {
  await openCall(phone);
  expect((await listen(admin)).seconds).toBeGreaterThan(0.5);
  await admin.getByRole('list', { name: 'Who has listened' }).getByText('by the link, 127.0.0.1').waitFor();
  expect(await seriousFaults(admin)).toEqual([]);
});

it('the link is revoked, by the command line too, and a new one given out', async () => {
  const link = await linkOf();
  await admin.getByRole('button', { name: 'Revoke the link' }).click();
  await admin.getByRole('button', { name: 'Really revoke?' }).click();
  await admin.getByText('The link was revoked').waitFor();
  const opened = await browser.person(link);
  await opened.getByRole('heading', { name: 'This link was revoked' }).waitFor();
  await admin.getByRole('button', { name: 'Give out a new link' }).click();
  await admin.getByRole('button', { name: 'Give out a new link' }).click();
  const fresh = await admin.getByText(`${clicking.home.url}/recordings/`).textContent();
  expect([(await fetch(String(fresh))).status, (await fetch(link)).status]).toEqual([200, 410]);
  await opened.goto(String(fresh)); // a bare player
  await opened.locator('video, audio').waitFor();
  const [linkedid = ''] = /\d+\.\d+$/.exec(new URL(admin.url()).pathname) ?? [];
  const revoke = (...what: string[]) =>
    runRingflow(clicking.house.environment, ['recording', 'revoke', clicking.house.pbxId, ...what]);
  expect((await revoke(linkedid)).code).toBe(0);
  expect((await fetch(String(fresh))).status).toBe(410);
  expect((await revoke(linkedid)).code).toBe(2);
});

it('what browsers do not play is heard as mp3, and without ffmpeg a wav as it is', async () => {
  const { house, pbx } = clicking;
  const of = { pbxId: house.pbxId, startedAtMs: Date.now() - 86_400_000 };
  for (const [kind, number] of [
    ['gsm', '79031112233'],
    ['wav', '79031112244'],
  ] as const) {
    writeFileSync(join(pbx.folder, `recordings/long.${kind}`), tone(kind, 30));
    const call = { ...of, linkedid: `${number}.1`, externalNumber: number, recordingFile: `long.${kind}` };
    await createJournal(house.store.pool).write(journalEntry(call));
  }
  await openCall('79031112233');
  const gsm = await jump(admin);
  expect([Math.round(gsm.seconds), gsm.position]).toEqual([30, 24]);
  await api.stop();
  api = await house.startApi({ PATH: '/nowhere' });
  await openCall('79031112244');
  const wav = await jump(admin);
  expect([Math.round(wav.seconds), wav.position, wav.mediaType]).toEqual([30, 24, 'audio/wav']);
});

/** Plays on from four fifths at once. */
async function jump(page: Page): Promise<{ seconds: number; position: number; mediaType: string | undefined }> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/sound'));
  const heard = await page.locator('audio').evaluate(async (element) => {
    const audio = element as unknown as Audio & { load(): void; preload: string };
    const next = (name: string) =>
      new Promise<void>((resolve, reject) => {
        audio.addEventListener(name, () => resolve());
        audio.addEventListener('error', () => reject(new Error(`not ${name}: ${audio.error?.message}`)));
      });
    const known = next('loadedmetadata');
    audio.preload = 'metadata';
    audio.load();
    await known;
    const arrived = next('seeked');
    audio.currentTime = 24;
    await arrived;
    const moves = next('timeupdate');
    await audio.play();
    await moves;
    return { seconds: audio.duration, position: Math.floor(audio.currentTime) };
  });
  return { ...heard, mediaType: (await answered).headers()['content-type'] };
}

const written = (number: string) => number.replace(/7(\d{3})(\d{3})(\d{2})(\d{2})/, '+7 $1 $2 $3 $4');

async function openCall(number: string): Promise<void> {
  await admin.getByRole('link', { name: 'Journal', exact: true }).click();
  await admin.getByRole('link', { name: written(number) }).click();
  await admin.locator('audio').waitFor();
}

it('who may listen, and how long, is set on a page', async () => {
  await admin.getByRole('link', { name: 'Recordings', exact: true }).click();
  const networks = admin.getByRole('textbox', { name: 'From where one may listen' });
  await networks.fill('192.168.1');
  await admin.getByText('That is no address or network: 192.168.1.').waitFor();
  expect(await admin.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await networks.fill('192.168.1.0/24, 203.0.113.7');
  await admin.getByLabel('For how many days recordings are kept').fill('30');
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('Saved as version 1').waitFor();
  expect(await seriousFaults(admin)).toEqual([]);
  await admin.getByRole('link', { name: 'Journal', exact: true }).click();
  await admin.getByRole('link', { name: written(phone) }).click();
  await admin.getByText('Recordings are not heard from here').waitFor();
});
