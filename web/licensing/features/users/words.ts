import type { Words } from '../../../kit/language.tsx';
import type { Role } from '../../app/api.ts';

type Label =
  | 'title'
  | 'about'
  | 'add'
  | 'edit'
  | 'login'
  | 'loginHint'
  | 'loginFault'
  | 'name'
  | 'nameFault'
  | 'role'
  | 'invited'
  | 'partner'
  | 'partnerFault'
  | 'noPartners'
  | 'save'
  | 'remove'
  | 'removeSure'
  | 'newLink'
  | 'signOut'
  | 'signOutSure'
  | 'signedOut';

interface Texts extends Record<Label, string> {
  roles: Record<Role, { label: string; description: string }>;
}

export const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Пользователи', about: 'Кто может открывать эти страницы.', add: 'Добавить пользователя' },
    ...{ edit: 'Изменить', login: 'Имя для входа', loginHint: 'Например, почта' },
    loginFault: 'От двух знаков: буквы, цифры и . _ % + @ -',
    ...{ name: 'Как зовут', nameFault: 'Нужно имя', role: 'Роль', invited: 'ещё не входил' },
    ...{ partner: 'Партнёр', partnerFault: 'Выберите партнёра', noPartners: 'Сначала добавьте партнёра.' },
    ...{ save: 'Сохранить', remove: 'Удалить', removeSure: 'Точно удалить?', newLink: 'Ссылка для нового пароля' },
    ...{
      signOut: 'Завершить все входы',
      signOutSure: 'Точно? Придётся войти заново',
      signedOut: 'Все входы завершены',
    },
    roles: {
      admin: { label: 'Администратор', description: 'Делает всё; отзывает лицензии, ведёт партнёров и пользователей' },
      support: { label: 'Поддержка', description: 'Продаёт, продлевает и переносит у всех клиентов; не отзывает' },
      partner: {
        label: 'Партнёр',
        description: 'Продаёт, продлевает и переносит у своих клиентов; остальных не видит',
      },
    },
  },
  en: {
    ...{ title: 'Users', about: 'Who may open these pages.', add: 'Add a user' },
    ...{ edit: 'Change', login: 'Name to sign in with', loginHint: 'Such as an e-mail address' },
    loginFault: 'At least two signs: letters, digits and . _ % + @ -',
    ...{ name: 'Name', nameFault: 'A name is needed', role: 'Role', invited: 'never signed in' },
    ...{ partner: 'Partner', partnerFault: 'Choose a partner', noPartners: 'First add a partner.' },
    ...{ save: 'Save', remove: 'Remove', removeSure: 'Really remove?', newLink: 'Link for a new password' },
    ...{
      signOut: 'Sign out everywhere',
      signOutSure: 'Really? They will have to sign in again',
      signedOut: 'Signed out everywhere',
    },
    roles: {
      admin: { label: 'Administrator', description: 'Does everything; revokes, manages partners and users' },
      support: { label: 'Support', description: 'Sells, extends and moves for all customers; does not revoke' },
      partner: {
        label: 'Partner',
        description: 'Sells, extends and moves for their own customers; does not see others',
      },
    },
  },
};
