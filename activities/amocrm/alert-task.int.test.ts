import { randomUUID } from 'node:crypto';
import { setUpAmocrmWorkshop } from '../../tests/rig/amocrm-workshop.ts';

const workshop = setUpAmocrmWorkshop();

const request = () => ({
  ...{ accountId: workshop.accountId, key: randomUUID(), userId: 504142, text: 'Ringflow: trouble' },
  dueAtSeconds: Math.floor(Date.now() / 1000) + 3_600,
});
const tasks = async () => (await workshop.amocrm.state()).tasks.filter(({ text }) => text === 'Ringflow: trouble');

it('a task is made for the user, once, however often it is asked for', async () => {
  const wanted = request();
  const first = await workshop.activities.createAlertTask(wanted);
  expect(await workshop.activities.createAlertTask(wanted)).toEqual(first);
  expect(await tasks()).toEqual([expect.objectContaining({ id: first.taskId, responsibleUserId: 504142 })]);
});

it('one whose answer was lost is found again', async () => {
  await workshop.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'cut-after', times: 1 });
  const wanted = request();
  await workshop.insist(() => workshop.activities.createAlertTask(wanted));
  expect(await tasks()).toHaveLength(1);
});
