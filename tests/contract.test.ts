import { faultsOfAnswer, faultsOfRequest, operationIdOf } from '../sandbox/amocrm/testing/contract.ts';
import { tapInto, type Wiretap } from '../sandbox/amocrm/testing/wiretap.ts';
import { newCall, play, split, strangersNumber, wholeCall } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';

jest.setTimeout(120_000);

/** By the contract of amoCRM; activities/amocrm/contract.int.test.ts asks for all of it, here the whole system does. */

let house: Installation;
let tap: Wiretap;

beforeAll(async () => {
  house = await install();
  tap = await tapInto(house.amocrm.url);
  const tapped = { AMOCRM_BASE_URL: tap.url };
  await Promise.all([house.startWorker(tapped), house.startConnector(tapped)]);
});
afterAll(async () => {
  await house.remove();
  await tap.close();
});

/** The card first, while the phone rings; then the rest of the call. */
async function ringThenAnswer(phone: string): Promise<string> {
  const call = newCall('in-direct-answered', { clientNumber: phone });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  await play(house, ringing);
  await house.amocrm.until(({ cards }) => cards.some((card) => card.phone.endsWith(phone)), 'the card');
  await play(house, rest);
  await house.closed(call.linkedid);
  return call.linkedid;
}

it('Ringflow asks rightly, and is answered rightly, while calls come and answers get lost', async () => {
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
  await ringThenAnswer('9161234567');
  const linkedids = await Promise.all([
    wholeCall(house, 'in-busy', '9161234567'),
    wholeCall(house, 'rg-second-answers', strangersNumber()),
    wholeCall(house, 'out-busy', strangersNumber()),
    wholeCall(house, 'anonymous-missed', 'anonymous'),
  ]);

  const records = await Promise.all(linkedids.map(house.journal));
  const outcomes = records.map((record) => record?.registration.state);
  expect(outcomes).toEqual(['registered', 'registered', 'registered', 'not-sent']);
  expect(tap.exchanges.flatMap(faultsOfRequest)).toEqual([]);
  expect(tap.exchanges.filter(({ status }) => status > 0).flatMap(faultsOfAnswer)).toEqual([]);
  const asked = new Set(tap.exchanges.map(operationIdOf));
  const expected = ['listUsers', 'showCards', 'createCalls', 'createContacts', 'listContacts', 'listNotes'];
  expect([...asked]).toEqual(expect.arrayContaining(expected));
});
