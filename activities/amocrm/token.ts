import { type Account, type Accounts, howToConnect, type Integration } from '../store/accounts.ts';
import { type BudgetKey, budgetKeyOf } from '../store/pauses.ts';
import type { PermissionOutcome, Permissions } from '../store/permissions.ts';
import { clientSecretOf, type Queries, type Secrets, tokensOf } from '../store/secrets.ts';
import { readTokenPair, refreshAtMs, type TokenPair, writeTokenPair } from '../store/token-pair.ts';
import { type Ask, createAsk } from './ask.ts';
import type { Hear } from './exchange.ts';
import type { RequestLimiter } from './limiter.ts';
import {
  askAccountNumber,
  askWhereAccountLives,
  isKnownAsNoAdministrator,
  requestTokens,
  type TokenAnswer,
  type Tokens,
} from './oauth.ts';

export type TokenActivities = ReturnType<typeof createTokenActivities>;

/** How an account stands, for the Temporal UI: nothing of it is secret. */
export interface TokenStanding {
  state: Account['state'];
  /** Why, in words; empty if all is well. */
  reason: string;
  baseUrl: string;
  /** Of the pair; 0 if there is none. */
  version: number;
  /** When the pair is to be refreshed, ms UTC; null: there is nothing to refresh. */
  refreshAtMs: number | null;
}

/** How the account stands now, undefined if it is not known; `later` why it could not be done yet, in words. */
export interface TokenAttempt {
  standing: TokenStanding | undefined;
  later?: string;
}

export interface Permission {
  accountId: string;
  ref: string;
  baseUrl: string;
  origin: 'link' | 'widget';
}

export interface TokenTools {
  accounts: Accounts;
  secrets: Secrets;
  permissions: Permissions;
  /** Of the environment: for accounts that are met for the first time. */
  integration: Integration | undefined;
  /** The address of the environment: a stand-in lives at no host of amoCRM. */
  ownUrl: string | undefined;
  /** The places of an integration in an account. */
  limiterOf(key: BudgetKey): RequestLimiter;
  /** Told of each request. */
  hearOf?(accountId: string): Hear;
}

/**
 * What the token actors do. Of an account only one pair is asked for at a time, whoever asks: its row is locked from
 * before the request until the new pair is written, so that no pair that amoCRM gave is lost but by a crash in between.
 */
