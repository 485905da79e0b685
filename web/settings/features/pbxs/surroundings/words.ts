import type { Words } from '../../../../kit/language.tsx';

type Label =
  | 'ami'
  | 'amiAbout'
  | 'host'
  | 'hostHint'
  | 'hostFault'
  | 'port'
  | 'user'
  | 'userHint'
  | 'userFault'
  | 'secret'
  | 'secretKept'
  | 'secretHint'
  | 'secretFault'
  | 'save'
  | 'saved'
  | 'remove'
  | 'removeSure'
  | 'removed';

export const texts: Words<Record<Label, string>> = {
  ru: {
    ami: 'AMI (Asterisk Manager)',
    amiAbout:
      'Нужен, чтобы звонить щелчком из amoCRM и видеть звонки, пока они идут. Готовый раздел manager.conf — на вкладке «Что вставить на АТС».',
    ...{ host: 'Хост', hostHint: 'Имя или адрес АТС без порта, например 192.168.1.10' },
    hostFault: 'Только имя или адрес: без http://, порта и пробелов.',
    ...{ port: 'Порт', user: 'Имя', userHint: 'Как в скобках [ ] в manager.conf, например ringflow' },
    userFault: 'Латинские буквы, цифры и знаки без пробелов и без [ ].',
    ...{ secret: 'Пароль (secret)', secretKept: 'Пусто — остаётся прежний' },
    secretHint: 'Из manager.conf; хранится зашифрованным и сюда не возвращается',
    secretFault: 'Одна строка, не длиннее 200 знаков.',
    ...{ save: 'Сохранить', saved: 'Сохранено. Нажмите «Проверить» наверху.' },
    ...{ remove: 'Убрать', removeSure: 'Точно убрать?', removed: 'Убрано.' },
  },
  en: {
    ami: 'AMI (Asterisk Manager)',
    amiAbout:
      'Needed to call by a click in amoCRM and to see calls while they go on. A ready section of manager.conf stands on the tab “What to paste on the PBX”.',
    ...{ host: 'Host', hostHint: 'Name or address of the PBX without a port, such as 192.168.1.10' },
    hostFault: 'Only a name or an address: no http://, port or spaces.',
    ...{ port: 'Port', user: 'User', userHint: 'As in the brackets [ ] in manager.conf, such as ringflow' },
    userFault: 'Latin letters, digits and signs, without spaces and [ ].',
    ...{ secret: 'Secret', secretKept: 'Empty: the present one stays' },
    secretHint: 'Of manager.conf; it is kept encrypted and does not come back here',
    secretFault: 'One line of 200 characters at most.',
    ...{ save: 'Save', saved: 'Saved. Press “Check” above.' },
    ...{ remove: 'Remove', removeSure: 'Really remove?', removed: 'Removed.' },
  },
};
