import type { AmocrmWidget } from './amocrm/page.ts';
import type russian from './i18n/ru.json';

/** What the widget says; from i18n/{language}.json, in the language that amoCRM has chosen. */
export type Texts = (typeof russian)['page'];

export function textsOf(widget: AmocrmWidget): Texts {
  return widget.i18n('page') as Texts;
}

/** @param text with names in braces, as in `Call to {number}` */
export function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');
}

/** A phone as people read it, with or without `+`; other countries than Russia stay as they are. */
export function phoneText(number: string): string {
  return number.replace(/^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4');
}
