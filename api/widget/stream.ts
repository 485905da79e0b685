import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Ticket } from '../../activities/store/widget-pages.ts';
import { ApiError } from '../errors.ts';
import type { LiveFeed } from '../live/feed.ts';
import { strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import type { Viewer } from './card.ts';
import { createLines } from './line.ts';
import { createWidgetNews } from './news.ts';
import { createKnownPeople, phonesOf } from './people.ts';
import { Screen, type WidgetEvent } from './screen.ts';

const query = strictObject({ ticket: Type.String({ minLength: 1, maxLength: 100 }) });

/** Also how soon other phones of a person, and a line that is down, are noticed. */
const beatEveryMs = 10_000;
/** Whoever reads so slowly begins anew. */
const mostBytesBehind = 500_000;
/** Pages of one person. */
const mostStreams = 20;

/** The stream of events of a page in amoCRM: cards of calls, clicks, the line. */
export function serveStream(app: Api, tools: ApiTools, feed: LiveFeed): void {
  const { redis, widgetPages, widgetCards, clicks, pbxs, accounts } = tools;
  const news = createWidgetNews(redis);
  const peopleOf = createKnownPeople(tools);
  const lineOf = createLines(tools);
  const streamsOf = new Map<string, number>();
  app.addHook('preClose', async () => news.close());

  const viewerOf = async ({ accountId, userId }: Ticket): Promise<Viewer & { pbxIds: string[] }> => {
    const [people, all] = await Promise.all([peopleOf(accountId), pbxs.list()]);
    const pbxIds = all.flatMap((pbx) => (pbx.accountId === accountId ? [pbx.id] : []));
    return { userId, extensions: phonesOf(people, userId), pbxIds };
  };

  /** All that the page should show now. */
  const fill = async (screen: Screen, whose: Ticket, pbxIds: readonly string[]): Promise<void> => {
    const calls = feed.calls.filter(({ pbxId }) => pbxIds.includes(pbxId));
    const cards = await Promise.all(calls.map(({ pbxId, linkedid }) => widgetCards.read(pbxId, linkedid)));
    for (const [index, card] of cards.entries()) if (card) screen.noteCard(card, calls[index]);
    for (const click of await clicks.toldTo(whose.accountId, whose.userId)) screen.noteClick(click);
  };

  const follow = async (whose: Ticket): Promise<Readable> => {
    const key = `${whose.accountId} ${whose.userId}`;
    const open = streamsOf.get(key) ?? 0;
    if (open >= mostStreams) throw new ApiError(429, 'too-many-streams');
    await Promise.all([feed.ready(), news.ready()]);
    const { pbxIds, ...viewer } = await viewerOf(whose);
    const { stream, tell, end } = eventStream();
    const screen = new Screen(viewer, whose.language, tell);
    const callOf = (pbxId: string, linkedid: string) =>
      feed.calls.find((call) => call.pbxId === pbxId && call.linkedid === linkedid);
    const leaveNews = news.follow({
      onCard: (card) => pbxIds.includes(card.pbxId) && screen.noteCard(card, callOf(card.pbxId, card.linkedid)),
      onClick: (change) =>
        change.accountId === whose.accountId && change.userId === whose.userId && screen.noteClick(change.click),
      onLost: end,
    });
    const leaveCalls = feed.follow({
      onChange: ({ pbxId, linkedid, entry }) => {
        if (!pbxIds.includes(pbxId)) return;
        if (entry) screen.noteCall(entry.call);
        else screen.noteOver(`${pbxId}:${linkedid}`);
      },
      onLost: end,
    });
    const pageId = randomUUID();
    const beat = async (): Promise<void> => {
      if ((await accounts.find(whose.accountId)) === undefined) return end();
      await widgetPages.noteOpen(whose, pageId);
      const now = await viewerOf(whose);
      if (screen.see(now)) await fill(screen, whose, pbxIds);
      screen.noteLine(await lineOf(now.pbxIds, now.extensions, whose.language));
      tell({ event: 'ping', data: {} });
    };
    streamsOf.set(key, open + 1);
    const timer = setInterval(() => void beat().catch(end), beatEveryMs);
    stream.once('close', () => {
      clearInterval(timer);
      leaveNews();
      leaveCalls();
      streamsOf.set(key, (streamsOf.get(key) ?? 1) - 1);
      if (streamsOf.get(key) === 0) streamsOf.delete(key);
      void widgetPages.noteClosed(whose, pageId).catch(() => undefined); // it is forgotten by itself
    });
    void beat()
      .then(() => fill(screen, whose, pbxIds))
      .then(() => tell({ event: 'whole', data: {} }))
      .catch(end);
    return stream;
  };

  app.get('/events', { schema: { querystring: query } }, async (request, reply) => {
    const whose = await widgetPages.redeemTicket(request.query.ticket);
    if (!whose) throw new ApiError(401, 'ticket-refused');
    const stream = await follow(whose);
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store, no-transform') // what a proxy packs it holds back
      .header('x-accel-buffering', 'no')
      .send(stream);
  });
}

function eventStream() {
  const stream = new Readable({ read: () => undefined });
  let isOver = false;
  return {
    stream,
    tell: ({ event, data }: WidgetEvent): void => {
      if (isOver || stream.destroyed) return;
      stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (stream.readableLength > mostBytesBehind) stream.destroy();
    },
    end: (): void => {
      if (!isOver) stream.push(null);
      isOver = true;
    },
  };
}
