import { randomUUID } from 'node:crypto';
import { knownPhone, setUpAmocrmWorkshop } from '../../tests/rig/amocrm-workshop.ts';
import type { CardToShow } from './show-cards.ts';

const shop = setUpAmocrmWorkshop();

const card = (userId: number, call: string = randomUUID()): CardToShow => ({
  kind: 'show-card',
  effect: `card:${userId}`,
  key: `${call}:card:${userId}`,
  phone: knownPhone,
  userId,
  extension: '101',
});

describe('cards', () => {
  it('go to the named users in one request', async () => {
    await shop.activities.showCards({ accountId: shop.accountId, cards: [card(504141), card(504142)] });
    const { cards, requestCount } = await shop.amocrm.state();
    expect(cards.map(({ userId }) => userId)).toEqual([504141, 504142]);
    expect(requestCount).toBe(1);
  });

  it('are shown once, also to whoever tries again after a crash', async () => {
    const [first, second] = [card(504141), card(504142)];
    await shop.activities.showCards({ accountId: shop.accountId, cards: [first] });
    await shop.activities.showCards({ accountId: shop.accountId, cards: [first, second] });
    await shop.activities.showCards({ accountId: shop.accountId, cards: [first, second] });
    expect((await shop.amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504141, 504142]);
  });

  it('that amoCRM could not show are shown by the next try', async () => {
    const cards = [card(504141)];
    await shop.amocrm.fault({ match: 'POST /api/v2/events', kind: 'status', status: 500 });
    await expect(shop.activities.showCards({ accountId: shop.accountId, cards })).rejects.toMatchObject({
      code: 'ServerTrouble',
    });
    await shop.activities.showCards({ accountId: shop.accountId, cards });
    expect((await shop.amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504141]);
  });

  it('for nobody are no request: amoCRM would show them to everybody', async () => {
    await shop.activities.showCards({ accountId: shop.accountId, cards: [] });
    expect((await shop.amocrm.state()).requestCount).toBe(0);
  });

  it('go to our widget where somebody has it open, and to amoCRM for the others', async () => {
    const { accountId } = shop;
    const inWidget = { pbxId: 'main', linkedid: randomUUID() };
    const anna = { accountId, userId: 504141, language: 'ru' as const };
    const page = await shop.widgetPages.open(anna);
    await shop.activities.showCards({ accountId, inWidget, cards: [card(504141), card(504142)] });
    expect((await shop.amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504142]);
    expect(await shop.widgetCards.read('main', inWidget.linkedid)).toMatchObject({
      users: [504141],
      client: { entityType: 'contacts', name: expect.any(String) },
    });
    await shop.widgetPages.noteClosed(anna, page);
    await shop.activities.showCards({ accountId, inWidget, cards: [card(504141)] });
    expect((await shop.amocrm.state()).cards.map(({ userId }) => userId)).toEqual([504142, 504141]);
  });

  it('of our widget get their client later if amoCRM does not answer at once', async () => {
    const { accountId } = shop;
    const inWidget = { pbxId: 'main', linkedid: randomUUID() };
    const cards = [card(504141)];
    const anna = { accountId, userId: 504141, language: 'ru' as const };
    const page = await shop.widgetPages.open(anna);
    await shop.forgetClients();
    await shop.amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'status', status: 500 });
    await expect(shop.activities.showCards({ accountId, inWidget, cards })).rejects.toMatchObject({
      code: 'ServerTrouble',
    });
    expect(await shop.widgetCards.read('main', inWidget.linkedid)).toEqual({ ...inWidget, users: [504141] });
    await shop.activities.showCards({ accountId, inWidget, cards });
    expect(await shop.widgetCards.read('main', inWidget.linkedid)).toMatchObject({ client: expect.anything() });
    await shop.widgetPages.noteClosed(anna, page);
  });
});

