import type { AmocrmState } from '../rig/amocrm.ts';
import { belongingsOf, callsOf, leadsOf, tasksOf } from '../rig/belongings.ts';
import { newCall, split, strangersNumber, write } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import { lead, register, rule, setRules, task } from '../rig/rules.ts';

jest.setTimeout(120_000);

/** Redis is emptied in the middle of calls whose rules make leads and tasks: nothing is doubled, nothing lost. */

let house: Installation;

beforeAll(async () => {
  ({ house } = await installRunning());
});
afterAll(() => house.remove());

it('between the beginning of a call, which makes a lead, and its end, which makes a task', async () => {
  await setRules(house, [rule([lead], { phase: 'requested' }), rule([lead, register, task])]);
  const number = strangersNumber();
  const call = newCall('in-direct-no-answer', { clientNumber: number });
  const [ringing, rest] = split(call.rows, ({ eventtype }) => eventtype === 'HANGUP');
  await write(house, ringing);
  await house.amocrm.until((state) => leadsOf(state, number).length > 0, 'the lead');
  await house.emptyRedis();
  await write(house, rest);
  await house.closed(call.linkedid);
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 1, tasks: 1 });
});

it('again and again while many calls of few new numbers are being written down', async () => {
  await setRules(house, [rule([lead, register, task])]);
  const numbers = Array.from({ length: 3 }, strangersNumber);
  const calls = [1, 2, 3, 4].flatMap(() =>
    numbers.map((clientNumber) => newCall('in-direct-no-answer', { clientNumber })),
  );
  await Promise.all(calls.map(({ rows }) => write(house, rows)));
  for (const belongings of [leadsOf, callsOf, tasksOf]) {
    const isBegun = (state: AmocrmState) => numbers.some((number) => belongings(state, number).length > 0);
    await house.amocrm.until(isBegun, 'the first of them');
    await house.emptyRedis();
  }
  await Promise.all(calls.map(({ linkedid }) => house.closed(linkedid)));
  for (const number of numbers) {
    expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 4, tasks: 1 });
  }
});
