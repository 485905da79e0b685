/** What the widget uses of amoCRM's page, and no more: the interface that amoCRM documents for widgets. */

declare global {
  const APP: AmocrmApp;
  /** Replaced by the build. */
  const RINGFLOW_URL: string;
}

interface AmocrmApp {
  /** Of the profile of the person: `ru`, `en` … */
  lang_id: string;
  constant(key: 'managers'): unknown;
  /** Holds back the reloads by which amoCRM brings in its own updates. */
  sdk?: { setCallingStatus?(isCalling: boolean): void };
}

/** The object that amoCRM lays under the widget. */
export interface AmocrmWidget {
  callbacks?: Callbacks;
  /** `path`: where the files of the archive lie. */
  params: { path: string };
  system(): { amouser_id: string };
  get_version(): string;
  get_install_status(): 'installed' | 'install' | 'not_configured';
  /** A part of i18n/{language}.json. */
  i18n(key: string): unknown;
  /** `value` is a number as it is displayed. */
  add_action(type: 'phone', action: (clicked: { value: string }) => void): void;
  /** As `$.ajax`, with amoCRM's token of the person in `X-Auth-Token`. */
  $authorizedAjax(request: AuthorizedRequest): AuthorizedAnswer;
}

export interface AuthorizedRequest {
  url: string;
  method: 'GET' | 'POST';
  dataType: 'json';
  timeout: number;
  headers: Record<string, string>;
  contentType?: string;
  data?: string;
}

interface AuthorizedAnswer {
  done(take: (answer: unknown) => void): AuthorizedAnswer;
  fail(take: (answer: { status: number; responseJSON?: unknown }) => void): AuthorizedAnswer;
}

/** When amoCRM calls the widget. */
interface Callbacks {
  render(): boolean;
  init(): boolean;
  bind_actions(): boolean;
  settings(body: ArrayLike<HTMLElement>): void;
  onInstall(): void;
  onSave(): boolean;
  destroy(): void;
}

/** @returns undefined for whom amoCRM doesn't name on this page */
export function managerName(userId: number): string | undefined {
  const managers = APP.constant('managers') as Record<string, { title?: unknown; name?: unknown } | undefined> | null;
  const manager = managers?.[userId];
  const name = manager?.title ?? manager?.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** While somebody talks the page must not reload by itself. */
export function tellCalling(isCalling: boolean): void {
  APP.sdk?.setCallingStatus?.(isCalling);
}
