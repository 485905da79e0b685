import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../stack/folders.ts';

const widget = join(root, 'web/widget');

/** Who calls in the picture, in the words of its language. */
const examples = {
  ru: { name: 'Мария Кузнецова', company: 'ООО «Тёплый дом»', lead: 'Остекление балкона', manager: 'Борис Волков' },
  en: { name: 'Maria Kuznetsova', company: 'Warm House Ltd', lead: 'Balcony glazing', manager: 'Boris Volkov' },
};

/** The page that becomes the tour's picture: a card of a call, large, beside what it is for. */
export function tourPage(language: keyof typeof examples): string {
  const { widget: about, page: texts } = JSON.parse(readFileSync(join(widget, `i18n/${language}.json`), 'utf8'));
  const { name, company, lead, manager } = examples[language];
  const { call } = texts;
  const fact = (text: string) => `<p class="ringflow-widget__fact">${text}</p>`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><style>
${readFileSync(join(widget, 'style.css'), 'utf8')}
body { display: grid; grid-template-columns: 1fr 1fr; gap: 72px; place-items: center; height: 616px; margin: 0;
  padding: 0 72px; background: #eef3f8; color: #1f2a37; font: 26px/1.4 Arial, sans-serif }
h1 { margin: 0 0 16px; color: #1864ab; font-size: 52px } p { margin: 0 }
.ringflow-widget { width: 330px; zoom: 1.5 }
</style><body><div><h1>${about.name}</h1><p>${about.tour_description}</p></div>
<div class="ringflow-widget"><article class="ringflow-widget__card">
<p class="ringflow-widget__head"><span>${call.inbound}</span><span>${call.rings}</span><span>0:04</span></p>
<a class="ringflow-widget__name">${name}</a><p class="ringflow-widget__number">+7 916 111-00-01</p>
${fact(`${call.company}: <a>${company}</a>`)}${fact(`${call.lead}: <a>${lead}</a>`)}
${fact(call.responsible.replace('{name}', manager))}
<div class="ringflow-widget__actions"><a class="ringflow-widget__button">${call.openLead}</a>
<button class="ringflow-widget__button ringflow-widget__button--quiet">${call.take}</button></div>
</article></div></body></html>`;
}
