import type { Fault } from '../../sandbox/amocrm/gate/faults.ts';
import { belongingsOf } from '../rig/belongings.ts';
import { newCall, strangersNumber, type TestCall, write } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import type { Part } from '../rig/part.ts';
import { runRingflow } from '../rig/ringflow.ts';
import { lead, register, rule, setRules } from '../rig/rules.ts';

jest.setTimeout(120_000);

/** amoCRM wants nothing for a while: all calls wait and say so; nobody sends; afterwards each is registered once. */

let house: Installation;
let worker: Part;

beforeAll(async () => {
  ({ house, worker } = await installRunning());
  await setRules(house, [rule([lead, register])]);
});
afterAll(() => house.remove());

async function comeIn(number: string): Promise<TestCall> {
  const call = newCall('in-direct-answered', { clientNumber: number });
  await write(house, call.rows);
  return call;
}

const untilThen = String.raw`Nobody sends to amoCRM until \d\d:\d\d:\d\d UTC`;
const list = () => runRingflow(house.environment, ['account', 'list']);
const lastRequest = async () => (await house.amocrm.state()).requests.at(-1)?.id;

it('amoCRM asks for patience (429), which ends by itself', async () => {
  const number = strangersNumber();
  await house.amocrm.fault({
    match: 'POST /api/v4/leads',
    kind: 'status',
    status: 429,
    retryAfterSeconds: 8,
  });
  const call = await comeIn(number);
  await house.shows(call.linkedid, new RegExp(`Waits:.*fewer requests \\(429\\). ${untilThen}`, 's'));
  await house.closed(call.linkedid);
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: 1, tasks: 0 });
  expect(await house.details(call.linkedid)).not.toContain('Waits:');
});

const pausing: [what: string, faults: Fault[], words: string][] = [
  [
    'blocks the account, since it was asked too often',
    [
      { kind: 'status', status: 429, retryAfterSeconds: 1, times: 2 },
      { kind: 'html', status: 403, times: 1_000 },
    ],
    String.raw`amoCRM has blocked the API of this account \(403\): write to its support`,
  ],
  [
    'is not paid',
    [{ kind: 'status', status: 402, times: 1_000 }],
    String.raw`The amoCRM account is not paid \(402\); calls wait until it is`,
  ],
];

it.each(pausing)('amoCRM %s', async (_, faults, words) => {
  const number = strangersNumber();
  for (const fault of faults) await house.amocrm.fault(fault);
  const calls = await Promise.all([comeIn(number), comeIn(number)]);
  const waits = new RegExp(`Waits:.*: ${words}. ${untilThen}`, 's');
  await Promise.all(calls.map(({ linkedid }) => house.shows(linkedid, waits)));
  const said = worker
    .log()
    .split('\n')
    .filter((line) => new RegExp(words).test(line));
  expect(new Set(said.map((line) => JSON.parse(line).level))).toEqual(new Set([50])); // for all calls, not by each
  const last = await lastRequest();
  calls.push(await comeIn(number));
  await Promise.all(calls.map(({ linkedid }) => house.shows(linkedid, waits)));
  expect(await lastRequest()).toBe(last);
  await house.amocrm.clearFaults();
  expect((await list()).output).toMatch(new RegExp(`^[^\\t]+\\t${house.amocrm.url}\\tpaused\\t${words}. ${untilThen}`));
  expect(await runRingflow(house.environment, ['account', 'resume'])).toMatchObject({ code: 0 });
  expect((await list()).output).toMatch(/\tconnected\n$/);
  await Promise.all(calls.map(({ linkedid }) => house.hasten(linkedid)));
  for (const { linkedid } of calls) await house.closed(linkedid);
  expect(await belongingsOf(house, number)).toEqual({ contacts: 1, leads: 1, calls: calls.length, tasks: 0 });
  const details = await Promise.all(calls.map(({ linkedid }) => house.details(linkedid)));
  for (const text of details) expect(text).toMatch(/^(?!.*Waits:).*Registered in amoCRM/s);
});

it('amoCRM refuses the long-lived token', async () => {
  const number = strangersNumber();
  await house.amocrm.fault({ kind: 'status', status: 401, times: 1_000 });
  const call = await comeIn(number);
  await house.shows(call.linkedid, /Waits:.*put a valid one into AMOCRM_ACCESS_TOKEN/s);
  expect((await list()).output).toMatch(/\treconnect-needed\t.*AMOCRM_ACCESS_TOKEN/);
  await house.amocrm.clearFaults();
  await house.hasten(call.linkedid);
  await house.closed(call.linkedid);
  expect((await list()).output).toMatch(/\tconnected\n$/);
});
