import type { AmocrmState } from './rig/amocrm.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(120_000);

/** Whoever called in vain is called back: one task for each client, done when somebody has talked with them. */

let house: Installation;
let worker: Part;

beforeAll(async () => {
  house = await install();
  await house.amocrm.setSearchLag(2_000);
  [worker] = await Promise.all([house.startWorker(), house.startConnector()]);
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

async function call(scenario: string, clientNumber: string): Promise<void> {
  const played = newCall(scenario, { clientNumber });
  await write(house, played.rows);
  await house.closed(played.linkedid);
}

const tasksIn = ({ tasks }: AmocrmState, number: string) => tasks.filter(({ text }) => text.includes(number));
const tasksOf = async (number: string) => tasksIn(await house.amocrm.state(), number);

it('a missed call makes a task for whose phone rang, on the client, due in an hour', async () => {
  const number = strangersNumber();
  const before = Math.floor(Date.now() / 1000);
  await call('in-direct-no-answer', number);
  const [task, ...others] = await tasksOf(number);
  expect(others).toEqual([]);
  expect(task).toMatchObject({
    text: expect.stringMatching(/^\+7\d{10}: Пропущенный звонок, внутр. \d+/),
    entityType: 'contact',
    entityName: `+7${number}`,
    isCompleted: false,
  });
  expect(task?.responsibleUserId).toBeGreaterThan(504_000);
  expect(task?.completeTillSeconds).toBeGreaterThanOrEqual(before + 3_600);
});

it('ten missed calls of one client want one call back, also when they come at once', async () => {
  const number = strangersNumber();
  await Promise.all(Array.from({ length: 10 }, (_, i) => call(i % 2 ? 'in-caller-cancel' : 'rg-nobody', number)));
  expect(await tasksOf(number)).toHaveLength(1);
});

it.each([
  ['called back', 'out-answered'],
  ['calls again and somebody answers', 'in-direct-answered'],
])('the task is done when the client is or %s', async (_, scenario) => {
  const number = strangersNumber();
  await call('in-direct-no-answer', number);
  await call('out-no-answer', number);
  expect(await tasksOf(number)).toMatchObject([{ isCompleted: false }]);
  await call(scenario, number);
  expect(await tasksOf(number)).toMatchObject([
    { isCompleted: true, resultText: expect.stringContaining('Разговор состоялся') },
  ]);
});

it('a task that a person has closed is not opened again; the next missed call makes another', async () => {
  const number = strangersNumber();
  await call('in-direct-no-answer', number);
  const [task] = await tasksOf(number);
  await house.amocrm.completeTask(task?.id ?? 0);
  await call('in-caller-cancel', number);
  expect((await tasksOf(number)).map(({ isCompleted }) => isCompleted).sort()).toEqual([false, true]);
});

it('kill -9 between request and answer doubles no task', async () => {
  const number = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'hang-after' });
  const missed = newCall('in-direct-no-answer', { clientNumber: number });
  await write(house, missed.rows);
  await house.amocrm.until((state) => tasksIn(state, number).length > 0, 'the task');
  await worker.kill();
  worker = await house.startWorker();
  await house.closed(missed.linkedid);
  expect(await tasksOf(number)).toHaveLength(1);
});

it.each([
  ['has trouble (500)', { kind: 'status', status: 500, times: 2 }],
  ['breaks off after it stored the task', { kind: 'cut-after', times: 1 }],
  ['asks for patience (429)', { kind: 'status', status: 429, retryAfterSeconds: 1, times: 1 }],
] as const)('when amoCRM %s there is one task in the end', async (_, fault) => {
  const number = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v4/tasks', ...fault });
  await call('in-direct-no-answer', number);
  expect(await tasksOf(number)).toHaveLength(1);
});

it('a task that amoCRM refuses for good does not hold up the call, and the trouble is told', async () => {
  const number = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'status', status: 403 });
  const missed = newCall('in-direct-no-answer', { clientNumber: number });
  await write(house, missed.rows);
  await house.closed(missed.linkedid);
  expect((await house.journal(missed.linkedid))?.registration).toMatchObject({
    state: 'registered',
    troubles: [expect.stringMatching(/call back.*right/)],
  });
  expect(await house.details(missed.linkedid)).toContain('task to call back');
});
