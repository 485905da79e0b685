import type { Role } from '../../../../proto/user.ts';
import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'add'
  | 'edit'
  | 'login'
  | 'loginHint'
  | 'name'
  | 'role'
  | 'invited'
  | 'extensions'
  | 'extensionsHint'
  | 'extensionsFault'
  | 'accounts'
  | 'accountsHint'
  | 'save'
  | 'remove'
  | 'removeSure'
  | 'newLink'
  | 'signOut'
  | 'signOutSure';

interface Texts extends Record<Label, string> {
  roles: Record<Role, { label: string; description: string }>;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Пользователи',
    about: 'Кто может открывать эти страницы. Сотрудникам для звонков сюда входить не нужно.',
    ...{ add: 'Добавить', edit: 'Изменить', login: 'Имя для входа', loginHint: 'Например, почта', name: 'Как зовут' },
    ...{ role: 'Роль', invited: 'ещё не входил', extensions: 'Внутренние номера его людей' },
    extensionsHint: 'Через запятую или пробел, например 101, 102',
    extensionsFault: 'Только цифры, не больше десяти в номере',
    ...{ accounts: 'Аккаунты amoCRM', accountsHint: 'Пусто — все' },
    ...{ save: 'Сохранить', remove: 'Удалить', removeSure: 'Точно удалить?', newLink: 'Ссылка для нового пароля' },
    ...{ signOut: 'Завершить все входы', signOutSure: 'Точно? Придётся войти заново' },
    roles: {
      admin: { label: 'Администратор', description: 'Меняет всё' },
      head: { label: 'Руководитель отдела', description: 'Видит звонки и записи своих людей' },
      viewer: { label: 'Наблюдатель', description: 'Видит всё, ничего не меняет' },
    },
  },
  en: {
    title: 'Users',
    about: 'Who may open these pages. Employees need not sign in here for their calls.',
    ...{
      add: 'Add',
      edit: 'Change',
      login: 'Name to sign in with',
      loginHint: 'Such as an e-mail address',
      name: 'Name',
    },
    ...{ role: 'Role', invited: 'never signed in', extensions: 'Extensions of their people' },
    extensionsHint: 'Separated by commas or spaces, such as 101, 102',
    extensionsFault: 'Digits only, at most ten in a number',
    ...{ accounts: 'amoCRM accounts', accountsHint: 'Empty: all' },
    ...{ save: 'Save', remove: 'Remove', removeSure: 'Really remove?', newLink: 'Link for a new password' },
    ...{ signOut: 'Sign out everywhere', signOutSure: 'Really? They will have to sign in again' },
    roles: {
      admin: { label: 'Administrator', description: 'Changes everything' },
      head: { label: 'Head of a department', description: 'Sees the calls and recordings of their own people' },
      viewer: { label: 'Viewer', description: 'Sees everything, changes nothing' },
    },
  },
};
