import type { WidgetState } from '../../../proto/widget.ts';
import type { AmocrmWidget } from '../amocrm/page.ts';
import { stylesOf } from '../dock/dock.ts';
import { make, say } from '../dock/make.ts';
import type { LineState } from '../line/line.ts';
import type { Refusal, Server } from '../server/server.ts';
import { serverUrl } from '../server-url.ts';
import type { Texts } from '../texts.ts';

/** What the window of the widget's settings tells of Ringflow; what is to be set, is set in Ringflow itself. */
export class SettingsTab {
  readonly #server: Server;
  readonly #texts: Texts;
  readonly #line: LineState;
  readonly #extension = make('dd', {});
  readonly #lineText = make('dd', {});
  readonly #message = make('p', { class: 'ringflow-widget__message', role: 'status' });
  readonly #whatToDo = make('p', {});
  readonly #facts: HTMLElement;
  readonly #open: HTMLAnchorElement;
  readonly #again: HTMLButtonElement;

  constructor(widget: AmocrmWidget, body: HTMLElement, tools: { server: Server; texts: Texts; line: LineState }) {
    this.#server = tools.server;
    this.#texts = tools.texts;
    this.#line = tools.line;
    const { settings: words } = tools.texts;
    const term = (text: string) => make('dt', {}, text);
    this.#facts = make(
      'dl',
      {},
      ...[term(words.extension), this.#extension],
      ...[term(words.line), this.#lineText, term(words.server), make('dd', {}, serverUrl)],
    );
    this.#open = make('a', { class: 'ringflow-widget__button', target: '_blank', rel: 'noopener' }, words.open);
    this.#again = make('button', { type: 'button', class: 'ringflow-widget__button' }, words.again);
    this.#again.addEventListener('click', () => void this.#ask());
    const actions = make('p', { class: 'ringflow-widget__actions' }, this.#open, this.#again);
    const section = make('section', { class: 'ringflow-widget ringflow-widget--settings' });
    section.append(stylesOf(widget), this.#message, this.#whatToDo, this.#facts, actions);
    body.append(section);
    this.#line.onChange = () => this.#showLine();
    void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#open.hidden = true;
    this.#again.hidden = true;
    this.#facts.hidden = true;
    say(this.#whatToDo, undefined);
    say(this.#message, this.#texts.settings.asking);
    try {
      this.#show(await this.#server.state());
    } catch (refusal) {
      const { message, whatToDo } = refusal as Refusal;
      this.#again.hidden = false;
      say(this.#message, message);
      say(this.#whatToDo, whatToDo);
    }
  }

  #show({ isConnected, extension, settingsUrl }: WidgetState): void {
    const { settings: words } = this.#texts;
    this.#facts.hidden = false;
    this.#extension.textContent = extension ?? words.noExtension;
    this.#showLine();
    say(this.#message, isConnected ? words.works : words.notConnectedYet);
    const whatToDo = extension === null ? words.giveExtension : undefined;
    say(this.#whatToDo, isConnected ? whatToDo : words.connect);
    this.#open.hidden = !/^https?:\/\//.test(settingsUrl);
    this.#open.href = settingsUrl;
  }

  #showLine(): void {
    this.#lineText.textContent = this.#line.words;
  }
}
