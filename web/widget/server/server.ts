import type { WidgetClick, WidgetState, WidgetTicket } from '../../../proto/widget.ts';
import type { AmocrmWidget, AuthorizedRequest } from '../amocrm/page.ts';
import { serverUrl } from '../server-url.ts';
import type { Texts } from '../texts.ts';

const patienceMs = 15_000;

/** Why the server has not done what it was asked, in words for the person. */
export class Refusal extends Error {
  readonly whatToDo: string;
  /** The server itself has said so; if not, nobody knows whether it was done. */
  readonly isCertain: boolean;

  constructor(message: string, whatToDo: string, isCertain: boolean) {
    super(message);
    this.whatToDo = whatToDo;
    this.isCertain = isCertain;
  }
}

/** Ringflow's server; who asks it knows by amoCRM's token. */
export class Server {
  readonly #widget: AmocrmWidget;
  readonly #texts: Texts;

  constructor(widget: AmocrmWidget, texts: Texts) {
    this.#widget = widget;
    this.#texts = texts;
  }

  /** @throws Refusal */
  ticket(): Promise<WidgetTicket> {
    const language = APP.lang_id === 'ru' ? 'ru' : 'en';
    return this.#ask('POST', '/widget/tickets', { language });
  }

  /** @throws Refusal */
  state(): Promise<WidgetState> {
    return this.#ask('GET', '/widget/state');
  }

  /**
   * Lets the person's phone ring, then the client's. An answer that was lost is asked for once more, with the same id,
   * by which the server knows that it is the same call.
   *
   * @throws Refusal
   */
  async placeCall(requestId: string, number: string): Promise<Pick<WidgetClick, 'requestId' | 'state'>> {
    const call = () =>
      this.#ask<Pick<WidgetClick, 'requestId' | 'state'>>('POST', '/widget/calls', { requestId, number });
    try {
      return await call();
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.isCertain) throw refusal;
      return call();
    }
  }

  /** Somebody may look at this page: without it calls are shown by amoCRM itself. */
  showLife(pageId: string): void {
    void fetch(`${serverUrl}/widget/pages/${pageId}/signs`, { method: 'POST' }).catch(() => undefined); // the next one follows
  }

  #ask<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const request: AuthorizedRequest = {
      url: serverUrl + path,
      method,
      dataType: 'json',
      timeout: patienceMs,
      headers: { 'Accept-Language': APP.lang_id },
      ...(body && { contentType: 'application/json', data: JSON.stringify(body) }),
    };
    return new Promise((resolve, reject) => {
      this.#widget
        .$authorizedAjax(request)
        .done((answer) => resolve(answer as Answer))
        .fail(({ responseJSON }) => reject(this.#refusal(responseJSON)));
    });
  }

  #refusal(answer: unknown): Refusal {
    const { message, whatToDo } = (answer ?? {}) as { message?: unknown; whatToDo?: unknown };
    if (typeof message === 'string') return new Refusal(message, typeof whatToDo === 'string' ? whatToDo : '', true);
    return new Refusal(this.#texts.server.away, this.#texts.server.awayWhatToDo, false);
  }
}
