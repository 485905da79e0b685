import { Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import type { Api, ApiTools } from '../tools.ts';
import { createKnownPeople, phonesOf } from './people.ts';
import { demandConnected, visitorOf } from './visitor.ts';

const about = {
  accountId: Type.String(),
  /** Of whoever asks; null: no phone is known to be theirs. */
  extension: nullable(Type.String()),
  settingsUrl: Type.String(),
};
const TicketAnswer = Type.Object({ ticket: Type.String(), expiresInMs: Type.Integer(), ...about });
const StateAnswer = Type.Object({ isConnected: Type.Boolean(), ...about });

/** How it stands, and tickets for the stream of events: a browser can't send a token with that. */
export function serveTickets(app: Api, tools: ApiTools): void {
  const { widgetPages, publicUrl } = tools;
  const peopleOf = createKnownPeople(tools);
  const aboutVisitor = async (accountId: string, userId: number) => {
    const [extension = null] = phonesOf(await peopleOf(accountId), userId);
    return { accountId, extension, settingsUrl: `${publicUrl}/` };
  };

  app.get('/state', { schema: { response: { 200: StateAnswer } } }, async (request) => {
    const { account, userId } = visitorOf(request);
    return { isConnected: account.state === 'connected', ...(await aboutVisitor(account.id, userId)) };
  });

  app.post('/tickets', { schema: { response: { 200: TicketAnswer } } }, async (request) => {
    const visitor = visitorOf(request);
    demandConnected(visitor);
    const { account, userId } = visitor;
    const ticket = await widgetPages.issueTicket({ accountId: account.id, userId });
    return { ticket, expiresInMs: widgetPages.ticketLifeMs, ...(await aboutVisitor(account.id, userId)) };
  });
}
