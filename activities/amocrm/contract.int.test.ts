import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeEntity, CreateLead, RegisterCall } from '../../proto/crm-action.ts';
import {
  faultsOfAnswer,
  faultsOfRequest,
  operationIdOf,
  operationIdsAt,
} from '../../sandbox/amocrm/testing/contract.ts';
import { tapInto, type Wiretap } from '../../sandbox/amocrm/testing/wiretap.ts';
import { noLimit } from '../../tests/rig/amocrm-client.ts';
import { callOf, contactOf, knownPhone, setUpAmocrmWorkshop, strangerPhone } from '../../tests/rig/amocrm-workshop.ts';
import { createAsk } from './ask.ts';
import { askAccountNumber, askWhereAccountLives, isKnownAsNoAdministrator, requestTokens } from './oauth.ts';

jest.setTimeout(60_000);

/** The contract file and whatever we ask are kept from drifting apart: what is asked nowhere here fails. */

const shop = setUpAmocrmWorkshop();
let tap: Wiretap;
beforeEach(async () => {
  tap = await tapInto(shop.amocrm.url);
  shop.useToken(shop.amocrm.token, tap.url);
});
afterEach(() => tap.close());

it('every operation that Ringflow knows is asked as the contract says, and so it is answered', async () => {
  await showAndRegister();
  await keepClients();
  await makeLeads();
  await makeIncomingLeads();
  await changeEntities();
  await makeTasks();
  await shop.activities.readCatalogue({ accountId: shop.accountId });
  await connect();

  expect(tap.exchanges.flatMap(faultsOfRequest)).toEqual([]);
  expect(tap.exchanges.filter(({ status }) => status > 0).flatMap(faultsOfAnswer)).toEqual([]);
  const served = tap.exchanges.filter(({ status }) => status >= 200 && status < 300).map(operationIdOf);
  expect([...new Set(served)].sort()).toEqual(operationsOfCode());
});

