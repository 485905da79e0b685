import { complain } from './complaints.js';
import { strict } from './strict.js';

/** What the page is now; a widget sees it through APP. */
export const current = { area: '', entity: '', cardId: undefined };

/** The global APP, and AMOCRM, its deprecated twin. */
export function makeApp({ language, user, users, account }) {
  const managers = Object.fromEntries(
    users.map(({ id, name, email, isActive }) => [id, { id: String(id), title: name, login: email, active: isActive }]),
  );
  const constants = { user, user_rights: {}, account, managers, groups: {}, task_types: {} };
  const shown = (kind) => (notification) => tell(kind, notification);
  const app = strict('APP', {
    lang_id: language,
    constant(key, ...value) {
      if (value.length > 0) throw complain(`APP.constant sets ${key}`);
      if (!Object.hasOwn(constants, key)) throw complain(`APP.constant('${key}') is read`);
      return structuredClone(constants[key]);
    },
    getBaseEntity: () => current.entity,
    getWidgetsArea: () => current.area,
    isCard: () => current.cardId !== undefined,
    data: strict('APP.data', {
      get current_card() {
        return current.cardId === undefined ? false : strict('current_card', { id: current.cardId });
      },
    }),
    sdk: strict('APP.sdk', {
      setCallingStatus(isCalling) {
        if (typeof isCalling !== 'boolean') throw complain('APP.sdk.setCallingStatus is given no boolean');
        document.documentElement.dataset.calling = String(isCalling);
      },
      showUserStatus: () => ({}),
    }),
    notifications: strict('APP.notifications', {
      show_message: shown('message'),
      show_message_error: shown('error'),
      show_notification: shown('notification'),
      add_call: shown('call'),
      add_error: shown('error'),
    }),
    addNotificationCallback: () => undefined,
  });
  window.APP = app;
  window.AMOCRM = app;
}

function tell(kind, notification) {
  const element = document.createElement('p');
  element.dataset.notification = kind;
  element.textContent = JSON.stringify(notification);
  document.getElementById('page_holder').append(element);
}
