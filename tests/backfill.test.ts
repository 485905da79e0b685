import { noCounts } from '../proto/backfill.ts';
import { backfillsOf, callsOfThePast, daysAgo } from './rig/backfills.ts';
import { belongingsOf } from './rig/belongings.ts';
import { recordsOf, wholeCall } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { contact, register, rule, setRules } from './rig/rules.ts';

jest.setTimeout(120_000);

/** Calls that nobody has read are brought into amoCRM later, by the same actors as those of today. */

let house: Installation;
let backfills: ReturnType<typeof backfillsOf>;

beforeAll(async () => {
  house = await install();
  backfills = backfillsOf(house);
  await house.startWorker();
});
afterAll(async () => {
  await backfills.close();
  await house.remove();
});
afterEach(() => house.amocrm.clearFaults());

const kinds = ['in-direct-answered', 'in-direct-no-answer', 'out-answered', 'xfer-attended-phone', 'pickup', 'internal-answered'];

it('each call of a period is registered once, also those that Asterisk joined; once more nothing is written', async () => {
  const began = daysAgo(40);
  const calls = await callsOfThePast(house, kinds, began);
  const outside = await callsOfThePast(house, ['in-direct-answered'], began + 2 * 86_400_000);
  const counts = await backfills.ended(await backfills.begin(began, 1));
  // two linkedids of the transfer and of the pickup; the internal call is told and not sent
  expect(counts).toEqual({ ...noCounts, calls: 8, registered: 5, notSent: 1, joined: 2 });
  for (const { linkedid, linkedids } of calls.slice(0, 5)) {
    expect(await recordsOf(house, linkedids)).toMatchObject([{ uniq: `${house.pbxId}:${linkedid}` }]);
  }
  expect(await recordsOf(house, outside[0]?.linkedids ?? [])).toEqual([]);
  const { requests, cards } = await house.amocrm.state();
  expect(cards).toEqual([]);
  expect(await backfills.ended(await backfills.begin(began, 1))).toEqual({
    ...noCounts,
    ...{ calls: 8, left: 5, notSent: 1, joined: 2 },
  });
  expect((await house.amocrm.state()).requests).toHaveLength(requests.length);
});
