import cors from '@fastify/cors';
import type { LiveFeed } from '../live/feed.ts';
import type { Api, ApiTools } from '../tools.ts';
import { serveClicks } from './calls.ts';
import { createKnownPeople } from './people.ts';
import { serveStream } from './stream.ts';
import { serveTickets } from './tickets.ts';
import { guardVisitors } from './visitor.ts';

const allowedHeaders = ['x-auth-token', 'content-type', 'accept', 'accept-language', 'x-requested-with'];
const preflightHoldsSeconds = 600;

/**
 * What our widget inside amoCRM asks for. Who asks is proven by a token that amoCRM has signed; employee and account come
 * from it alone. Only pages of an account that is served here may ask.
 */
export async function serveWidget(app: Api, tools: ApiTools, feed: LiveFeed): Promise<void> {
  const isOfAccount = async (origin = '') => (await tools.accounts.findByAddress(origin)) !== undefined;
  const peopleOf = createKnownPeople(tools);
  const ofWidget = async (scope: Api) => {
    await scope.register(cors, {
      origin: async (origin: string | undefined) => ((await isOfAccount(origin)) ? (origin ?? false) : false),
      ...{ allowedHeaders, methods: ['GET', 'POST'], maxAge: preflightHoldsSeconds },
    });
    serveStream(scope, tools, feed, peopleOf);
    await scope.register(async (visitors: Api) => {
      guardVisitors(visitors as never, tools);
      serveTickets(visitors, tools, peopleOf);
      serveClicks(visitors, tools);
    });
  };
  await app.register(ofWidget, { prefix: '/widget' });
}
