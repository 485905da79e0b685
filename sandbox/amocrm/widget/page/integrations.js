import { complain } from './complaints.js';
import { $ } from './jquery.js';
import { make } from './make.js';
import { strict } from './strict.js';

/** The window of the widget's settings: what the widget draws, and amoCRM's buttons below. */
export function drawIntegration(holder, { texts, isInstalled }, callbacks) {
  const body = make('div', { class: 'widget-settings__desc-space' });
  const save = make('button', { type: 'button' }, isInstalled ? 'Сохранить' : 'Установить');
  const disable = make('button', { type: 'button' }, 'Отключить');
  const modal = make('section', { class: 'modal-body' }, make('h1', {}, texts.widget.name), body, save, disable);
  holder.replaceChildren(modal);
  callbacks.settings?.($(body), strict('context', {}));
  save.addEventListener('click', async () => {
    if (!(await isSaved(callbacks, 'Y'))) return;
    if (!isInstalled) callbacks.onInstall?.();
    await setInstalled(true);
    save.textContent = 'Сохранено';
  });
  disable.addEventListener('click', async () => {
    if (!(await isSaved(callbacks, 'N'))) return;
    callbacks.destroy?.();
    await setInstalled(false);
    disable.textContent = 'Отключено';
  });
}

async function isSaved(callbacks, active) {
  const answer = await callbacks.onSave({ active, fields: {} });
  if (answer !== true && answer !== undefined) throw complain('onSave returns neither true nor a promise');
  return true;
}

function setInstalled(isInstalled) {
  const headers = { 'Content-Type': 'application/json' };
  return fetch('/crm-page/installation', { method: 'PUT', headers, body: JSON.stringify({ isInstalled }) });
}