export function createTokenActivities(tools: TokenTools) {
  const { accounts, secrets, permissions, integration, ownUrl } = tools;

  const askOf = (account: Account): Ask => createAsk(tools.limiterOf(budgetKeyOf(account)), tools.hearOf?.(account.id));

  const standingOf = async (accountId: string, queries?: Queries): Promise<TokenStanding | undefined> => {
    const account = await accounts.find(accountId, queries);
    if (!account) return undefined;
    const pair = account.clientId === null ? undefined : await readTokenPair(secrets, accountId, queries);
    const { state, reason, baseUrl } = account;
    const isAlive = pair !== undefined && (state === 'connected' || state === 'pending');
    return { state, reason, baseUrl, version: pair?.version ?? 0, refreshAtMs: isAlive ? refreshAtMs(pair) : null };
  };

  const integrationOf = async (account: Account, queries: Queries): Promise<Integration> => {
    const clientSecret = await secrets.read(clientSecretOf(account.id), queries);
    if (account.clientId === null || account.redirectUri === null || clientSecret === undefined) {
      throw new Error(`The account ${account.id} has no integration: set AMOCRM_CLIENT_ID and restart.`);
    }
    return { clientId: account.clientId, redirectUri: account.redirectUri, clientSecret };
  };

  const keepPair = async (queries: Queries, accountId: string, tokens: Tokens, permission: string): Promise<void> => {
    const { accessToken, refreshToken, expiresInSeconds } = tokens;
    const version = await accounts.nextTokenVersion(accountId, queries);
    const issuedAtMs = Date.now();
    const expiresAtMs = issuedAtMs + expiresInSeconds * 1000;
    const pair = { version, accessToken, refreshToken, issuedAtMs, expiresAtMs, permission };
    await writeTokenPair(secrets, accountId, pair, queries);
  };

  /** If amoCRM refuses the account may have moved: it is looked for, and asked once more where it lives. */
  const refreshWherever = async (account: Account, pair: TokenPair, own: Integration) => {
    const { baseUrl } = account;
    const ask = askOf(account);
    const answer = await requestTokens(ask, baseUrl, own, pair);
    const mayHaveMoved = answer.kind === 'refused' || (answer.kind === 'later' && answer.mayHaveMoved);
    const whereabouts = mayHaveMoved ? await askWhereAccountLives(ask, pair, ownUrl) : undefined;
    if (whereabouts?.kind === 'unreachable') return { baseUrl, answer: unsettled(answer) };
    if (whereabouts?.kind !== 'known' || whereabouts.baseUrl === baseUrl) return { baseUrl, answer };
    return { baseUrl: whereabouts.baseUrl, answer: await requestTokens(ask, whereabouts.baseUrl, own, pair) };
  };

  const refresh = async (queries: Queries, account: Account, pair: TokenPair): Promise<TokenAnswer> => {
    const { baseUrl, answer } = await refreshWherever(account, pair, await integrationOf(account, queries));
    if (answer.kind === 'refused') {
      // what was never accepted has to be accepted, also when it is installed again
      const state = account.state === 'pending' ? 'pending' : 'reconnect-needed';
      await accounts.enter(account.id, state, lost(answer), queries);
      await secrets.forget(tokensOf(account.id), queries);
    }
    if (answer.kind !== 'given') return answer;
    await keepPair(queries, account.id, answer.tokens, pair.permission);
    await accounts.situate(account.id, baseUrl, null, queries);
    return answer;
  };

  /** amoCRM may have been silent when the account was connected. */
  const learnNumber = async (accountId: string): Promise<void> => {
    const account = await accounts.find(accountId);
    const pair = account?.amocrmId === null ? await readTokenPair(secrets, accountId) : undefined;
    const number = account && pair && (await askAccountNumber(askOf(account), account.baseUrl, pair.accessToken));
    if (!account || number === undefined || (await accounts.findByAmocrmId(number))) return;
    await accounts.situate(accountId, account.baseUrl, number);
  };

  /** What amoCRM says of whoever gave a permission, asked with what it gave. */
  const askAbout = async (account: Account, { baseUrl }: Permission, { accessToken }: Tokens): Promise<Giver> => {
    const ask = askOf(account);
    const number = await askAccountNumber(ask, baseUrl, accessToken);
    return { number, isNoAdministrator: await isKnownAsNoAdministrator(ask, baseUrl, accessToken) };
  };

  /** Why this permission can't be taken, in words. */
  const objectionTo = async (queries: Queries, account: Account, permission: Permission, giver: Giver) => {
    const { number, isNoAdministrator } = giver;
    const namesake = number === undefined ? undefined : await accounts.findByAmocrmId(number, queries);
    if (namesake && namesake.id !== account.id) return `this account is known here as ${namesake.id}: connect that one`;
    if (number !== undefined && account.amocrmId !== null && number !== account.amocrmId) {
      return `this is another account than ${account.id}`;
    }
    if (number === undefined && permission.baseUrl !== account.baseUrl) return 'amoCRM did not say which account it is';
    if (isNoAdministrator) return 'whoever allowed it is no administrator of the account: let one of them do it';
    return undefined;
  };

  const take = async (
    queries: Queries,
    account: Account,
    permission: Permission,
    tokens: Tokens,
    { number }: Giver,
  ): Promise<PermissionOutcome> => {
    await keepPair(queries, account.id, tokens, permission.ref);
    await accounts.situate(account.id, permission.baseUrl, number ?? null, queries);
    const isAccepted = permission.origin === 'link' || ['connected', 'reconnect-needed'].includes(account.state);
    if (isAccepted) await accounts.enter(account.id, 'connected', '', queries);
    else await accounts.enter(account.id, 'pending', toBeAccepted(account.id), queries);
    return outcomeOf((await accounts.find(account.id, queries)) ?? account);
  };

  /** @returns what became of it; `later`: nobody knows yet. */
  const exchange = async (
    queries: Queries,
    account: Account,
    permission: Permission,
    code: string,
  ): Promise<ExchangeOutcome> => {
    const known = await readTokenPair(secrets, account.id, queries);
    if (known?.permission === permission.ref) return outcomeOf(account); // and the process died before it could say so
    if (account.clientId === null) return refused(`${account.id} is connected by a long-lived token`);
    const isStranger = account.amocrmId === null && permission.baseUrl !== account.baseUrl;
    if (isStranger) return refused(`this is another account than ${account.id} at ${account.baseUrl}`);
    const own = await integrationOf(account, queries);
    const answer = await requestTokens(askOf(account), permission.baseUrl, own, { code });
    if (answer.kind !== 'given') return outcomeOfRefusal(answer);
    const giver = await askAbout(account, permission, answer.tokens);
    const objection = await objectionTo(queries, account, permission, giver);
    return objection === undefined ? take(queries, account, permission, answer.tokens, giver) : refused(objection);
  };

  /**
   * An account that is met for the first time is written down once amoCRM has said that it knows it: anybody may name
   * one, and until then nothing is held that others wait for.
   */
  const meet = async (permission: Permission, code: string): Promise<ExchangeOutcome> => {
    if (!integration) return refused('there is no integration here');
    const { accountId, baseUrl } = permission;
    const stranger = strangerAt(accountId, baseUrl, integration);
    const answer = await requestTokens(askOf(stranger), baseUrl, integration, { code });
    if (answer.kind !== 'given') return outcomeOfRefusal(answer);
    const giver = await askAbout(stranger, permission, answer.tokens);
    return accounts.alone(accountId, async (queries, known) => {
      if (known) return refused(`${accountId} was added here meanwhile: install the widget again`);
      const objection = await objectionTo(queries, stranger, permission, giver);
      if (objection !== undefined) return refused(objection);
      await accounts.add(accountId, baseUrl, queries);
      await accounts.takeIntegration(accountId, integration, secrets, queries);
      return take(queries, stranger, permission, answer.tokens, giver);
    });
  };

  const exchangeAlone = async (permission: Permission, code: string): Promise<ExchangeOutcome> => {
    const { accountId } = permission;
    if (!(await accounts.find(accountId))) return meet(permission, code);
    return accounts.alone(accountId, async (queries, account) =>
      account ? exchange(queries, account, permission, code) : refused(`there is no account ${accountId} any more`),
    );
  };

  return {
    tokenStanding: async ({ accountId }: { accountId: string }): Promise<TokenAttempt> => ({
      standing: await standingOf(accountId),
    }),

    /** @param version of the pair to replace: nothing is done if somebody has replaced it */
    async refreshTokens({ accountId, version }: { accountId: string; version: number }): Promise<TokenAttempt> {
      const answer = await accounts.alone(accountId, async (queries, account) => {
        const pair = account && (await readTokenPair(secrets, accountId, queries));
        const isDue = pair?.version === version && (account?.state === 'connected' || account?.state === 'pending');
        return account && pair && isDue ? refresh(queries, account, pair) : undefined;
      });
      if (answer?.kind === 'given') await learnNumber(accountId); // once the pair is safe
      const standing = await standingOf(accountId);
      return answer?.kind === 'later' ? { standing, later: answer.words } : { standing };
    },

    async exchangeCode(permission: Permission): Promise<TokenAttempt> {
      const { accountId, ref } = permission;
      const code = await permissions.code(ref);
      const outcome =
        code === undefined
          ? ((await permissions.outcome(ref)) ?? refused('it has expired'))
          : await exchangeAlone(permission, code);
      const standing = await standingOf(accountId);
      if ('later' in outcome) return { standing, later: outcome.later };
      await permissions.settle(ref, outcome);
      return { standing };
    },

    /** Somebody says that the integration was switched off in amoCRM: that is believed if no token serves any more. */
    async disconnect({ accountId }: { accountId: string }): Promise<TokenAttempt> {
      const later = await accounts.alone(accountId, async (queries, account) => {
        if (!account || account.clientId === null) return undefined;
        const pair = await readTokenPair(secrets, accountId, queries);
        const number = pair && (await askAccountNumber(askOf(account), account.baseUrl, pair.accessToken));
        if (number !== undefined) return undefined; // an address that was seen once serves anybody for ever
        const answer = pair && (await refresh(queries, account, pair));
        if (answer?.kind === 'later') return answer.words;
        if (answer?.kind === 'given') return undefined;
        const reason = `The integration was switched off in amoCRM; everything waits. To go on ${howToConnect}.`;
        await accounts.enter(accountId, 'disconnected', reason, queries);
        return undefined;
      });
      const standing = await standingOf(accountId);
      return later === undefined ? { standing } : { standing, later };
    },
  };
}

