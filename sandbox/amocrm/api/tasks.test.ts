import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const task = { text: 'Перезвонить', complete_till: 1_795_000_000 };
const path = '/api/v4/tasks';

let standIn: StandIn;
let nowSeconds: number;
let clientId: number;
beforeEach(async () => {
  nowSeconds = 1_794_000_000;
  standIn = await startStandIn({ now: () => nowSeconds * 1000 });
  clientId = (await standIn.addClient({ name: 'Иван', phones: ['+79120001122'] })).id;
});
afterEach(() => standIn.app.close());

const post = (...tasks: unknown[]) => standIn.api('POST', path, tasks);
const patch = (id: number, change: unknown) => standIn.api('PATCH', `${path}/${id}`, change);
const read = async (id: number) => (await standIn.api('GET', `${path}/${id}`)).body;
const addTask = async (more: object = {}): Promise<number> =>
  (await post({ ...task, ...more })).body._embedded.tasks[0].id;

/** What amoCRM refuses in a new task as well as in a change of one. */
const faults: [what: string, wrong: object, error: { code: string; path: string }][] = [
  ['null for a text', { text: null }, { code: 'NotNullable', path: 'text' }],
  ['a blank text', { text: ' ' }, { code: 'NotBlank', path: 'text' }],
  ['a number for a text', { text: 5 }, { code: 'InvalidType', path: 'text' }],
  ['a deadline in words', { complete_till: 'tomorrow' }, { code: 'InvalidType', path: 'complete_till' }],
  ['a deadline in milliseconds', { complete_till: 1_795_000_000_000 }, { code: 'TooHigh', path: 'complete_till' }],
  ['null for a deadline', { complete_till: null }, { code: 'NotNullable', path: 'complete_till' }],
  ['an unknown user', { responsible_user_id: 1 }, { code: 'NotSupportedChoice', path: 'responsible_user_id' }],
  ["a user's id as text", { responsible_user_id: '504141' }, { code: 'InvalidType', path: 'responsible_user_id' }],
  [
    'a robot that is responsible',
    { responsible_user_id: 0 },
    { code: 'NotSupportedChoice', path: 'responsible_user_id' },
  ],
  ['an unknown entity', { entity_id: 1, entity_type: 'contacts' }, { code: 'NotSupportedChoice', path: 'entity_id' }],
  [
    'an unknown type of entity',
    { entity_id: 1, entity_type: 'contact' },
    { code: 'NotSupportedChoice', path: 'entity_type' },
  ],
  ['an entity without its type', { entity_id: 1_000_001 }, { code: 'FieldMissing', path: 'entity_type' }],
  ['a type without an entity', { entity_type: 'leads' }, { code: 'FieldMissing', path: 'entity_id' }],
  ['an unknown type', { task_type_id: 77 }, { code: 'NotSupportedChoice', path: 'task_type_id' }],
  ['a negative duration', { duration: -1 }, { code: 'TooLow', path: 'duration' }],
  ['a number that says it is completed', { is_completed: 1 }, { code: 'InvalidType', path: 'is_completed' }],
  ['a result that is text', { result: 'Дозвонились' }, { code: 'InvalidType', path: 'result' }],
  ['a result without text', { result: {} }, { code: 'FieldMissing', path: 'result.text' }],
  ['an unknown field', { title: 'x' }, { code: 'FieldNotExpected', path: 'title' }],
];

