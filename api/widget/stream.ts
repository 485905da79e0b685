import { Type } from 'typebox';
import type { PeopleOf } from '../../activities/store/people.ts';
import { ApiError } from '../errors.ts';
import { sendEvents } from '../event-stream.ts';
import type { LiveFeed } from '../live/feed.ts';
import { strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { createLines } from './line.ts';
import { createWidgetNews } from './news.ts';
import { OpenPage } from './open-page.ts';

const secret = Type.String({ minLength: 1, maxLength: 100 });
const query = strictObject({ ticket: secret });
const ofPage = strictObject({ page: secret });

/** Pages of one person. */
const mostPages = 20;

/** The stream of events of a page in amoCRM: cards of calls, clicks, the line. */
export function serveStream(app: Api, tools: ApiTools, feed: LiveFeed, peopleOf: PeopleOf): void {
  const news = createWidgetNews(tools.redis);
  const shared = { ...tools, feed, news, peopleOf, lineOf: createLines(tools, peopleOf) };
  const pagesOf = new Map<string, number>();
  app.addHook('preClose', async () => news.close());

  const count = (key: string, change: 1 | -1): void => {
    const left = (pagesOf.get(key) ?? 0) + change;
    if (left > 0) pagesOf.set(key, left);
    else pagesOf.delete(key);
  };

  // no token of amoCRM: each would be a request to amoCRM, too
  app.post('/pages/:page/signs', { schema: { params: ofPage } }, async (request, reply) => {
    if (!(await tools.widgetPages.noteAlive(request.params.page))) throw new ApiError(404, 'not-found');
    return reply.status(204).send();
  });

  app.get('/events', { schema: { querystring: query } }, async (request, reply) => {
    const whose = await tools.widgetPages.redeemTicket(request.query.ticket);
    if (!whose) throw new ApiError(401, 'ticket-refused');
    const key = `${whose.accountId} ${whose.userId}`;
    if ((pagesOf.get(key) ?? 0) >= mostPages) throw new ApiError(429, 'too-many-streams');
    count(key, 1);
    try {
      await Promise.all([feed.ready(), news.ready()]);
    } catch (error) {
      count(key, -1);
      throw error;
    }
    const page = new OpenPage(whose, shared);
    page.stream.once('close', () => count(key, -1));
    return sendEvents(reply, page.stream);
  });
}
