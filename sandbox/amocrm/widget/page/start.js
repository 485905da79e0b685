import { makeApp } from './app.js';
import { drawIntegration } from './integrations.js';
import { $, listenersOn } from './jquery.js';
import { callbacksOf, loadWidget, run } from './loader.js';
import { make } from './make.js';
import { drawPage } from './pages.js';
import { makeWidget } from './widget-object.js';

const holder = document.getElementById('page_holder');
const language = new URLSearchParams(location.search).get('lang') ?? sessionStorage.getItem('language') ?? 'ru';
sessionStorage.setItem('language', language);
const begin = await (await fetch(`/crm-page/start?lang=${language}`)).json();
document.documentElement.lang = language;
makeApp(begin);

if (begin.widget) await startWidget(begin);
else holder.append(make('p', {}, 'Upload an archive first: PUT /sandbox/widget'));

async function startWidget({ widget: { manifest, texts, isInstalled } }) {
  const create = await loadWidget(manifest.widget.version);
  const widget = makeWidget(begin);
  create.call(widget);
  const callbacks = callbacksOf(widget);

  const draw = async () => {
    if (location.pathname.startsWith('/settings/')) drawIntegration(holder, { texts, isInstalled }, callbacks);
    else await drawPage(holder, { callAction: texts.widget.call_action ?? texts.widget.name });
    document.documentElement.dataset.listeners = String(listenersOn(document));
  };
  drawMenu(begin, draw);
  if (isInstalled || location.pathname.startsWith('/settings/')) run(callbacks);
  await draw();
}

/** Within amoCRM the document stays, and the page in it changes. */
function drawMenu({ user }, draw) {
  const link = (path, text) => make('a', { href: path, class: 'js-navigate-link' }, text);
  const links = [link('/contacts/', 'Контакты'), link('/settings/widgets/', 'Интеграции')];
  document.getElementById('left_menu').append(make('p', {}, user.name), make('nav', {}, ...links));
  document.addEventListener('click', async (event) => {
    const clicked = event.target.closest('a.js-navigate-link');
    if (!clicked) return;
    event.preventDefault();
    history.pushState(null, '', clicked.getAttribute('href'));
    await draw();
    $(document).trigger('page:changed');
  });
}
