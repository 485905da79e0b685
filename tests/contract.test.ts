import { faultsOfAnswer, faultsOfRequest, operationIdOf } from '../sandbox/amocrm/testing/contract.ts';
import { tapInto, type Wiretap } from '../sandbox/amocrm/testing/wiretap.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
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

async function play(scenario: string, clientNumber?: string): Promise<string | undefined> {
  const call = newCall(scenario, clientNumber === undefined ? {} : { clientNumber });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  return (await house.journal(call.linkedid))?.registration.state;
}

it('Ringflow asks rightly, and is answered rightly, while calls come and answers get lost', async () => {
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
  await play('in-direct-answered', '9161234567');
  const outcomes = await Promise.all([
    play('in-busy', '9161234567'),
    play('rg-second-answers', strangersNumber()),
    play('out-busy', strangersNumber()),
    play('anonymous-missed'),
  ]);

  expect(outcomes).toEqual(['registered', 'registered', 'registered', 'not-sent']);
  expect(tap.exchanges.flatMap(faultsOfRequest)).toEqual([]);
  expect(tap.exchanges.filter(({ status }) => status > 0).flatMap(faultsOfAnswer)).toEqual([]);
  const asked = new Set(tap.exchanges.map(operationIdOf));
  const expected = ['listUsers', 'showCards', 'createCalls', 'createContacts', 'listContacts', 'listNotes'];
  expect([...asked]).toEqual(expect.arrayContaining(expected));
});
