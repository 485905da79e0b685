import { strict } from './strict.js';

/** The few parts of jQuery that are played here; its events are its own: the DOM does not see them. */
const listeners = new WeakMap();

function listenersOf(target) {
  if (!listeners.has(target)) listeners.set(target, []);
  return listeners.get(target);
}

/** @param {Document | Element} target */
export function $(target) {
  const members = {
    0: target,
    length: 1,
    get: (index) => (index === undefined ? [target] : [target][index]),
    on(event, listener) {
      listenersOf(target).push({ event, listener });
      return wrapped;
    },
    off(event, listener) {
      const kept = listenersOf(target).filter((one) => one.event !== event || (listener && one.listener !== listener));
      listeners.set(target, kept);
      return wrapped;
    },
    trigger(event) {
      for (const one of [...listenersOf(target)]) if (one.event === event) one.listener.call(target, { type: event });
      return wrapped;
    },
    append(...children) {
      target.append(...children.map((child) => child[0] ?? child));
      return wrapped;
    },
  };
  const wrapped = strict('jQuery', members);
  return wrapped;
}

/** How many listeners a widget has left behind. */
export const listenersOn = (target) => listenersOf(target).length;