describe('a new task', () => {
  it('is stored with all that was said, and answered with its id', async () => {
    const { status, body } = await post({
      ...task,
      ...{ responsible_user_id: 504142, entity_id: clientId, entity_type: 'contacts', task_type_id: 2, duration: 600 },
      ...{ created_by: 0, created_at: 1_793_000_000, request_id: 'mine' },
    });
    expect(status).toBe(200);
    const [{ id, request_id }] = body._embedded.tasks;
    expect(request_id).toBe('mine');
    expect(await read(id)).toEqual({
      ...{ id, ...task, responsible_user_id: 504142, entity_id: clientId, entity_type: 'contacts', group_id: 0 },
      ...{ task_type_id: 2, duration: 600, is_completed: false, result: [], account_id: expect.any(Number) },
      ...{ created_by: 0, updated_by: 0, created_at: 1_793_000_000, updated_at: 1_793_000_000 },
      _links: { self: { href: `${standIn.url}${path}/${id}` } },
    });
  });

  it('needs only a text and a deadline; then it is the current user’s, and nobody else’s concern', async () => {
    expect(await read(await addTask())).toMatchObject({
      ...{ responsible_user_id: 504141, created_by: 504141, entity_id: null, entity_type: null },
      ...{ task_type_id: 1, duration: 0, created_at: nowSeconds },
    });
  });

  it.each([
    ['company', 'companies', {}],
    ['lead', 'leads', { leads: ['Окна'] }],
    ['customer', 'customers', { customers: ['Постоянный'] }],
  ])('can belong to a %s', async (type, entity_type, deals) => {
    await standIn.addClient({ type: 'company', name: 'ООО', phones: ['+79120003344'], ...deals });
    const call = { direction: 'inbound', duration: 1, source: 'Ringflow', phone: '+79120003344' };
    const [{ entity_id }] = (await standIn.api('POST', '/api/v4/calls', [call])).body._embedded.calls;
    await addTask({ entity_id, entity_type });
    expect((await standIn.state()).tasks).toMatchObject([{ entityType: type, entityId: entity_id }]);
  });

  it('may be completed from the start', async () => {
    const id = await addTask({ is_completed: true, result: { text: 'Уже сделано' } });
    expect(await read(id)).toMatchObject({ is_completed: true, result: { text: 'Уже сделано' } });
  });

  it('is stored twice if it is sent twice', async () => {
    for (const _ of [1, 2]) await post(task);
    expect((await standIn.state()).tasks).toHaveLength(2);
  });

  it.each(faults)('is refused with %s, and the whole batch with it', async (_, wrong, error) => {
    expectRefusal(await post(task, { ...task, request_id: 'bad', ...wrong }), [error], 'bad');
    expect((await standIn.state()).tasks).toEqual([]);
  });

  it.each(['text', 'complete_till'])('is refused without %s', async (field) => {
    const { [field]: _, ...rest } = task as Record<string, unknown>;
    expectRefusal(await post(rest), [{ code: 'FieldMissing', path: field }]);
  });

  it.each([
    ['an empty list', '[]', 400],
    ['one object in place of a list', JSON.stringify(task), 400],
    ['nothing', '', 400],
    ['more than 250 tasks', JSON.stringify(Array.from({ length: 251 }, () => task)), 422],
  ])('is refused as %s', async (_, text, status) => {
    const answer = await standIn.api('POST', path, text);
    expect(answer).toMatchObject({ status, body: { status, detail: expect.any(String) } });
    expect(answer.contentType).toContain('application/problem+json');
  });
});

