import type { Client } from '../../proto/client.ts';
import {
  type CreateContact,
  type CreateIncomingLead,
  type CreateLead,
  isKeyOfCall,
  type RegisterCall,
} from '../../proto/crm-action.ts';
import { type AlertTaskRequest, createAlertTask } from './alert-task.ts';
import { createCardsAtOnce } from './cards-at-once.ts';
import { readPipelines, readUsers } from './catalogue.ts';
import { type ChangeRequest, changeEntity } from './changes.ts';
import { ensureClient } from './contacts.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import type { CallRecord, LeadRecord } from './effects.ts';
import type { Verdict } from './exactly-once.ts';
import { registerAsIncomingLead, waitingLead } from './incoming-leads.ts';
import { ensureLead } from './leads.ts';
import { findOthersCall, type OthersCallRequest } from './others-call.ts';
import { withLink } from './recording-link.ts';
import { registerCall } from './register-call.ts';
import { type CardsShown, type ShowCardsRequest, showCards } from './show-cards.ts';
import { type CompleteTaskRequest, type CreateTaskRequest, completeTask, createTask } from './tasks.ts';

export type AmocrmActivities = ReturnType<typeof createAmocrmActivities>;

export interface RegisterCallRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  call: RegisterCall;
}

export type RegisterCallAnswer = { outcome: 'registered'; record: CallRecord } | { outcome: 'unknown-client' };

export interface CreateContactRequest {
  accountId: string;
  contact: CreateContact;
  limit?: BrakeLimit;
}

/** `hasNoPhone`: the account has no field for it. */
export type CreatedContact = Client & { hasNoPhone?: boolean };

export interface CreateLeadRequest {
  accountId: string;
  lead: CreateLead;
  limit?: BrakeLimit;
}

export type IncomingLeadRequest = RegisterCallRequest & { incomingLead: CreateIncomingLead; limit?: BrakeLimit };

export interface UncertainRequest {
  accountId: string;
  /** The ledger key of what is uncertain. */
  key: string;
  verdict: Verdict;
}

/**
 * What the workflows ask of amoCRM. All of it may be repeated at will: the ledger keeps what is made from existing
 * twice, the marks do so for cards.
 */
export function createAmocrmActivities(dependencies: AmocrmDependencies) {
  return {
    showCards: (request: ShowCardsRequest): Promise<CardsShown> => showCards(dependencies, request),

    showCardsAtOnce: createCardsAtOnce(dependencies),

    async registerCall({ accountId, key, call }: RegisterCallRequest): Promise<RegisterCallAnswer> {
      const told = await withLink(dependencies, accountId, call);
      const record = await registerCall(dependencies, accountId, key, told);
      return record ? { outcome: 'registered', record } : { outcome: 'unknown-client' };
    },

    async registerAsIncomingLead({
      accountId,
      key,
      call,
      incomingLead,
      limit,
    }: IncomingLeadRequest): Promise<CallRecord> {
      const told = await withLink(dependencies, accountId, call);
      return registerAsIncomingLead(dependencies, accountId, key, told, incomingLead, limit);
    },

    /** null: the client waits among the incoming leads, with a contact that nobody sees yet. */
    async createContact({ accountId, contact, limit }: CreateContactRequest): Promise<CreatedContact | null> {
      if (await waitingLead(dependencies, accountId, contact.phone)) return null;
      const { client, hasNoPhone } = await ensureClient(dependencies, accountId, contact, limit);
      return { ...client, ...(hasNoPhone && { hasNoPhone }) };
    },

    createLead: ({ accountId, lead, limit }: CreateLeadRequest): Promise<LeadRecord> =>
      ensureLead(dependencies, accountId, lead, limit),

    changeEntity: (request: ChangeRequest) => changeEntity(dependencies, request),

    createTask: (request: CreateTaskRequest) => createTask(dependencies, request),

    completeTask: (request: CompleteTaskRequest) => completeTask(dependencies, request),

    createAlertTask: (request: AlertTaskRequest) => createAlertTask(dependencies, request),

    /** Asks amoCRM who works there and which pipelines there are, for whoever changes settings. */
    async readCatalogue({ accountId }: { accountId: string }): Promise<void> {
      const client = dependencies.clientOf(accountId);
      await dependencies.catalogues.writeUsers(accountId, await readUsers(client));
      await dependencies.catalogues.writePipelines(accountId, await readPipelines(client));
    },

    /** Asks amoCRM who has this phone, unless it has said just before that nobody has. @returns null if nobody */
    askForClient: ({ accountId, phone }: { accountId: string; phone: string }): Promise<Client | null> =>
      dependencies.book.askUnlessAbsent(accountId, phone),

    /** What another product has made of a call; nothing is changed. @returns null if it stands nowhere */
    findOthersCall: (request: OthersCallRequest) => findOthersCall(dependencies, request),

    /** Takes a person's word on what amoCRM can't be asked about. Of anything but a call they have let it be looked for. */
    async settleUncertain({ key, verdict }: UncertainRequest): Promise<void> {
      if (verdict === 'send-again') await dependencies.ledger.resend(key);
      else if (isKeyOfCall(key)) await dependencies.ledger.settle(key, somewhere);
    },
  };
}

const somewhere: CallRecord = { noteId: null, entityType: null, entityId: null };
