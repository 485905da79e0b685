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
   * amoCRM does not take this pass.
   *
   * @returns another one to try. @throws AmocrmError if there is none
   */
  renewed(refused: Pass, why: PassRefusal): Promise<Pass>;
  /** amoCRM has taken a pass. */
  taken?(): void;
}

/** `token`: answered 401; `address`: by a redirection, so the account lives elsewhere now. */
export type PassRefusal = 'token' | 'address';

const minuteMs = 60_000;

/** With a long-lived token of the environment. */
export function fixedAccess(pass: Pass): AmocrmAccess {
  return {
    current: async () => pass,
    async renewed(_, why) {
      const details = { hadNoEffect: true, retryAfterMs: minuteMs };
      if (why === 'address') {
        const message = 'The amoCRM account has moved to another address: set AMOCRM_BASE_URL to it and restart.';
        throw new AmocrmError('Moved', message, details);
      }
      const message = 'amoCRM refuses the access token (401): put a valid one into AMOCRM_ACCESS_TOKEN and restart.';
      throw new AmocrmError('TokenRefused', message, details);
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
 * @param askForRefresh tells the token actor that this version was refused; it looks where the account lives too
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

  const waitForAnother = async (version: number, why: PassRefusal): Promise<Pass> => {
    const deadlineMs = Date.now() + patienceMs;
    const first = await read();
    if (first.version > version) return first;
    await askForRefresh(accountId, version);
    while (Date.now() < deadlineMs) {
      await sleep(pollMs);
      const pass = await read();
      if (pass.version > version) return pass;
    }
    if (why === 'address') {
      const message = 'The amoCRM account has moved, and amoCRM has not said yet where it lives; trying again.';
      throw new AmocrmError('Moved', message, { hadNoEffect: true });
    }
    const message = `amoCRM refuses the access token (401) and there is no new one yet; trying again. If this lasts, reconnect needed: ${howToConnect}.`;
    throw new AmocrmError('TokenRefused', message, { hadNoEffect: true });
  };

  return {
    current: async () => (known && Date.now() < known.untilMs ? known.pass : read()),
    renewed(refused, why) {
      const { version } = refused as KnownPass;
      if (known?.pass.version === version) known = undefined;
      if (renewal?.version !== version) {
        const pass = waitForAnother(version, why).finally(() => {
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
