import type { FastifyInstance } from 'fastify';
import type { ChangedClient } from '../../sandbox/amocrm/control/client-hands.ts';
import type { Acceptance, ChangedLead, LeadByHand } from '../../sandbox/amocrm/control/lead-hands.ts';
import type { stateView } from '../../sandbox/amocrm/control/state-view.ts';
import { createAmocrmStandIn } from '../../sandbox/amocrm/create-stand-in.ts';
import type { Fault } from '../../sandbox/amocrm/gate/faults.ts';
import type { HookPatience } from '../../sandbox/amocrm/hooks/hook-sender.ts';
import type { Integration } from '../../sandbox/amocrm/oauth/oauth-store.ts';

export type AmocrmState = ReturnType<typeof stateView>;

/** amoCRM's stand-in on a free port, with what tests ask of it. */
export interface Amocrm {
  url: string;
  token: string;
  state(): Promise<AmocrmState>;
  /** Resolves with the first state that fits; looks anew whenever something happens there. */
  until(fits: (state: AmocrmState) => boolean, what: string): Promise<AmocrmState>;
  fault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /**
   * @param name the phone if not given
   * @returns its id
   */
  addContact(phone: string, name?: string, responsibleUserId?: number): Promise<number>;
  deleteContact(contactId: number): Promise<void>;
  setPhones(contactId: number, phones: string[]): Promise<void>;
  /** As a person does in amoCRM. */
  completeTask(taskId: number): Promise<void>;
  /** A lead as a person enters it; resolves with its id. */
  addLead(lead: LeadByHand): Promise<number>;
  /** As a person moves, gives away or tags it; to `statusId` 142 it is won, to 143 lost. */
  changeLead(leadId: number, change: ChangedLead): Promise<void>;
  deleteLead(leadId: number): Promise<void>;
  acceptUnsorted(uid: string, acceptance?: Acceptance): Promise<void>;
  declineUnsorted(uid: string): Promise<void>;
  /** Takes a user the access, or gives it back. */
  setUserActive(userId: number, isActive: boolean): Promise<void>;
  /** The leads that stand there go to the first stage that is left. */
  deleteStage(pipelineId: number, statusId: number): Promise<void>;
  deletePipeline(pipelineId: number): Promise<void>;
  /** As a person changes a contact or a company; phones are replaced, tags added. */
  changeClient(clientId: number, change: ChangedClient): Promise<void>;
  deleteClient(clientId: number): Promise<void>;
  /** The paid option without which filters of lists are not heeded. */
  setApiFilterEnabled(isApiFilterEnabled: boolean): Promise<void>;
  /** False: as if somebody had deleted the field that holds phones. */
  setPhoneField(hasPhoneField: boolean): Promise<void>;
  /** So long neither a search nor a call finds a client who came through the API. */
  setSearchLag(searchLagMs: number): Promise<void>;
  /** Makes webhooks wait less than amoCRM's minutes. */
  setHookPatience(patience: HookPatience): Promise<void>;
  oauth: AmocrmOauth;
  close(): Promise<void>;
}

/** What is done to an integration in amoCRM. */
interface AmocrmOauth {
  set(integration: Integration): Promise<void>;
  /** All access tokens that it gave end now. */
  expire(): Promise<void>;
  /** An administrator withdraws the access. */
  revoke(): Promise<void>;
  /** Somebody installs the widget. */
  install(): Promise<void>;
  /** Somebody switches the integration off. */
  off(): Promise<void>;
  /** A code as a person's consent gives it. */
  code(clientId: string): Promise<string>;
  /** All secrets that it ever gave. */
  issued(): Promise<{ codes: string[]; refreshTokens: string[]; accessTokens: string[] }>;
}

const patienceMs = 90_000;

