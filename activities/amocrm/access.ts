import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type Accounts, howToConnect } from '../store/accounts.ts';
import type { Secrets } from '../store/secrets.ts';
import { readTokenPair } from '../store/token-pair.ts';
import { AmocrmError } from './errors.ts';

/** Where to ask, and with what token. */
export interface Pass {
  baseUrl: string;
  token: string;
}

/** By what right requests are sent to an account. */
export interface AmocrmAccess {
  /** @throws AmocrmError `NotConnected` */
  current(): Promise<Pass>;
  /**
   * amoCRM has answered 401 to this pass.
   *
   * @returns another one to try. @throws AmocrmError if there is none
   */
  renewed(refused: Pass): Promise<Pass>;
  /** amoCRM has taken a pass. */
  taken?(): void;
}

const minuteMs = 60_000;

/** With a long-lived token of the environment. */
export function fixedAccess(pass: Pass): AmocrmAccess {
  return {
    current: async () => pass,
    async renewed() {
      const message = 'amoCRM refuses the access token (401): put a valid one into AMOCRM_ACCESS_TOKEN and restart.';
      throw new AmocrmError('TokenRefused', message, { hadNoEffect: true, retryAfterMs: minuteMs });
    },
  };
}

/** Another process may have refreshed the pair; a refused token is noticed at once anyway. */
const rememberedMs = 3_000;
/** Longer nobody waits inside a request. */
const patienceMs = 4_000;
const pollMs = 100;

type KnownPass = Pass & { version: number };

/**
 * With the pair of tokens that the account's token actor keeps fresh.
 *
 * @param askForRefresh tells the token actor that this version was refused
 */
export function accountAccess(
  accountId: string,
  accounts: Accounts,
  secrets: Secrets,
  askForRefresh: (accountId: string, version: number) => Promise<void>,
): AmocrmAccess {
  let known: { pass: KnownPass; untilMs: number } | undefined;
  let renewal: { version: number; pass: Promise<Pass> } | undefined;

  const read = async (): Promise<KnownPass> => {
    const account = await accounts.find(accountId);
    const pair = await readTokenPair(secrets, accountId);
    if (account?.state !== 'connected' || !pair) throw notConnected(account);
    const pass = { baseUrl: account.baseUrl, token: pair.accessToken, version: pair.version };
    known = { pass, untilMs: Date.now() + rememberedMs };
    return pass;
  };

  const waitForAnother = async (version: number): Promise<Pass> => {
    const deadlineMs = Date.now() + patienceMs;
    const first = await read();
    if (first.version > version) return first;
    await askForRefresh(accountId, version);
    while (Date.now() < deadlineMs) {
      await sleep(pollMs);
      const pass = await read();
      if (pass.version > version) return pass;
    }
    const message = `amoCRM refuses the access token (401) and there is no new one yet; trying again. If this lasts, reconnect needed: ${howToConnect}.`;
    throw new AmocrmError('TokenRefused', message, { hadNoEffect: true });
  };

  return {
    current: async () => (known && Date.now() < known.untilMs ? known.pass : read()),
    renewed(refused) {
      const { version } = refused as KnownPass;
      if (known?.pass.version === version) known = undefined;
      if (renewal?.version !== version) {
        const pass = waitForAnother(version).finally(() => {
          if (renewal?.pass === pass) renewal = undefined;
        });
        renewal = { version, pass };
      }
      return renewal.pass;
    },
  };
}

const shortestWaitMs = 5_000;

/** Who reconnects at once need not wait long for what waited; the longer nobody does, the more waits and the rarer it asks. */
function notConnected(account: Account | undefined): AmocrmError {
  const message = account?.reason || `amoCRM is not connected: ${howToConnect}.`;
  const waitMs = (account?.inStateMs ?? Number.POSITIVE_INFINITY) / 10;
  const retryAfterMs = Math.min(minuteMs, Math.max(shortestWaitMs, waitMs));
  return new AmocrmError('NotConnected', message, { hadNoEffect: true, retryAfterMs });
}
