import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { WidgetCall, WidgetClick, WidgetGone, WidgetLine } from '../../proto/widget.ts';
import { type Field, readEvents } from './event-stream.ts';

/** What our widget does in a browser, without one. */

/** An integration, as amoCRM knows it, and the account in which its widget is. */
export interface WidgetHome {
  /** Of the API. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** Where people see amoCRM. */
  amocrmUrl: string;
  amocrmId: number;
}

/** A proof of amoCRM that this user is at the screen; good once. @param changes to what it says */
export function widgetToken(home: WidgetHome, userId: number, changes: Record<string, unknown> = {}): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { protocol, hostname } = new URL(home.url);
  const claims = {
    ...{ iss: home.amocrmUrl, aud: `${protocol}//${hostname}`, jti: randomUUID(), client_uuid: home.clientId },
    ...{ iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 1_800, account_id: home.amocrmId, user_id: userId },
    ...changes,
  };
  const key = new TextEncoder().encode(home.clientSecret);
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

export interface WidgetAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect
  body: any;
}

export async function askAsWidget(
  home: WidgetHome,
  method: 'GET' | 'POST',
  path: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> },
): Promise<WidgetAnswer> {
  const answer = await fetch(`${home.url}/widget/${path}`, {
    method,
    headers: {
      ...{ origin: home.amocrmUrl, 'accept-language': 'en' },
      ...(token !== undefined && { 'x-auth-token': token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}

/** A click on a number. */
export async function click(home: WidgetHome, userId: number, number: string, requestId: string = randomUUID()) {
  const token = await widgetToken(home, userId);
  return askAsWidget(home, 'POST', 'calls', { token, body: { requestId, number } });
}

/** A page of amoCRM that somebody has open. */
export interface WidgetPage {
  readonly cards: ReadonlyMap<string, WidgetCall>;
  readonly gone: readonly WidgetGone[];
  readonly clicks: readonly WidgetClick[];
  readonly line: WidgetLine | undefined;
  /** As it does by itself whenever it hears of the server. @returns the status */
  showLife(): Promise<number>;
  /** Waits until it fits; fails when the stream ends before. */
  until(isSo: () => boolean): Promise<void>;
  /** Resolves when the stream has ended. */
  ended: Promise<void>;
  close(): void;
}

export async function openPage(home: WidgetHome, userId: number): Promise<WidgetPage> {
  const { body } = await askAsWidget(home, 'POST', 'tickets', {
    token: await widgetToken(home, userId),
    body: { language: 'en' },
  });
  return readStream(home, body.ticket);
}

/** @throws if the API refuses; the message is its answer */
export async function readStream(home: WidgetHome, ticket: string): Promise<WidgetPage> {
  const cards = new Map<string, WidgetCall>();
  const gone: WidgetGone[] = [];
  const clicks: WidgetClick[] = [];
  let line: WidgetLine | undefined;
  let isWhole = false;
  let pageId = '';
  const showLife = async () => {
    const request = { method: 'POST', headers: { origin: home.amocrmUrl } };
    return (await fetch(`${home.url}/widget/pages/${pageId}/signs`, request)).status;
  };
  const hearers: Record<string, (data: never) => void> = {
    page: (data: { pageId: string }) => (pageId = data.pageId),
    ping: () => void showLife().catch(() => undefined),
    line: (data: WidgetLine) => (line = data),
    call: (data: WidgetCall) => cards.set(data.id, data),
    gone(data: WidgetGone) {
      cards.delete(data.id);
      gone.push(data);
    },
    click: (data: WidgetClick) => clicks.push(data),
    whole: () => {
      isWhole = true;
    },
  };
  const hear = (field: Field) => {
    hearers[field('event') ?? '']?.(JSON.parse(field('data') ?? 'null') as never);
  };
  const address = `${home.url}/widget/events?ticket=${encodeURIComponent(ticket)}`;
  const told = () => ({ cards: [...cards.values()], gone, clicks, line });
  const { until, ended, leave } = await readEvents(address, { origin: home.amocrmUrl }, hear, told);
  await until(() => isWhole);
  return {
    ...{ cards, gone, clicks, until, showLife, ended, close: leave },
    get line() {
      return line;
    },
  };
}
