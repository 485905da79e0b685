import { expectRefusal, type StandIn, startStandIn } from '../testing/start-stand-in.ts';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn();
});
afterEach(() => standIn.app.close());

const event = { type: 'phone_call', phone_number: '+79161234567', users: [504141] };
const post = (...add: unknown[]) => standIn.api('POST', '/api/v2/events', { add });

describe('a card', () => {
  it('pops up at the users who are named, with the client of the phone', async () => {
    const { status, body } = await post({ ...event, users: [504141, '504143'] });
    expect(status).toBe(200);
    expect(body._embedded.items).toMatchObject([{ element_type: 1, phone_number: '+79161234567' }]);
    const { cards } = await standIn.state();
    expect(cards).toMatchObject([
      { userId: 504141, entity: { name: 'Иван Петров' } },
      { userId: 504143, entity: { name: 'Иван Петров' } },
    ]);
  });

  it('of a stranger has no client', async () => {
    const { body } = await post({ ...event, phone_number: '+79990000000' });
    expect(body._embedded.items).toMatchObject([{ element_id: null, element_type: null }]);
    expect((await standIn.state()).cards).toMatchObject([{ entity: null }]);
  });

  it('without users pops up at everybody: the mistake that must be seen', async () => {
    const { users: _, ...toAll } = event;
    await post(toAll);
    const { cards, users } = await standIn.state();
    expect(cards.map(({ userId }) => userId)).toEqual(users.map(({ id }) => id));
  });

  it('may come as a form with bracket keys', async () => {
    const form = 'add[0][type]=phone_call&add[0][phone_number]=%2B79161234567&add[0][users][]=504142';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await standIn.api('POST', '/api/v2/events/', form, headers)).status).toBe(200);
    expect((await standIn.state()).cards).toMatchObject([{ userId: 504142, phone: '+79161234567' }]);
  });

  it('for a user that the account does not have is refused', async () => {
    const answer = await post(event, { ...event, users: [504141, 999_999] });
    expectRefusal(answer, [{ code: 'NotSupportedChoice', path: 'users.1' }], '1');
    expect((await standIn.state()).cards).toEqual([]);
  });

  it.each([
    ['no type', { ...event, type: undefined }],
    ['another type', { ...event, type: 'email' }],
    ['no phone', { ...event, phone_number: undefined }],
    ['a phone that is a number', { ...event, phone_number: 79161234567 }],
    ['a null', { ...event, users: null }],
    ['an empty list of users', { ...event, users: [] }],
    ['an unknown field', { ...event, text: 'x' }],
  ])('with %s is refused', async (_, what) => {
    expect(await post(what)).toMatchObject({ status: 400, body: { status: 400, title: 'Bad Request' } });
    expect((await standIn.state()).cards).toEqual([]);
  });
});
