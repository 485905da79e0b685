import { condition, continueAsNew, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { TokenActivities, TokenAttempt, TokenStanding } from '../../activities/amocrm/token.ts';
import { callsTaskQueue } from '../call/contract.ts';
import { reasonOf } from '../call/failure.ts';
import type { AmocrmTokenInput, PermissionGiven, TokenOrder, TokenRefused } from './contract.ts';
import { tokenDetails } from './describe.ts';
import type { amocrmToken } from './workflow.ts';

/** Tried once each: when to try again is for the actor to say, since what it hears meanwhile may matter more. */
const activities = proxyActivities<TokenActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '150s',
  heartbeatTimeout: '8s',
  retry: { maximumAttempts: 1 },
});

const longestRestMs = 7 * 86_400_000;

/** One account's tokens. Handlers only note what they hear; one loop does it, one thing at a time. */
export class TokenActor {
  readonly #input: AmocrmTokenInput;
  readonly #orders: TokenOrder[];
  #standing: TokenStanding | undefined;
  /** The newest pair that amoCRM has refused. */
  #refusedVersion: number;
  /** Before that no pair is renewed because it was refused: new tokens that are refused are not mended by newer ones. */
  #demandAgainAtMs: number;
  #demandPauseMs: number;
  /** Something was heard that is not attended to yet. */
  #hasNews = false;
  /** The same, and it can't wait until what failed is tried again. */
  #hasUrgentNews = false;
  #pauseMs: number;

  constructor(input: AmocrmTokenInput) {
    const { carried, timing } = input;
    this.#input = input;
    this.#orders = [...(carried?.orders ?? [])];
    this.#refusedVersion = carried?.refusedVersion ?? 0;
    this.#demandAgainAtMs = carried?.demandAgainAtMs ?? 0;
    this.#pauseMs = this.#demandPauseMs = timing.firstPauseMs;
  }

  hearOfRefusal({ version }: TokenRefused): void {
    this.#refusedVersion = Math.max(this.#refusedVersion, version);
    this.#hasNews = true;
  }

  hearOfPermission(permission: PermissionGiven): void {
    this.#orders.push({ kind: 'exchange', ...permission });
    this.#hasNews = this.#hasUrgentNews = true;
  }

  hearOfDisconnection(): void {
    this.#orders.push({ kind: 'disconnect' });
    this.#hasNews = this.#hasUrgentNews = true;
  }

  /** Returns if nobody knows the account (any more). */
  async run(): Promise<void> {
    for (;;) {
      this.#hasNews = this.#hasUrgentNews = false;
      const later = await this.#attempt();
      setCurrentDetails(tokenDetails(this.#input.accountId, this.#standing, later));
      if (later !== undefined) await this.#pause();
      else if (!this.#hasNews && this.#orders.length === 0) {
        if (!this.#standing) return;
        await this.#rest(this.#standing);
      }
      if (workflowInfo().continueAsNewSuggested) await this.#continueAsNew();
    }
  }

  /** @returns why the next thing could not be done yet, in words; it stays to be done then */
  async #attempt(): Promise<string | undefined> {
    const order = this.#orders.shift();
    let later: string | undefined;
    try {
      const attempt = await this.#do(order);
      this.#standing = attempt.standing;
      later = attempt.later;
    } catch (error) {
      later = reasonOf(error);
    }
    if (later === undefined) this.#pauseMs = this.#input.timing.firstPauseMs;
    else if (order?.kind === 'disconnect') this.#orders.unshift(order);
    else if (order) this.#orders.push(order); // those that came later may fare better
    return later;
  }

  /** Without an order and with nothing to refresh it looks how the account stands. */
  async #do(order: TokenOrder | undefined): Promise<TokenAttempt> {
    const { accountId } = this.#input;
    if (order?.kind === 'disconnect') return activities.disconnect({ accountId });
    if (order) {
      this.#demandAgainAtMs = 0; // what comes of it is another matter
      const { ref, baseUrl, origin } = order;
      return activities.exchangeCode({ accountId, ref, baseUrl, origin });
    }
    if (!this.#standing || this.#dueAtMs(this.#standing) > Date.now()) return activities.tokenStanding({ accountId });
    if (this.#isRefused(this.#standing)) this.#noteDemand();
    return activities.refreshTokens({ accountId, version: this.#standing.version });
  }

  #isRefused({ version }: TokenStanding): boolean {
    return this.#refusedVersion >= version;
  }

  #dueAtMs(standing: TokenStanding): number {
    const { refreshAtMs } = standing;
    if (refreshAtMs === null) return Number.POSITIVE_INFINITY;
    return this.#isRefused(standing) ? Math.min(refreshAtMs, this.#demandAgainAtMs) : refreshAtMs;
  }

  /** Refusals that are far apart have nothing to do with each other. */
  #noteDemand(): void {
    const { firstPauseMs, longestPauseMs } = this.#input.timing;
    const isLongAgo = Date.now() > this.#demandAgainAtMs + longestPauseMs;
    this.#demandPauseMs = isLongAgo ? firstPauseMs : Math.min(this.#demandPauseMs * 2, longestPauseMs);
    this.#demandAgainAtMs = Date.now() + this.#demandPauseMs;
  }

  async #pause(): Promise<void> {
    await condition(() => this.#hasUrgentNews, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#input.timing.longestPauseMs);
  }

  async #rest(standing: TokenStanding): Promise<void> {
    const restMs = Math.min(this.#dueAtMs(standing) - Date.now(), longestRestMs);
    if (restMs > 0) await condition(() => this.#hasNews, restMs);
  }

  #continueAsNew(): Promise<never> {
    const carried = {
      orders: this.#orders,
      refusedVersion: this.#refusedVersion,
      demandAgainAtMs: this.#demandAgainAtMs,
    };
    return continueAsNew<typeof amocrmToken>({ ...this.#input, carried });
  }
}
