import type { Ticket } from '../../activities/store/widget-pages.ts';
import { OpenPage } from './open-page.ts';

const whose: Ticket = { accountId: 'a', userId: 11, language: 'ru' };

/** A page whose calls are none. @param isOpen whether its browser has shown signs of life */
function shared(isOpen: boolean) {
  const closed: string[] = [];
  const widgetPages = {
    ...{ signEveryMs: 1, open: async () => 'p', isOpen: async () => isOpen },
    noteClosed: async (_: unknown, id: string) => void closed.push(id),
  };
  const tools = {
    ...{ accounts: { find: async () => ({ state: 'connected' }) }, pbxs: { list: async () => [] } },
    ...{ clicks: { toldTo: async () => [] }, widgetCards: {}, widgetPages },
    ...{ feed: { calls: [], follow: () => () => undefined }, news: { follow: () => () => undefined } },
    peopleOf: async () => ({ employees: {}, inactiveUsers: [], names: new Map() }),
    lineOf: async () => ({ extension: null, state: 'unknown' }),
  };
  return { tools: tools as never, closed };
}

it('lasts no longer than amoCRM vouches for who is there', async () => {
  const { tools, closed } = shared(true);
  let told = '';
  for await (const chunk of new OpenPage(whose, tools, { beatEveryMs: 9_000, provenForMs: 50 }).stream) told += chunk;
  expect(told.match(/^event: .*/gm)).toEqual(['event: page', 'event: line', 'event: ping', 'event: whole']);
  expect(closed).toEqual([]); // it begins anew in a moment
  for await (const _ of new OpenPage(whose, tools).stream) break;
  while (closed.length === 0) await new Promise(setImmediate);
});

it('ends where the computer of its browser sleeps', async () => {
  const { tools, closed } = shared(false);
  const { stream } = new OpenPage(whose, tools, { beatEveryMs: 10, provenForMs: 9_000 });
  for await (const _ of stream);
  expect(closed).toEqual(['p']);
});
