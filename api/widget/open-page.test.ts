import { createWidgetPages, type Ticket } from '../../activities/store/widget-pages.ts';
import { OpenPage } from './open-page.ts';

const whose: Ticket = { accountId: 'a', userId: 11, language: 'ru' };

it('lasts no longer than amoCRM vouches for who is there', async () => {
  const closed: string[] = [];
  let told = '';
  const pages = {
    open: async () => 'p',
    isOpen: async () => true,
    noteClosed: async (_: unknown, id: string) => void closed.push(id),
  };
  const shared = {
    ...{ accounts: { find: async () => ({ state: 'connected' }) }, pbxs: { list: async () => [] } },
    ...{
      clicks: { toldTo: async () => [] },
      widgetCards: {},
      widgetPages: { ...createWidgetPages({} as never), ...pages },
    },
    ...{ feed: { calls: [], follow: () => () => undefined }, news: { follow: () => () => undefined } },
    peopleOf: async () => ({ employees: {}, inactiveUsers: [], names: new Map() }),
    lineOf: async () => ({ extension: null, state: 'unknown' }),
  };
  for await (const chunk of new OpenPage(whose, shared as never, 50).stream) told += chunk;
  expect(told.match(/^event: .*/gm)).toEqual(['event: page', 'event: line', 'event: ping', 'event: whole']);
  expect(closed).toEqual([]); // it begins anew in a moment
  for await (const _ of new OpenPage(whose, shared as never).stream) break;
  while (closed.length === 0) await new Promise(setImmediate);
});
