import { randomUUID } from 'node:crypto';
import { knownPhone, setUpAmocrmWorkshop } from '../../tests/rig/amocrm-workshop.ts';
import type { CardToShow } from './show-cards.ts';

const shop = setUpAmocrmWorkshop();

describe('cards', () => {
  const card = (userId: number, call: string = randomUUID()): CardToShow => ({
    kind: 'show-card',
    effect: `card:${userId}`,
    key: `${call}:card:${userId}`,
    phone: knownPhone,
    userId,
    extension: '101',
  });

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
