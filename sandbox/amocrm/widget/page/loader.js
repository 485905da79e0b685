import { complain } from './complaints.js';
import { $ } from './jquery.js';

/** Of amoCRM's own modules those that the stand-in has. */
const modules = { jquery: $ };

const known = [
  ...['render', 'init', 'bind_actions', 'settings', 'advancedSettings', 'dpSettings', 'onSave', 'onInstall'],
  ...['destroy', 'contacts', 'leads', 'todo', 'onSource', 'onSalesbotDesignerSave', 'onAddAsSource'],
];
const needed = ['render', 'init', 'bind_actions', 'onSave'];

/** Loads script.js as an AMD module. @returns {Promise<Function>} what makes the widget */
export function loadWidget(version) {
  return new Promise((resolve, reject) => {
    window.define = (dependencies, factory) => {
      const given = dependencies.map((name) => {
        if (!Object.hasOwn(modules, name)) throw complain(`the module ${name}`);
        return modules[name];
      });
      resolve(factory(...given));
    };
    const script = document.createElement('script');
    script.src = `/widgets/ringflow/script.js?v=${encodeURIComponent(version)}`;
    script.addEventListener('error', () => reject(new Error('script.js could not be loaded')));
    document.head.append(script);
  });
}

/** @returns {Record<string, Function>} the callbacks, of which none is unknown and none missing */
export function callbacksOf(widget) {
  const { callbacks } = widget;
  for (const name of Object.keys(callbacks)) if (!known.includes(name)) throw complain(`the callback ${name}`);
  for (const name of needed) if (typeof callbacks[name] !== 'function') throw complain(`no callback ${name}`);
  return callbacks;
}

/** As amoCRM begins with a widget: render, and if that is content the other two. */
export function run(callbacks) {
  if (callbacks.render() !== true) return;
  for (const name of ['init', 'bind_actions']) {
    if (callbacks[name]() !== true) throw complain(`${name} does not return true`);
  }
}
