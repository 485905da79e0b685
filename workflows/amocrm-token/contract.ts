/** How others speak with the actor that keeps an account's tokens. No message holds a token or a code. */

export const amocrmTokenWorkflowType = 'amocrmToken';
export const refreshSignal = 'refresh';
export const codeSignal = 'code';
export const disconnectedSignal = 'disconnected';

export interface AmocrmTokenInput {
  accountId: string;
  timing: TokenTiming;
  /** What an earlier run of this workflow had not done yet, when its history had grown too long. */
  carried?: CarriedTokenActor;
}

interface CarriedTokenActor {
  orders: TokenOrder[];
  refusedVersion: number;
  demandAgainAtMs: number;
}

/** Somebody's request was answered 401. */
export interface TokenRefused {
  /** Of the pair that was refused; 0 if none was: then the actor only looks how the account stands. */
  version: number;
}

/** A person has allowed the integration. */
export interface PermissionGiven {
  /** Under which the code is kept. */
  ref: string;
  /** Where the account lives, as amoCRM said; checked. */
  baseUrl: string;
  /** `link`: the administrator of this installation has asked for it; `widget`: somebody has installed the widget. */
  origin: 'link' | 'widget';
}

/** What the actor has to do beside refreshing. */
export type TokenOrder = { kind: 'disconnect' } | ({ kind: 'exchange' } & PermissionGiven);

/** Waits, as input so that tests need not last as long. */
export interface TokenTiming {
  /** Before what failed is tried again, and before a pair is renewed because the last one was refused as well; doubled each time. */
  firstPauseMs: number;
  longestPauseMs: number;
}

export const defaultTokenTiming: TokenTiming = {
  firstPauseMs: 2_000,
  longestPauseMs: 10 * 60_000,
};

export function amocrmTokenWorkflowId(accountId: string): string {
  return `amocrm-token:${accountId}`;
}