describe('a change', () => {
  let id: number;
  beforeEach(async () => {
    id = await addTask({ entity_id: clientId, entity_type: 'contacts' });
    nowSeconds += 60;
  });

  it('completes the task with a result and leaves the rest alone', async () => {
    const before = await read(id);
    const { status, body } = await patch(id, { is_completed: true, result: { text: 'Дозвонились' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, updated_at: nowSeconds });
    const changes = { is_completed: true, result: { text: 'Дозвонились' }, updated_at: nowSeconds };
    expect(await read(id)).toEqual({ ...before, ...changes });
  });

  it('can give it to somebody else for later', async () => {
    const change = { responsible_user_id: 504143, complete_till: 1_796_000_000, text: 'Потом', updated_by: 0 };
    await patch(id, change);
    expect(await read(id)).toMatchObject({ ...change, entity_id: clientId, is_completed: false });
  });

  it.each(faults)('is refused with %s', async (_, wrong, error) => {
    const before = await read(id);
    expectRefusal(await patch(id, { is_completed: true, ...wrong }), [error]);
    expect(await read(id)).toEqual(before);
  });

  it.each([
    ['a list', '[{"is_completed":true}]'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('is refused as %s', async (_, text) => {
    const answer = await patch(id, text);
    expect(answer).toMatchObject({ status: 400, body: { title: 'Bad Request', detail: expect.any(String) } });
    expect(answer.body).not.toHaveProperty('validation-errors');
  });

  it('of a task that is not there is refused', async () => {
    expect(await patch(77, { is_completed: true })).toMatchObject({ status: 404, body: { status: 404 } });
  });
});

describe('looking for tasks', () => {
  let ids: number[];
  beforeEach(async () => {
    ids = [
      await addTask({ complete_till: 1_795_000_003, created_at: 1_793_000_001 }),
      await addTask({ complete_till: 1_795_000_001, created_at: 1_793_000_003, responsible_user_id: 504142 }),
      await addTask({ complete_till: 1_795_000_002, created_at: 1_793_000_002, task_type_id: 2, is_completed: true }),
      await addTask({ complete_till: 1_795_000_001, entity_id: clientId, entity_type: 'contacts' }),
    ];
  });
  const places = async (query: string) => {
    const { status, body } = await standIn.api('GET', `${path}?${query}`);
    expect([200, 204]).toContain(status);
    const tasks: { id: number }[] = body?._embedded.tasks ?? [];
    return tasks.map(({ id }) => ids.indexOf(id));
  };

  it.each([
    ['', [0, 1, 2, 3]],
    ['filter[responsible_user_id]=504142', [1]],
    ['filter[responsible_user_id][]=504142&filter[responsible_user_id][]=504141', [0, 1, 2, 3]],
    ['filter[is_completed]=1', [2]],
    ['filter[is_completed]=0', [0, 1, 3]],
    ['filter[task_type]=2', [2]],
    ['filter[entity_type]=contacts', [3]],
    ['filter[entity_type]=leads', []],
    ['filter[is_completed]=0&filter[task_type]=2', []],
    ['filter[id]=77', []],
    ['order[id]=desc', [3, 2, 1, 0]],
    ['order[created_at]=asc', [0, 2, 1, 3]],
    ['order[complete_till]=asc', [1, 3, 2, 0]],
    ['order[complete_till]=desc', [0, 2, 3, 1]],
    ['limit=3&page=2', [3]],
    ['page=2', []],
  ])('with %j finds %j', async (query, found) => {
    expect(await places(query)).toEqual(found);
  });

  it('goes by ids, and by the entity together with its type', async () => {
    expect(await places(`filter[id][]=${ids[2]}&filter[id][]=${ids[0]}`)).toEqual([0, 2]);
    expect(await places(`filter[entity_type]=contacts&filter[entity_id]=${clientId}`)).toEqual([3]);
    expect(await places(`filter[entity_type]=leads&filter[entity_id]=${clientId}`)).toEqual([]);
  });

  it.each([
    ['filter[entity_id]=1000001', { code: 'FieldMissing', path: 'filter.entity_type' }],
    ['filter[entity_type]=contact', { code: 'NotSupportedChoice', path: 'filter.entity_type' }],
    ['filter[is_completed]=true', { code: 'NotSupportedChoice', path: 'filter.is_completed' }],
    ['filter[responsible_user_id]=me', { code: 'InvalidType', path: 'filter.responsible_user_id' }],
    ['filter[id][from]=1', { code: 'InvalidType', path: 'filter.id' }],
    ['page=0', { code: 'InvalidType', path: 'page' }],
  ])('with %j is refused', async (query, error) => {
    expectRefusal(await standIn.api('GET', `${path}?${query}`), [error]);
  });

  it('comes in pages, and announces a next one after every full page', async () => {
    expect((await standIn.api('GET', `${path}?limit=4`)).body._links.next.href).toContain('page=2');
    expect((await standIn.api('GET', `${path}?limit=5`)).body._links).not.toHaveProperty('next');
    expect((await standIn.api('GET', `${path}?limit=251`)).status).toBe(422);
  });

  it('answers a missing one with 204, and a path that is none with 404', async () => {
    expect(await standIn.api('GET', `${path}/77`)).toMatchObject({ status: 204, text: '' });
    expect((await standIn.api('GET', `${path}/x`)).status).toBe(404);
  });
});

describe('a task that a person completes by hand', () => {
  it('is completed without a result, by whoever is responsible, and stays so', async () => {
    const id = await addTask({ responsible_user_id: 504142 });
    nowSeconds += 60;
    await standIn.completeTask(id);
    const completed = { is_completed: true, result: [], updated_by: 504142, updated_at: nowSeconds };
    expect(await read(id)).toMatchObject(completed);
    nowSeconds += 60;
    await standIn.completeTask(id);
    expect(await read(id)).toMatchObject(completed);
  });

  it('must be there', async () => {
    await expect(standIn.completeTask(77)).rejects.toThrow('404');
  });
});

it('the state tells of tasks with the names of their clients', async () => {
  await addTask();
  const id = await addTask({ entity_id: clientId, entity_type: 'contacts', responsible_user_id: 504142 });
  await patch(id, { is_completed: true, result: { text: 'Дозвонились' } });
  const common = { text: task.text, completeTillSeconds: task.complete_till };
  expect((await standIn.state()).tasks).toEqual([
    {
      ...{ ...common, id: id - 1, responsibleUserId: 504141, isCompleted: false, resultText: null },
      ...{ entityType: null, entityId: null, entityName: null },
    },
    {
      ...{ ...common, id, responsibleUserId: 504142, isCompleted: true, resultText: 'Дозвонились' },
      ...{ entityType: 'contact', entityId: clientId, entityName: 'Иван' },
    },
  ]);
});

it('a contact tells when its first open task is due', async () => {
  const dueAt = async () => (await standIn.api('GET', `/api/v4/contacts/${clientId}`)).body.closest_task_at;
  expect(await dueAt()).toBeNull();
  const entity = { entity_id: clientId, entity_type: 'contacts' };
  const first = await addTask({ ...entity, complete_till: 1_795_000_001 });
  await addTask({ ...entity, complete_till: 1_795_000_002 });
  expect(await dueAt()).toBe(1_795_000_001);
  await standIn.completeTask(first);
  expect(await dueAt()).toBe(1_795_000_002);
});
