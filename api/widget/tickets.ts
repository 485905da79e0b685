import { WidgetLanguage, WidgetState, WidgetTicket } from '../../proto/widget.ts';
import { strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { createKnownPeople, phonesOf } from './people.ts';
import { demandConnected, visitorOf } from './visitor.ts';

const body = strictObject({ language: WidgetLanguage });

/** How it stands, and tickets for the stream of events: a browser can't send a token with that. */
export function serveTickets(app: Api, tools: ApiTools): void {
  const { widgetPages, publicUrl } = tools;
  const peopleOf = createKnownPeople(tools);
  const aboutVisitor = async (accountId: string, userId: number) => {
    const [extension = null] = phonesOf(await peopleOf(accountId), userId);
    return { accountId, extension, settingsUrl: `${publicUrl}/` };
  };

  app.get('/state', { schema: { response: { 200: WidgetState } } }, async (request) => {
    const { account, userId } = visitorOf(request);
    return { isConnected: account.state === 'connected', ...(await aboutVisitor(account.id, userId)) };
  });

  app.post('/tickets', { schema: { body, response: { 200: WidgetTicket } } }, async (request) => {
    const visitor = visitorOf(request);
    demandConnected(visitor);
    const { account, userId } = visitor;
    const ticket = await widgetPages.issueTicket({ accountId: account.id, userId, language: request.body.language });
    return { ticket, expiresInMs: widgetPages.ticketLifeMs, ...(await aboutVisitor(account.id, userId)) };
  });
}
