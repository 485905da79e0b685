import { tasksOf } from './rig/belongings.ts';
import { strangersNumber, wholeCall } from './rig/calls.ts';
import { type Installation, installRunning } from './rig/installation.ts';

jest.setTimeout(120_000);

/** Whoever called in vain is called back: one task for each client, done when somebody has talked with them. */

let house: Installation;

beforeAll(async () => {
  ({ house } = await installRunning());
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const call = (scenario: string, clientNumber: string) => wholeCall(house, scenario, clientNumber);
const tasks = async (number: string) => tasksOf(await house.amocrm.state(), number);

it('a missed call makes a task for whose phone rang, on the client, due in an hour', async () => {
  const number = strangersNumber();
  const before = Math.floor(Date.now() / 1000);
  await call('in-direct-no-answer', number);
  const [task, ...others] = await tasks(number);
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
  expect(await tasks(number)).toHaveLength(1);
});

it.each([
  ['called back', 'out-answered'],
  ['calls again and somebody answers', 'in-direct-answered'],
])('the task is done when the client is or %s', async (_, scenario) => {
  const number = strangersNumber();
  await call('in-direct-no-answer', number);
  await call('out-no-answer', number);
  expect(await tasks(number)).toMatchObject([{ isCompleted: false }]);
  await call(scenario, number);
  expect(await tasks(number)).toMatchObject([
    { isCompleted: true, resultText: expect.stringContaining('Разговор состоялся') },
  ]);
});

it('a task that a person has closed is not opened again; the next missed call makes another', async () => {
  const number = strangersNumber();
  await call('in-direct-no-answer', number);
  const [task] = await tasks(number);
  await house.amocrm.completeTask(task?.id ?? 0);
  await call('in-caller-cancel', number);
  expect((await tasks(number)).map(({ isCompleted }) => isCompleted).sort()).toEqual([false, true]);
});

it('a task that amoCRM refuses for good does not hold up the call, and the trouble is told', async () => {
  const number = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'status', status: 403 });
  const linkedid = await call('in-direct-no-answer', number);
  expect((await house.journal(linkedid))?.registration).toMatchObject({
    state: 'registered',
    troubles: [expect.stringMatching(/call back.*right/)],
  });
  expect(await house.details(linkedid)).toContain('task to call back');
});
