import { complain } from './complaints.js';

/** Asked for by the language itself rather than by a widget. */
const natural = ['then', 'toJSON', 'constructor', 'prototype', 'valueOf', 'toString'];

/**
 * An object that has nothing but what is documented.
 *
 * @param {string} name as the widget knows it
 * @param {boolean} isOpen whether the widget may add members of its own
 */
export function strict(name, members, isOpen = false) {
  return new Proxy(members, {
    get(target, member) {
      if (typeof member === 'symbol' || member in target || natural.includes(member)) return target[member];
      throw complain(`${name}.${member} is read`);
    },
    set(target, member, value) {
      if (!isOpen) throw complain(`${name}.${String(member)} is set`);
      target[member] = value;
      return true;
    },
    deleteProperty(_target, member) {
      throw complain(`${name}.${String(member)} is deleted`);
    },
    defineProperty(target, member, description) {
      if (!isOpen) throw complain(`${name}.${String(member)} is defined`);
      return Reflect.defineProperty(target, member, description);
    },
  });
}
