import { randomUUID } from 'node:crypto';
import { setUpAmocrmWorkshop, strangerPhone, waitFor } from '../../tests/rig/amocrm-workshop.ts';

jest.setTimeout(20_000);

const shop = setUpAmocrmWorkshop();

/** A client of amoCRM whose calls are missed and answered. */
async function client() {
  const phone = strangerPhone();
  const entity = { entityType: 'contacts', entityId: await shop.amocrm.addContact(phone) };
  const { accountId } = shop;
  /** Another call in vain, each with a text of its own: it says how long the client waited. */
  const miss = (waitedSeconds: number) => {
    const dueAtSeconds = 1_900_000_000 + waitedSeconds;
    const task = { kind: 'create-task' as const, phone, text: `Waited ${waitedSeconds} s`, dueAtSeconds };
    const request = { accountId, key: randomUUID(), entity, task, endedAtMs: Date.now() };
    return () => shop.activities.createTask(request);
  };
  const talk = () => {
    const task = { kind: 'complete-task' as const, phone, resultText: 'Talked' };
    const request = { accountId, key: randomUUID(), task };
    return () => shop.activities.completeTask(request);
  };
  return { phone, entity, miss, talk };
}

const tasks = async () => (await shop.amocrm.state()).tasks;

it.each(['cut-after', 'empty-after'] as const)(
  'ten calls in vain at once make one task, whichever of them finds the one whose answer was lost (%s)',
  async (kind) => {
    const { miss } = await client();
    const [first, ...others] = Array.from({ length: 10 }, (_, index) => miss(index));
    await shop.amocrm.fault({ match: 'POST /api/v4/tasks', kind });
    await expect(first?.()).rejects.toMatchObject({ hadNoEffect: false });
    const found = await Promise.all(others.map((call) => shop.insist(() => waitFor(call))));
    const [task, ...doubles] = await tasks();
    expect(doubles).toEqual([]);
    expect([await first?.(), ...found]).toEqual(Array(10).fill({ taskId: task?.id }));
  },
);

describe('a task whose client is deleted while it is on its way', () => {
  it('is made once with who else has the number, though that answer is lost', async () => {
    const { phone, entity, miss } = await client();
    const another = await shop.amocrm.addContact(phone);
    await shop.happensDuring(
      'POST /api/v4/tasks',
      () => shop.amocrm.deleteContact(entity.entityId),
      () => shop.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'cut-after' }),
    );
    await expect(miss(7)()).rejects.toMatchObject({ hadNoEffect: false });
    const { taskId } = await shop.insist(miss(7));
    expect(await tasks()).toMatchObject([{ id: taskId, entityType: 'contact', entityId: another }]);
  });

  it('is told not to be made if nobody else has it', async () => {
    const { entity, miss } = await client();
    await shop.happensDuring('POST /api/v4/tasks', () => shop.amocrm.deleteContact(entity.entityId));
    await expect(miss(7)()).rejects.toMatchObject({
      isHopeless: true,
      message: `amoCRM has no contacts ${entity.entityId} any more, and nobody with this phone to put it on instead.`,
    });
    expect(await tasks()).toEqual([]);
  });
});

describe('a task whose maker never heard that it was made', () => {
  const orphan = async () => {
    const { miss, talk } = await client();
    await shop.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'cut-after' });
    await expect(miss(7)()).rejects.toMatchObject({ hadNoEffect: false });
    return talk();
  };

  it('is done when the client has been talked with', async () => {
    const talk = await orphan();
    await shop.insist(talk);
    expect(await tasks()).toMatchObject([{ isCompleted: true, resultText: 'Talked' }]);
  });

  it('and that amoCRM does not let us look for is told, and holds up nobody', async () => {
    const talk = await orphan();
    await shop.amocrm.fault({ match: 'GET /api/v4/tasks', kind: 'status', status: 403 });
    await expect(talk()).rejects.toMatchObject({
      code: 'Uncertain',
      message: expect.stringMatching(/whether the task stands in amoCRM(?!.*signal)/), // nobody waits for one
    });
  });

  it('and that was not made in the end does not hold up the call of whoever was talked with', async () => {
    const { miss, talk } = await client();
    await shop.amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'cut-before' });
    await expect(miss(7)()).rejects.toMatchObject({ hadNoEffect: false });
    expect(await shop.insist(talk())).toEqual({ taskId: null });
    expect(await tasks()).toEqual([]);
  });
});
