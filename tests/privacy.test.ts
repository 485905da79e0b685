import { newCall, strangersNumber, write } from './rig/calls.ts';
import { everythingInTemporal, visibleInTemporal } from './rig/histories.ts';
import { type Installation, install } from './rig/installation.ts';

jest.setTimeout(120_000);

/** Who may look into Temporal sees calls in words, and of phones no more than is needed to know them again. */

let house: Installation | undefined;

afterEach(() => house?.remove());

const scenarios = ['in-direct-answered', 'in-caller-cancel', 'out-answered', 'rg-second-answers'];

/** One call of each kind, each with a client of its own. @returns their numbers, as the last ten digits */
async function callsOfAllKinds(at: Installation): Promise<string[]> {
  const calls = scenarios.map((scenario) => newCall(scenario, { clientNumber: strangersNumber() }));
  for (const call of calls) await write(at, call.rows);
  await Promise.all(calls.map(({ linkedid }) => at.closed(linkedid)));
  return calls.map(({ phone }) => phone.slice(-10));
}

const maskOf = (number: string) => `${number.slice(0, 3)} •••-••-${number.slice(-2)}`;

it('phones are masked in all that can be seen without reading payloads', async () => {
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
  const numbers = await callsOfAllKinds(house);
  const [visible, all] = [await visibleInTemporal(house.temporal), await everythingInTemporal(house.temporal)];
  for (const number of numbers) {
    expect(all).toContain(number); // the work itself needs it
    expect(visible).toContain(maskOf(number));
    expect(visible).not.toContain(number);
  }
});

it('phones are shown in full where that is set', async () => {
  house = await install(() => ({ TEMPORAL_PHONES: 'full' }));
  await Promise.all([house.startWorker(), house.startConnector()]);
  const numbers = await callsOfAllKinds(house);
  const visible = await visibleInTemporal(house.temporal);
  for (const number of numbers) {
    expect(visible).toContain(`+7${number}`);
    expect(visible).not.toContain(maskOf(number));
  }
});