/** `number`: amoCRM's own of the account, if it says so. */
interface Giver {
  number: number | undefined;
  isNoAdministrator: boolean;
}

type ExchangeOutcome = PermissionOutcome | { later: string };

function strangerAt(id: string, baseUrl: string, { clientId, redirectUri }: Integration): Account {
  return {
    id,
    baseUrl,
    amocrmId: null,
    clientId,
    redirectUri,
    state: 'pending',
    reason: '',
    inStateMs: 0,
    hasShownCard: false,
  };
}

type Refusal = Extract<TokenAnswer, { kind: 'refused' }>;

const inWords = ({ status, hint }: Refusal): string => (hint ? `${status}: ${hint}` : String(status));

/** A refusal counts once it is known that the account has not moved. */
function unsettled(answer: TokenAnswer): TokenAnswer {
  if (answer.kind !== 'refused') return answer;
  const words = `amoCRM refuses (${inWords(answer)}), and does not say whether the account has moved`;
  return { kind: 'later', words, mayHaveMoved: true };
}

function lost(refusal: Refusal): string {
  return `Reconnect needed: amoCRM has withdrawn the access (${inWords(refusal)}); everything waits. To go on ${howToConnect}.`;
}

function toBeAccepted(accountId: string): string {
  return `Installed from the widget and not accepted yet; everything waits. To accept it run \`bin/ringflow account accept ${accountId}\`.`;
}

function outcomeOfRefusal(answer: Exclude<TokenAnswer, { kind: 'given' }>): ExchangeOutcome {
  if (answer.kind === 'later') return { later: answer.words };
  return refused(`amoCRM does not take the code (${inWords(answer)})`);
}

function refused(words: string): PermissionOutcome {
  return { result: 'refused', words };
}

function outcomeOf({ state, reason }: Account): PermissionOutcome {
  return { result: state === 'connected' ? 'connected' : 'pending', words: reason };
}
