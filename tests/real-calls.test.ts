import { dids } from '../sandbox/asterisk/office.ts';
import { strangersNumber } from './rig/calls.ts';
import { type ClickingHouse, installClicking } from './rig/clicking.ts';
import type { Installation } from './rig/installation.ts';
import type { Pbx } from './rig/pbx.ts';
import { ringing, talk } from './rig/pbx-calls.ts';

jest.setTimeout(60_000);

/** Calls on a real PBX, between real phones, as they come to stand in amoCRM. */

const users: Record<string, number> = { '101': 504141, '102': 504142, '103': 504143 };

let clicking: ClickingHouse;
let house: Installation;
let pbx: Pbx;

beforeAll(async () => {
  clicking = await installClicking();
  ({ house, pbx } = clicking);
  await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => clicking?.remove());

/** What stands in amoCRM of the one call of this client, and who saw a card of it. */
async function standing(phone: string) {
  const isOfThem = (one: { phone: string }) => one.phone.endsWith(phone.slice(-10));
  const found = await house.amocrm.until((state) => state.calls.some(isOfThem), `the call of ${phone}`);
  const { uniq } = found.calls.find(isOfThem) as (typeof found.calls)[number];
  await house.closed(String(uniq).split(':').at(-1) ?? '');
  const { calls, cards } = await house.amocrm.state();
  const [call, ...more] = calls.filter(isOfThem);
  expect(more).toEqual([]);
  const { direction, callStatus, responsible, duration } = call as (typeof calls)[number];
  const sawCards = new Set(cards.filter(isOfThem).map(({ userId }) => userId));
  return { direction, callStatus, responsible, hasTalked: duration > 0, sawCards };
}
/** People look before they answer. */
const cardsOf =
  (phone: string, ...extensions: string[]) =>
  async () => {
    await house.amocrm.until(({ cards }) => {
      const seen = cards.filter((card) => card.phone.endsWith(phone.slice(-10))).map(({ userId }) => userId);
      return extensions.every((extension) => seen.includes(users[extension] as number));
    }, 'the cards');
  };
const saw = (...extensions: string[]) => new Set(extensions.map((extension) => users[extension]));
const client = () => ({ number: `7${strangersNumber()}` });
/** amoCRM's codes. */
const [talked, missed] = [4, 6];

/** Long enough to count as a second of talk. */
const speak = () => new Promise((resolve) => setTimeout(resolve, 1_100));

it('a ring group: cards for all whose phones ring, the call for who answers', async () => {
  const caller = client();
  const beforeAnswer = cardsOf(caller.number, '101', '102', '103');
  const { outside } = await talk(pbx, caller, dids.group, '101', { others: ['102', '103'], beforeAnswer });
  await speak();
  await outside.hangUp();
  expect(await standing(caller.number)).toEqual({
    ...{ direction: 'inbound', callStatus: talked, responsible: users['101'], hasTalked: true },
    sawCards: saw('101', '102', '103'),
  });
});

it('a queue, and a menu before a phone', async () => {
  const [inQueue, inMenu] = [client(), client()];
  const queued = await talk(pbx, inQueue, dids.queue, '102', {
    others: ['101'],
    beforeAnswer: cardsOf(inQueue.number, '101', '102'),
  });
  await speak();
  await queued.outside.hangUp();
  const chosen = await talk(pbx, inMenu, dids.ivr, '103', { keys: '103', beforeAnswer: cardsOf(inMenu.number, '103') });
  await speak();
  await chosen.outside.hangUp();
  expect(await standing(inQueue.number)).toMatchObject({ responsible: users['102'], sawCards: saw('101', '102') });
  expect(await standing(inMenu.number)).toMatchObject({ responsible: users['103'], sawCards: saw('103') });
});

it('a call that nobody answers: missed, with a task to call back', async () => {
  const caller = client();
  const outside = pbx.trunk.call(dids.direct, caller);
  await ringing(pbx, '101');
  await cardsOf(caller.number, '101')();
  await outside.hangUp();
  expect(await standing(caller.number)).toMatchObject({ callStatus: missed, hasTalked: false, sawCards: saw('101') });
  const isCallBack = ({ text }: { text: string }) => text.includes(caller.number.slice(-4));
  await house.amocrm.until(({ tasks }) => tasks.some(isCallBack), 'the task');
});

it('a call that is answered at once: a card for who talks', async () => {
  const caller = client();
  const { outside } = await talk(pbx, caller, dids.direct, '101');
  await cardsOf(caller.number, '101')();
  await outside.hangUp();
  expect(await standing(caller.number)).toMatchObject({ responsible: users['101'], sawCards: saw('101') });
});

it('an outbound call', async () => {
  const { number } = client();
  const call = pbx.phone('102').call(`8${number.slice(1)}`);
  const outside = await pbx.trunk.nextCall();
  await outside.answer();
  await outside.hears(call);
  await speak();
  await call.hangUp();
  expect(await standing(number)).toMatchObject({ direction: 'outbound', responsible: users['102'], hasTalked: true });
});

it.each([
  ['blindly', 'blind'],
  ['after a word with them', 'attended'],
])('a client who is handed on %s: one call, of the last who talked, and a card for them', async (_, way) => {
  const caller = client();
  const { outside, taken } = await talk(pbx, caller, dids.direct, '101', {
    beforeAnswer: cardsOf(caller.number, '101'),
  });
  const consultation = way === 'blind' ? undefined : pbx.phone('101').call('102');
  if (consultation) await taken.hold();
  else await taken.transfer('102');
  const [rings] = await ringing(pbx, '102');
  await rings.answer();
  if (consultation) {
    await consultation.hears(rings);
    await taken.transferTo(consultation);
  }
  await outside.hears(rings);
  await Promise.all([cardsOf(caller.number, '102')(), speak()]);
  await outside.hangUp();
  expect(await standing(caller.number)).toMatchObject({ callStatus: talked, responsible: users['102'] });
  expect((await standing(caller.number)).sawCards).toEqual(saw('101', '102'));
});
