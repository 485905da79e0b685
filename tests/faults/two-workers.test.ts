import { belongingsOf, leadsOf } from '../rig/belongings.ts';
import { newCall, strangersNumber, type TestCall, write } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import type { Part } from '../rig/part.ts';
import { lead, register, rule, setRules, task } from '../rig/rules.ts';

jest.setTimeout(180_000);

/** Two worker processes, and many calls of few new numbers at once. */

let house: Installation;
let workers: [Part, Part];

beforeAll(async () => {
  const running = await installRunning();
  ({ house } = running);
  workers = [running.worker, await house.startWorker()];
  await setRules(house, [rule([lead, register, task])]);
});
afterAll(() => house.remove());

const callsOfEach = 5;

async function comeIn(numbers: readonly string[]): Promise<TestCall[]> {
  const calls = Array.from({ length: callsOfEach }, () =>
    numbers.map((clientNumber) => newCall('in-direct-no-answer', { clientNumber })),
  ).flat();
  await Promise.all(calls.map(({ rows }) => write(house, rows)));
  return calls;
}

async function expectOneOfEach(numbers: readonly string[], calls: readonly TestCall[]): Promise<void> {
  await Promise.all(calls.map(({ linkedid }) => house.closed(linkedid)));
  for (const number of numbers) {
    expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: callsOfEach, tasks: 1 });
  }
  const { calls: stored } = await house.amocrm.state();
  const uniqs = calls.map(({ linkedid }) => `${house.pbxId}:${linkedid}`);
  expect(uniqs.filter((uniq) => stored.filter((one) => one.uniq === uniq).length !== 1)).toEqual([]);
}

const newNumbers = () => Array.from({ length: 4 }, strangersNumber);

it('make one contact, one lead and one task for each number, and register every call once', async () => {
  const numbers = newNumbers();
  await expectOneOfEach(numbers, await comeIn(numbers));
  for (const worker of workers) expect(worker.log()).toContain('the call is over');
});

it('do so also if one of them is killed in the middle', async () => {
  const numbers = newNumbers();
  const calls = await comeIn(numbers);
  await house.amocrm.until((state) => numbers.every((number) => leadsOf(state, number).length > 0), 'the leads');
  await workers[0].kill();
  await expectOneOfEach(numbers, calls);
});
