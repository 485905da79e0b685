import { current } from './app.js';
import { authorizedAjax } from './authorized-ajax.js';
import { complain } from './complaints.js';
import { strict } from './strict.js';

const code = 'ringflow';

/** What the widget has asked to be told of numbers that are clicked. */
export const actions = { phone: [], email: [] };

/** The object below a widget: `self` of its script. */
export function makeWidget({ user, clientId, widget: { manifest, texts, isInstalled } }) {
  const path = `/widgets/${code}`;
  const { version } = manifest.widget;
  const settings = { widget_code: code, path, version };
  return strict(
    'self',
    {
      params: strict('self.params', { widget_code: code, path, ...settings }),
      system: () => ({ area: current.area, amouser_id: String(user.id), amouser: user.email }),
      get_settings: () => ({ ...settings }),
      set_settings: (added) => void Object.assign(settings, added),
      get_version: () => version,
      get_install_status: () => (isInstalled ? 'installed' : 'install'),
      i18n(key) {
        if (!Object.hasOwn(texts, key)) throw complain(`self.i18n('${key}'), which the archive does not have`);
        return structuredClone(texts[key]);
      },
      langs: texts,
      add_action(type, action) {
        if (!Object.hasOwn(actions, type)) throw complain(`self.add_action('${type}')`);
        if (typeof action !== 'function') throw complain('self.add_action without a function');
        actions[type].push(action);
      },
      $authorizedAjax: authorizedAjax(clientId),
    },
    true,
  );
}