/** As the sources have them: of the client `GET('/api/v4/users'`, beside it `${baseUrl}/api/v4/users`. */
function operationsOfCode(): string[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const ids = sources.flatMap((file) => {
    const code = readFileSync(join(__dirname, file), 'utf8');
    const ofClient = [...code.matchAll(/\.(GET|POST|PUT|PATCH|DELETE)\(\s*'?([^',)]*)/g)];
    const beside = [...code.matchAll(/\$\{\w+\}(\/(?:api|oauth2)\/[^`?]+)/g)];
    return [
      ...ofClient.flatMap(([, method, path]) => operationIdsAt(path ?? '', method)),
      ...beside.flatMap(([, path]) => operationIdsAt(path ?? '')),
    ];
  });
  return [...new Set(ids)].sort();
}

async function showAndRegister(): Promise<void> {
  const { accountId, activities, amocrm } = shop;
  const card = {
    kind: 'show-card' as const,
    phone: knownPhone,
    extension: '101',
    userId: 504141,
    effect: 'card',
    key: randomUUID(),
  };
  await activities.showCards({ accountId, cards: [card] });
  const phone = strangerPhone();
  expect(await shop.register(callOf(phone))).toEqual({ outcome: 'unknown-client' });
  await shop.createContact(phone);
  await shop.register(callOf(phone));
  await shop.register(callOf(knownPhone));
  await amocrm.fault({ match: 'POST /api/v4/calls', kind: 'cut-after' });
  const uncertain = callOf('79035557788');
  await expect(shop.register(uncertain)).rejects.toMatchObject({ hadNoEffect: false });
  await shop.insist(() => shop.register(uncertain));
  const at = { startedAtSeconds: uncertain.startedAtSeconds, endedAtSeconds: uncertain.startedAtSeconds + 42 };
  const others = { accountId, phone: uncertain.phone, direction: 'inbound', attachTo: 'as-amocrm' } as const;
  await activities.findOthersCall({ ...others, ...at, durationSeconds: 42 });
}

const leadOf = (phone: string): CreateLead => ({
  ...{ kind: 'create-lead', phone, name: 'A call', tags: ['call'], contact: contactOf(phone) },
  ...{ responsibleUserId: 504142, pipelineId: 8000100 },
});

async function makeLeads(): Promise<void> {
  const { accountId, activities } = shop;
  const phone = strangerPhone();
  await activities.createLead({ accountId, lead: leadOf(phone) });
  await shop.register(callOf(phone));
  await shop.forgetClients();
  await activities.createLead({ accountId, lead: leadOf(phone) });
}

async function makeIncomingLeads(): Promise<void> {
  const { accountId, activities, amocrm } = shop;
  const phone = strangerPhone();
  const take = (call: RegisterCall) => {
    const incomingLead = { kind: 'create-incoming-lead', phone, name: 'Night call', tags: ['night'] } as const;
    return activities.registerAsIncomingLead({
      ...{ accountId, key: call.uniq, call },
      incomingLead: { ...incomingLead, tags: [...incomingLead.tags], responsibleUserId: 504142, pipelineId: 8000100 },
    });
  };
  await amocrm.fault({ match: 'POST /api/v4/leads/unsorted/sip', kind: 'cut-after' });
  await shop.insist(() => take(callOf(phone)));
  await shop.register(callOf(phone));
  await take(callOf(strangerPhone()));
}

/** The request of each is lost, so that what became of it is looked for. */
async function changeEntities(): Promise<void> {
  const { accountId, activities, amocrm } = shop;
  const withLead = strangerPhone();
  await amocrm.addLead({ name: 'Own', contactIds: [await amocrm.addContact(withLead)] });
  const status = { pipelineId: 8000100, statusId: 8000120 };
  const changes: [string, Pick<ChangeEntity, 'phone' | 'target' | 'status'>][] = [
    ['leads', { phone: withLead, target: 'lead', status }],
    ['contacts', { phone: knownPhone, target: 'client' }],
    ['companies', { phone: '74959998877', target: 'client' }],
  ];
  for (const [path, what] of changes) {
    const effect = randomUUID();
    const change: ChangeEntity = { kind: 'change', effect, tags: ['call'], responsibleUserId: 504143, ...what };
    await amocrm.fault({ match: `PATCH /api/v4/${path}`, kind: 'cut-before' });
    const answer = await shop.insist(() => activities.changeEntity({ accountId, key: effect, change }));
    expect(answer).toMatchObject({ changed: { entityType: path } });
  }
}

async function makeTasks(): Promise<void> {
  const { accountId, activities, amocrm } = shop;
  const makeOne = async () => {
    const phone = strangerPhone();
    const entity = { entityType: 'contacts', entityId: await amocrm.addContact(phone) };
    const task = { kind: 'create-task', phone, text: 'Call back', dueAtSeconds: 1_900_000_000 } as const;
    const request = {
      accountId,
      key: randomUUID(),
      entity,
      task: { ...task, responsibleUserId: 504142 },
      endedAtMs: 0,
    };
    await shop.insist(() => activities.createTask(request));
    return phone;
  };
  await makeOne();
  await amocrm.fault({ match: 'POST /api/v4/tasks', kind: 'cut-after' });
  const task = { kind: 'complete-task', phone: await makeOne(), resultText: 'Talked' } as const;
  expect(await activities.completeTask({ accountId, key: randomUUID(), task })).not.toEqual({ taskId: null });
}

async function keepClients(): Promise<void> {
  const { accountId } = shop;
  const { leads } = await shop.amocrm.state();
  const place = 'http://127.0.0.1:9/webhooks/amocrm/acme';
  await shop.keepingAt(`${place}/earlier`).followClients({ accountId });
  const keeping = shop.keepingAt(`${place}/later`);
  expect(await keeping.followClients({ accountId })).toMatchObject({ words: expect.stringContaining('amoCRM tells') });
  await keeping.forgetOwners({ accountId, leadIds: leads.map(({ id }) => id) });
}

async function connect(): Promise<void> {
  const integration = {
    clientId: randomUUID(),
    clientSecret: 'a-secret',
    redirectUri: 'http://127.0.0.1/oauth/amocrm',
  };
  await shop.amocrm.oauth.set(integration);
  const ask = createAsk(noLimit);
  const grant = async (by: Parameters<typeof requestTokens>[3]) => {
    const answer = await requestTokens(ask, tap.url, integration, by);
    if (answer.kind !== 'given') throw new Error(JSON.stringify(answer));
    return answer.tokens;
  };
  const { refreshToken } = await grant({ code: await shop.amocrm.oauth.code(integration.clientId) });
  const tokens = await grant({ refreshToken });
  expect(await askAccountNumber(ask, tap.url, tokens.accessToken)).toBeGreaterThan(0);
  expect(await isKnownAsNoAdministrator(ask, tap.url, tokens.accessToken)).toBe(false);
  // what the token names is asked, and that is the stand-in itself, past the tap
  const claims = Buffer.from(JSON.stringify({ api_domain: new URL(tap.url).host })).toString('base64url');
  const tapped = { accessToken: `e30.${claims}.`, refreshToken: tokens.refreshToken };
  expect(await askWhereAccountLives(ask, tapped, tap.url)).toEqual({ kind: 'unsaid' });
}