/** @param options more requests a second than amoCRM takes, where a test has many to make */
export async function startAmocrm(options: { requestsPerSecond?: number } = {}): Promise<Amocrm> {
  const token = 'test-token-that-must-not-leak';
  const app = createAmocrmStandIn({ accessToken: token, seed: true, ...options });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const state = () => inject<AmocrmState>(app, 'GET', '/sandbox/state');
  return {
    url,
    token,
    state,
    until: (fits, what) => until(url, state, fits, what),
    fault: (fault) => inject(app, 'POST', '/sandbox/faults', fault),
    clearFaults: () => inject(app, 'DELETE', '/sandbox/faults'),
    addContact(phone, name = phone, responsibleUserId) {
      const owner = responsibleUserId !== undefined && { responsibleUserId };
      return add(app, '/sandbox/contacts', { name, phones: [phone], ...owner });
    },
    deleteContact: (contactId) => inject(app, 'DELETE', `/sandbox/contacts/${contactId}`),
    setPhones: (contactId, phones) => inject(app, 'PUT', `/sandbox/contacts/${contactId}/phones`, phones),
    completeTask: (taskId) => inject(app, 'PUT', `/sandbox/tasks/${taskId}/completed`),
    addLead: (lead) => add(app, '/sandbox/leads', lead),
    changeLead: (leadId, change) => inject(app, 'PATCH', `/sandbox/leads/${leadId}`, change),
    deleteLead: (leadId) => inject(app, 'DELETE', `/sandbox/leads/${leadId}`),
    acceptUnsorted: (uid, acceptance = {}) => inject(app, 'POST', `/sandbox/unsorted/${uid}/accept`, acceptance),
    declineUnsorted: (uid) => inject(app, 'DELETE', `/sandbox/unsorted/${uid}`),
    setUserActive: (userId, isActive) => inject(app, 'PUT', `/sandbox/users/${userId}/active`, { isActive }),
    deleteStage: (pipelineId, statusId) =>
      inject(app, 'DELETE', `/sandbox/pipelines/${pipelineId}/statuses/${statusId}`),
    deletePipeline: (pipelineId) => inject(app, 'DELETE', `/sandbox/pipelines/${pipelineId}`),
    changeClient: (clientId, change) => inject(app, 'PATCH', `/sandbox/contacts/${clientId}`, change),
    deleteClient: (clientId) => inject(app, 'DELETE', `/sandbox/contacts/${clientId}`),
    setApiFilterEnabled: (isApiFilterEnabled) => inject(app, 'PUT', '/sandbox/account', { isApiFilterEnabled }),
    setPhoneField: (hasPhoneField) => inject(app, 'PUT', '/sandbox/account', { hasPhoneField }),
    setSearchLag: (searchLagMs) => inject(app, 'PUT', '/sandbox/account', { searchLagMs }),
    setHookPatience: (patience) => inject(app, 'PUT', '/sandbox/webhooks/patience', patience),
    oauth: oauthOf(app),
    close: () => app.close(),
  };
}

async function add(app: FastifyInstance, path: string, body: object): Promise<number> {
  return (await inject<{ id: number }>(app, 'POST', path, body)).id;
}

function oauthOf(app: FastifyInstance): AmocrmOauth {
  const act = (what: string) => () => inject<void>(app, 'POST', `/sandbox/oauth/${what}`);
  return {
    set: (integration) => inject(app, 'PUT', '/sandbox/oauth/integration', integration),
    expire: act('expire'),
    revoke: act('revoke'),
    install: async () => {
      // its answer names the host that it was asked at
      await fetch(`${app.listeningOrigin}/sandbox/oauth/install`, { method: 'POST' });
    },
    off: act('off'),
    async code(clientId) {
      const page = await (await fetch(`${app.listeningOrigin}/oauth?client_id=${clientId}`)).text();
      const allowed = await fetch(new URL(linkOn(page, 'allow'), app.listeningOrigin), { redirect: 'manual' });
      return new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? '';
    },
    issued: () => inject(app, 'GET', '/sandbox/oauth'),
  };
}

/** Where a link of amoCRM's page of consent leads. */
export function linkOn(page: string, id: 'allow' | 'deny'): string {
  return new RegExp(`id="${id}" href="([^"]+)"`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '/none';
}

async function inject<T>(
  app: FastifyInstance,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<T> {
  const answer = await app.inject({
    method,
    url: path,
    headers: { host: '127.0.0.1' },
    ...(body && { payload: body }),
  });
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
  return (answer.body ? answer.json() : undefined) as T;
}

async function until(
  url: string,
  state: () => Promise<AmocrmState>,
  fits: (state: AmocrmState) => boolean,
  what: string,
): Promise<AmocrmState> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patienceMs);
  try {
    const events = await fetch(`${url}/sandbox/events`, { signal: stop.signal });
    let now = await state();
    if (fits(now)) return now;
    for await (const _ of events.body ?? []) {
      now = await state();
      if (fits(now)) return now;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  const { cards, calls, contacts, requests } = await state();
  throw new Error(
    `amoCRM never saw ${what}: ${JSON.stringify({ cards, calls, contacts: contacts.slice(-3), requests: requests.slice(-5) })}`,
  );
}
