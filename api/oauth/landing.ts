import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { PermissionOutcome } from '../../activities/store/permissions.ts';
import { accountUrl } from '../../proto/amocrm-address.ts';
import { ApiError } from '../errors.ts';
import { sendPage } from '../page.ts';
import type { ApiTools } from '../tools.ts';
import { languageOf, words } from '../words.ts';

/** As amoCRM sends a browser back, or comes itself when a widget is installed (contract 2.1 and 2.2). */
const Query = Type.Object({
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 8_000 })),
  referer: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  state: Type.Optional(Type.String({ maxLength: 200 })),
  from_widget: Type.Optional(Type.String({ maxLength: 20 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
});
type Query = Static<typeof Query>;

/** So long a person waits for what becomes of the permission. */
const patienceMs = 20_000;
const pollMs = 200;
/** More in a minute come from nobody who means well. */
const mostInstallsPerMinute = 20;

/** Where permissions arrive. Codes are exchanged elsewhere, and travel there encrypted. */
export function serveLanding(app: FastifyInstance, tools: ApiTools): void {
  app.get<{ Querystring: Query }>('/oauth/amocrm', { schema: { querystring: Query } }, (request, reply) => {
    const isInstall = request.query.from_widget !== undefined && request.query.state === undefined;
    return isInstall
      ? takeInstall(request.query, request, reply, tools)
      : takePermission(request.query, request, reply, tools);
  });
}

/** The person has come by our link: they are told what becomes of it. */
async function takePermission(query: Query, request: FastifyRequest, reply: FastifyReply, tools: ApiTools) {
  const pass = query.state === undefined ? undefined : await tools.permissions.redeem('state', query.state);
  if (!pass) throw new ApiError(403, 'wrong-state');
  const { accountId, from } = pass;
  const backToPage = (permission: string) =>
    reply
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .redirect(`${tools.publicUrl}/accounts/${encodeURIComponent(accountId)}/amocrm?permission=${permission}`);
  if (query.error !== undefined) return from === 'page' ? backToPage('denied') : showPage(request, reply, 'denied');
  const account = await tools.accounts.find(accountId);
  const { code, baseUrl } = given(query, account?.baseUrl ?? tools.ownUrl);
  const ref = await tools.permissions.keepCode(code);
  await tools.tokenActors.give(accountId, { ref, baseUrl, origin: 'link' });
  if (from === 'page') return backToPage(ref); // which asks what comes of it
  const outcome = await outcomeOf(ref, tools);
  return showPage(request, reply, outcome?.result ?? 'later', outcome?.words);
}

/** amoCRM itself asks, waits for three seconds and does not look at the answer: what follows happens behind its back. */
async function takeInstall(query: Query, request: FastifyRequest, reply: FastifyReply, tools: ApiTools) {
  const { code, baseUrl } = given(query, tools.ownUrl);
  const accountId = await tools.accounts.idAt(baseUrl);
  const isKnown = (await tools.accounts.find(accountId)) !== undefined;
  const source = `${isKnown ? accountId : 'new'}:${request.ip}`; // who makes accounts up is in nobody's way
  if (!(await tools.permissions.mayInstall(source, mostInstallsPerMinute)))
    throw new ApiError(429, 'too-many-installs');
  const ref = await tools.permissions.keepCode(code);
  const take = async () => {
    await tools.tokenActors.give(accountId, { ref, baseUrl, origin: 'widget' });
    const outcome = await outcomeOf(ref, tools);
    if (outcome?.result === 'refused') throw new Error(outcome.words);
  };
  take().catch((error: Error) => {
    tools.logger.error(`An installation from ${baseUrl} was not taken (${error.message}): install the widget again.`);
  });
  return showPage(request, reply, 'installing');
}

/** @throws ApiError if it did not come from an amoCRM account */
function given({ code, referer }: Query, ownUrl: string | undefined): { code: string; baseUrl: string } {
  if (code === undefined || referer === undefined) throw new ApiError(400, 'bad-request');
  const baseUrl = accountUrl(referer, ownUrl);
  if (baseUrl === undefined) throw new ApiError(400, 'wrong-account-address');
  return { code, baseUrl };
}

async function outcomeOf(ref: string, { permissions }: ApiTools): Promise<PermissionOutcome | undefined> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const outcome = await permissions.outcome(ref);
    if (outcome || Date.now() > deadlineMs) return outcome;
    await sleep(pollMs);
  }
}

function showPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: keyof typeof words.pages,
  detail?: string,
): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  return sendPage(reply, language, words.pages[page][language], detail);
}
