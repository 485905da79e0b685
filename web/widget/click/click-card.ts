import type { WidgetClick } from '../../../proto/widget.ts';
import { closable } from '../dock/dock.ts';
import { make, say } from '../dock/make.ts';
import type { Texts } from '../texts.ts';

/** Tells how far a call that was placed by a click has come. */
export class ClickCard {
  readonly element: HTMLElement;
  /** What it tells now. */
  state: WidgetClick['state'] = 'planning';
  words = '';
  readonly #texts: Texts;
  readonly #message = make('p', { class: 'ringflow-widget__message' });
  readonly #whatToDo = make('p', { class: 'ringflow-widget__fact' });

  constructor(label: string, texts: Texts, close: () => void) {
    this.#texts = texts;
    this.element = make('article', { class: 'ringflow-widget__card', 'aria-label': label });
    const cross = closable(this.element, texts.click.close, close);
    const head = make('p', { class: 'ringflow-widget__head' }, label);
    this.element.append(head, this.#message, this.#whatToDo, cross);
  }

  /** @returns whether this is news */
  show({ state, message, whatToDo }: Pick<WidgetClick, 'state' | 'message' | 'whatToDo'>): boolean {
    const text = message ?? this.#texts.click[state];
    this.state = state;
    this.element.classList.toggle('ringflow-widget__card--failed', state === 'failed');
    this.element.classList.toggle('ringflow-widget__card--ended', state === 'ended');
    say(this.#message, text);
    say(this.#whatToDo, whatToDo);
    const words = whatToDo ? `${text} ${whatToDo}` : text;
    const isNews = words !== this.words;
    this.words = words;
    return isNews;
  }
}
