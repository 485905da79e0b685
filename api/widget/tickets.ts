import type { PeopleOf } from '../../activities/store/people.ts';
import { phonesOf } from '../../proto/employees.ts';
import { WidgetLanguage, WidgetState, WidgetTicket } from '../../proto/widget.ts';
import { strictObject } from '../route.ts';
import type { Api, ApiTools } from '../tools.ts';
import { demandConnected, visitorOf } from './visitor.ts';

const body = strictObject({ language: WidgetLanguage });

/** How it stands, and tickets for the stream of events: a browser can't send a token with that. */
export function serveTickets(app: Api, { widgetPages, publicUrl }: ApiTools, peopleOf: PeopleOf): void {
  const aboutVisitor = async (accountId: string, userId: number) => {
    const [extension = null] = phonesOf(userId, (await peopleOf(accountId)).employees);
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
