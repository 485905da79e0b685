import type { AmocrmWidget } from '../amocrm/page.ts';
import type { Texts } from '../texts.ts';
import { make } from './make.ts';

/** The corner of the page in which the widget shows what goes on; takes no focus by itself. */
export class Dock {
  readonly #root: HTMLElement;
  readonly #cards = make('div', { class: 'ringflow-widget__cards' });
  readonly #voice = make('p', { class: 'ringflow-widget__voice', role: 'status', 'aria-live': 'polite' });

  constructor(widget: AmocrmWidget, texts: Texts) {
    const attributes = { class: 'ringflow-widget ringflow-widget--dock', role: 'region', 'aria-label': texts.dock };
    this.#root = make('div', attributes, stylesOf(widget), this.#cards, this.#voice);
    this.attach();
  }

  /** The page of amoCRM changes below the widget; the dock stays on it. */
  attach(): void {
    if (!this.#root.isConnected) document.body.append(this.#root);
  }

  add(card: HTMLElement): void {
    this.#cards.append(card);
  }

  /** Lets a screen reader say it, without leaving what the person does. */
  announce(text: string): void {
    this.#voice.textContent = text;
  }

  remove(): void {
    this.#root.remove();
  }
}

/** The archive's style.css, as amoCRM wants it linked. */
export function stylesOf(widget: AmocrmWidget): HTMLLinkElement {
  return make('link', { rel: 'stylesheet', href: `${widget.params.path}/style.css?v=${widget.get_version()}` });
}

/** A card with a cross; Esc within it closes it too. Whoever came in by keyboard goes on where they were. */
export function closable(card: HTMLElement, closeLabel: string, close: () => void): HTMLButtonElement {
  let cameFrom: EventTarget | null = null;
  const leave = () => {
    const isInside = card.contains(document.activeElement);
    close();
    if (isInside && cameFrom instanceof HTMLElement) cameFrom.focus();
  };
  const cross = make('button', { type: 'button', class: 'ringflow-widget__close', 'aria-label': closeLabel }, '×');
  cross.addEventListener('click', leave);
  card.addEventListener('focusin', ({ relatedTarget }) => {
    if (!card.contains(relatedTarget as Node | null)) cameFrom = relatedTarget;
  });
  card.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  });
  return cross;
}
