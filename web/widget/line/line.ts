import type { WidgetLine } from '../../../proto/widget.ts';
import { closable, type Dock } from '../dock/dock.ts';
import { make, say } from '../dock/make.ts';
import type { Texts } from '../texts.ts';

/** Whether calls can be placed now. Nothing is shown while they can. */
export class LineState {
  readonly #dock: Dock;
  readonly #texts: Texts;
  readonly #note: HTMLElement;
  readonly #reason = make('p', { class: 'ringflow-widget__fact' });
  #line: WidgetLine = { extension: null, state: 'unknown' };
  #isClosed = false;
  /** Told of each change. */
  onChange: () => void = () => undefined;

  constructor(dock: Dock, texts: Texts) {
    this.#dock = dock;
    this.#texts = texts;
    this.#note = make('article', { class: 'ringflow-widget__card ringflow-widget__card--failed' });
    this.#note.setAttribute('aria-label', texts.line.down);
    const cross = closable(this.#note, texts.line.close, () => {
      this.#isClosed = true;
      this.#show();
    });
    this.#note.append(make('p', { class: 'ringflow-widget__message' }, texts.line.down), this.#reason, cross);
    this.#show();
    dock.add(this.#note);
  }

  told(line: WidgetLine): void {
    const isNews = line.state !== this.#line.state;
    this.#line = line;
    if (isNews) this.#isClosed = false;
    this.#show();
    if (isNews && line.state === 'down') this.#dock.announce(`${this.#texts.line.down} ${line.reason ?? ''}`);
    this.onChange();
  }

  get words(): string {
    const { state, reason } = this.#line;
    return reason === undefined ? this.#texts.line[state] : `${this.#texts.line[state]} ${reason}`;
  }

  #show(): void {
    this.#note.hidden = this.#line.state !== 'down' || this.#isClosed;
    say(this.#reason, this.#line.reason);
  }
}
