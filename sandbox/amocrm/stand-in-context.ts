import type { CrmStore } from './crm/crm-store.ts';
import type { LiveFeed } from './crm/live-feed.ts';
import type { FaultList } from './gate/faults.ts';
import type { RateLimit } from './gate/rate-limit.ts';
import type { RequestLog } from './gate/request-log.ts';
import type { HookSender } from './hooks/hook-sender.ts';
import type { OauthStore } from './oauth/oauth-store.ts';
import type { SessionBook } from './widget/session-book.ts';
import type { WidgetShelf } from './widget/widget-shelf.ts';

/** How one stand-in differs from another. */
export interface AmocrmStandInOptions {
  /** The long-lived bearer token that is accepted, beside those that OAuth gives. */
  accessToken: string;
  /** Starts with the clients of the demo; the account and its users are always there. */
  seed?: boolean;
  /** Where the PBX player listens; with it the page can play calls. */
  pbxUrl?: string;
  /** 7, as amoCRM allows an integration. */
  requestsPerSecond?: number;
  /** Answers 429 within a minute after which the account's API is blocked until a reset. */
  overrunsBeforeBlock?: number;
  /** The form of 429: a JSON problem, or an HTML page. */
  rateAnswer?: 'problem' | 'html';
  /** `retry_after` of the 429 problem; left out if not given. */
  retryAfterSeconds?: number;
  /** Milliseconds of now; for tests. */
  now?: () => number;
}

/** What the routes share. */
export interface StandInContext {
  options: AmocrmStandInOptions;
  store: CrmStore;
  feed: LiveFeed;
  faults: FaultList;
  rateLimit: RateLimit;
  requests: RequestLog;
  hookSender: HookSender;
  oauth: OauthStore;
  widgets: WidgetShelf;
  sessions: SessionBook;
}