describe('cards that are tried within the task of their call', () => {
  const users = async () => (await shop.amocrm.state()).cards.map(({ userId }) => userId);
  const slow = (times: number) =>
    shop.amocrm.fault({ match: 'POST /api/v2/events', kind: 'delay', delayMs: 1_000, times });

  it('are shown, and nobody has to go on; after a crash nobody shows them again', async () => {
    const request = { accountId: shop.accountId, cards: [card(504141), card(504142)] };
    const atOnce = () => shop.activities.showCardsAtOnce(request);
    expect(await atOnce()).toEqual({ shown: [504141, 504142], shownBefore: [], hasMore: false });
    expect(await atOnce()).toEqual({ shown: [], shownBefore: [504141, 504142], hasMore: false });
    expect(await users()).toEqual([504141, 504142]);
  });

  it('are left to be gone on with when amoCRM has no place for them right now', async () => {
    await shop.amocrm.fault({ match: 'GET /api/v4/contacts', kind: 'delay', delayMs: 1_000, times: 6 });
    const sixth = Promise.withResolvers<void>();
    const leaves = async () => undefined;
    await shop.happensDuring('GET /api/v4/contacts', leaves, leaves, leaves, leaves, leaves, async () =>
      sixth.resolve(),
    );
    const others = Array.from({ length: 6 }, (_, nth) =>
      shop.activities.askForClient({ accountId: shop.accountId, phone: `7903000000${nth}` }),
    );
    await sixth.promise;
    const request = { accountId: shop.accountId, cards: [card(504141)] };
    expect(await shop.activities.showCardsAtOnce(request)).toEqual({ shown: [], shownBefore: [], hasMore: true });
    await Promise.all(others);
    await shop.activities.showCards(request);
    expect((await users()).filter((userId) => userId === 504141)).toHaveLength(1);
  });

  it('are left, unmarked, when amoCRM could not show them', async () => {
    const request = { accountId: shop.accountId, cards: [card(504141)] };
    await shop.amocrm.fault({ match: 'POST /api/v2/events', kind: 'status', status: 500 });
    await expect(shop.activities.showCardsAtOnce(request)).rejects.toMatchObject({ code: 'ServerTrouble' });
    expect(await shop.activities.showCardsAtOnce(request)).toMatchObject({ shown: [504141], hasMore: false });
  });

  it('stand in our widget at once, and the client is named by whoever goes on', async () => {
    const { accountId } = shop;
    const inWidget = { pbxId: 'main', linkedid: randomUUID() };
    const anna = { accountId, userId: 504141, language: 'ru' as const };
    const page = await shop.widgetPages.open(anna);
    const request = { accountId, inWidget, cards: [card(504141), card(504142)] };
    await shop.forgetClients();
    expect(await shop.activities.showCardsAtOnce(request)).toMatchObject({ shown: [504141, 504142], hasMore: true });
    expect(await shop.widgetCards.read('main', inWidget.linkedid)).toEqual({ ...inWidget, users: [504141] });
    await shop.activities.showCards(request);
    expect(await shop.widgetCards.read('main', inWidget.linkedid)).toMatchObject({ client: expect.anything() });
    expect(await users()).toEqual([504142]);
    const next = { accountId, inWidget: { ...inWidget, linkedid: randomUUID() }, cards: [card(504141)] };
    expect(await shop.activities.showCardsAtOnce(next)).toMatchObject({ shown: [504141], hasMore: false }); // by now known
    expect(await shop.widgetCards.read('main', next.inWidget.linkedid)).toMatchObject({ client: expect.anything() });
    await shop.widgetPages.noteClosed(anna, page);
  });

  it('after a crash get their client in our widget all the same', async () => {
    const { accountId } = shop;
    const inWidget = { pbxId: 'main', linkedid: randomUUID() };
    const anna = { accountId, userId: 504141, language: 'ru' as const };
    const page = await shop.widgetPages.open(anna);
    const request = { accountId, inWidget, cards: [card(504141)] };
    await shop.activities.showCardsAtOnce(request); // and the worker dies before it could tell
    expect(await shop.activities.showCardsAtOnce(request)).toEqual({
      ...{ shown: [], shownBefore: [], hasMore: true },
    });
    await shop.widgetPages.noteClosed(anna, page);
  });

  it('hold up nobody when amoCRM takes long: who goes on waits for its answer, and shows them once', async () => {
    await slow(1);
    const request = { accountId: shop.accountId, cards: [card(504141)] };
    expect(await shop.activities.showCardsAtOnce(request)).toMatchObject({ shown: [], hasMore: true });
    expect(await users()).toEqual([]);
    await shop.activities.showCards(request);
    expect(await users()).toEqual([504141]);
  });

  it.each([
    ['by the same process', () => undefined, 'TooSlow'],
    ['by another one', () => shop.useToken(shop.amocrm.token), 'RequestUnderWay'],
  ])(
    'that amoCRM does not answer are shown by whoever goes on, %s, if they are still wanted',
    async (_, goTo, code) => {
      await shop.amocrm.fault({ match: 'POST /api/v2/events', kind: 'hang', times: 1 });
      const request = { accountId: shop.accountId, cards: [card(504141)] };
      expect(await shop.activities.showCardsAtOnce(request)).toMatchObject({ shown: [], hasMore: true });
      expect(await shop.activities.showCardsAtOnce(request)).toMatchObject({ shown: [], hasMore: true }); // of the task anew
      goTo();
      await expect(shop.activities.showCards(request)).rejects.toMatchObject({ code }); // then Temporal knows whether
      expect(await users()).toEqual([]);
      expect(await shop.activities.showCards(request)).toEqual({ takenForShown: [] });
      expect(await users()).toEqual([504141]);
    },
  );

  it('do not hold up more tasks than a few when amoCRM is slow', async () => {
    await slow(8);
    const eight = Array.from({ length: 8 }, () =>
      shop.activities.showCardsAtOnce({ accountId: shop.accountId, cards: [card(504142)] }),
    );
    const ninth = shop.activities.showCardsAtOnce({ accountId: shop.accountId, cards: [card(504141)] });
    const which = (name: string, tried: Promise<unknown>) => tried.then(() => name);
    expect(await Promise.race([...eight.map((one) => which('one of eight', one)), which('the ninth', ninth)])).toBe(
      'the ninth',
    );
    expect(await ninth).toEqual({ shown: [], shownBefore: [], hasMore: true });
    await Promise.all(eight);
    await shop.amocrm.clearFaults();
    const later = { accountId: shop.accountId, cards: [card(504141)] };
    await shop.activities.showCards(later);
    expect(await users()).toContain(504141);
  });
});
