import { belongingsOf } from '../rig/belongings.ts';
import { strangersNumber, wholeCall } from '../rig/calls.ts';
import { type Installation, installRunning } from '../rig/installation.ts';
import { contact, lead, register, rule, setRules, task } from '../rig/rules.ts';

jest.setTimeout(120_000);

/** amoCRM has trouble for a moment: what the rules ask for exists once in the end. */

let house: Installation;

beforeAll(async () => {
  ({ house } = await installRunning());
  await setRules(house, [
    rule([lead, register], { result: ['answered'] }),
    rule([contact, register, task], { result: ['missed'] }),
  ]);
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

it.each([
  ['has trouble (500)', { kind: 'status', status: 500, times: 2 }],
  ['breaks off after it stored what was sent', { kind: 'cut-after' }],
  ['stores what was sent and says nothing', { kind: 'empty-after' }],
  ['answers after 20 s, when nobody listens any more', { kind: 'delay', delayMs: 20_000 }],
  ['asks for patience (429)', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
] as const)('when amoCRM %s there is one lead, and one task, in the end', async (_, fault) => {
  const [answered, missed] = [strangersNumber(), strangersNumber()];
  for (const match of ['POST /api/v4/leads', 'POST /api/v4/tasks']) await house.amocrm.fault({ match, ...fault });
  await Promise.all([
    wholeCall(house, 'in-direct-answered', answered),
    wholeCall(house, 'in-direct-no-answer', missed),
  ]);
  expect(await belongingsOf(house, answered)).toEqual({ contacts: 1, leads: 1, calls: 1, tasks: 0 });
  expect(await belongingsOf(house, missed)).toEqual({ contacts: 1, leads: 0, calls: 1, tasks: 1 });
});
