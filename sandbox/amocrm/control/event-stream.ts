import type { FastifyInstance } from 'fastify';
import type { Card, Client, CrmNote, CrmTask, Lead, UnsortedItem } from '../crm/crm-types.ts';
import type { FeedEvent } from '../crm/live-feed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { callView, cardView, clientView, leadView, taskView, unsortedView } from './state-view.ts';

const heartbeatMs = 15_000;
const maximumUnreadBytes = 1_000_000;

/** `GET /sandbox/events`: cards, calls, contacts, leads, tasks and requests as they happen. */
export function serveEventStream(app: FastifyInstance, context: StandInContext): void {
  app.get('/sandbox/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write('retry: 1000\n\n');

    const unsubscribe = context.feed.subscribe((event, data) => {
      raw.write(`event: ${event}\ndata: ${JSON.stringify(viewOf(context, event, data))}\n\n`);
      // Who doesn't read is let go and will read the state anew.
      if (raw.writableLength > maximumUnreadBytes) raw.destroy();
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs).unref();
    request.raw.socket.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
    });
  });
}

function viewOf({ store }: StandInContext, event: FeedEvent, data: object): object {
  if (event === 'call') return callView(store, data as CrmNote);
  if (event === 'contact') return clientView(store, data as Client);
  if (event === 'lead') return leadView(store, data as Lead);
  if (event === 'unsorted') return unsortedView(store, data as UnsortedItem);
  if (event === 'task') return taskView(store, data as CrmTask);
  if (event === 'card') return cardView(data as Card);
  return data;
}
