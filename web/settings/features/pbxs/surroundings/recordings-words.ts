import type { Words } from '../../../../kit/language.tsx';
import type { RecordingsValues } from './recordings-values.ts';

type Label =
  | 'recordings'
  | 'about'
  | 'where'
  | 'folder'
  | 'folderHint'
  | 'sftpFolderHint'
  | 'folderFault'
  | 'server'
  | 'serverHint'
  | 'serverPort'
  | 'hostFault'
  | 'user'
  | 'sftpUserHint'
  | 'httpUserHint'
  | 'userFault'
  | 'hostKey'
  | 'hostKeyHint'
  | 'hostKeyFault'
  | 'url'
  | 'urlHint'
  | 'urlFault'
  | 'pbxFolder'
  | 'pbxFolderHint'
  | 'signsInBy'
  | 'password'
  | 'privateKey'
  | 'privateKeyHint'
  | 'secretKept'
  | 'secretHint'
  | 'save'
  | 'saved';

interface Texts extends Record<Label, string> {
  kinds: Record<RecordingsValues['kind'], string>;
}

export const recordingsTexts: Words<Texts> = {
  ru: {
    recordings: 'Записи разговоров',
    about:
      'Откуда Ringflow берёт записи: ссылки на них встают в карточки amoCRM, а в журнале у звонка появляется проигрыватель. Файлы ищутся и в папках по дням, как их раскладывает FreePBX (2026/11/25/…).',
    where: 'Где лежат записи',
    kinds: {
      none: 'Не задано: записей нет',
      folder: 'Папка на этой машине',
      sftp: 'АТС по SFTP (ssh)',
      http: 'Веб-сервер (HTTPS)',
    },
    ...{ folder: 'Папка', folderHint: 'Как её видят worker и api, например /mnt/monitor (смонтирована с АТС).' },
    ...{ sftpFolderHint: 'На АТС, обычно /var/spool/asterisk/monitor', folderFault: 'Полный путь, начиная с /.' },
    ...{ server: 'Сервер', serverHint: 'Имя или адрес АТС, например 192.168.1.10', serverPort: 'Порт ssh' },
    hostFault: 'Только имя или адрес: без порта и пробелов.',
    ...{ user: 'Пользователь', sftpUserHint: 'С правом только читать эту папку' },
    httpUserHint: 'Если сервер спрашивает имя и пароль; иначе оставьте пустым',
    userFault: 'Без пробелов и двоеточий.',
    hostKey: 'Отпечаток ключа сервера',
    hostKeyHint:
      'SHA256:…, его покажет ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub на АТС. Пусто — «Проверить» назовёт его, пароль пока не отправляется.',
    hostKeyFault: 'SHA256: и 43 знака.',
    ...{ url: 'Адрес папки', urlHint: 'Например, https://pbx.example.ru/recordings/' },
    urlFault: 'Адрес без ? и #; если нужен пароль, то https.',
    pbxFolder: 'Как эту папку называет сама АТС',
    pbxFolderHint: 'Нужно, если MixMonitor пишет с полным путём в другое место. Пусто — как обычно:',
    ...{ signsInBy: 'Чем входить', password: 'Пароль', privateKey: 'Закрытый ключ' },
    privateKeyHint: 'Целиком, с первой и последней строкой, без парольной фразы.',
    secretKept: 'Пусто — остаётся прежний.',
    secretHint: 'Хранится зашифрованным и сюда не возвращается.',
    ...{ save: 'Сохранить', saved: 'Сохранено. Нажмите «Проверить» наверху.' },
  },
  en: {
    recordings: 'Recordings',
    about:
      'Where Ringflow takes recordings from: links to them stand in the cards of amoCRM, and a call in the journal has a player. Files are looked for in folders by day too, as FreePBX keeps them (2026/11/25/…).',
    where: 'Where the recordings are',
    kinds: {
      none: 'Not set: there are no recordings',
      folder: 'A folder of this machine',
      sftp: 'The PBX, by SFTP (ssh)',
      http: 'A web server (HTTPS)',
    },
    ...{ folder: 'Folder', folderHint: 'As worker and api see it, such as /mnt/monitor (mounted from the PBX).' },
    sftpFolderHint: 'On the PBX, usually /var/spool/asterisk/monitor',
    folderFault: 'The whole path, beginning with /.',
    ...{ server: 'Server', serverHint: 'Name or address of the PBX, such as 192.168.1.10', serverPort: 'Port of ssh' },
    hostFault: 'Only a name or an address: no port or spaces.',
    ...{ user: 'User name', sftpUserHint: 'Who may only read this folder' },
    httpUserHint: 'If the server asks for a name and a password; else leave it empty',
    userFault: 'Without spaces and colons.',
    hostKey: "Fingerprint of the server's key",
    hostKeyHint:
      'SHA256:…, as ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub tells it on the PBX. Empty: “Check” tells it, and no password is sent yet.',
    hostKeyFault: 'SHA256: and 43 characters.',
    ...{ url: 'Address of the folder', urlHint: 'Such as https://pbx.example/recordings/' },
    urlFault: 'An address without ? and #; https if a password is needed.',
    pbxFolder: 'How the PBX itself calls this folder',
    pbxFolderHint: 'Needed if MixMonitor writes by a whole path to another place. Empty, as usual:',
    ...{ signsInBy: 'Sign in by', password: 'Password', privateKey: 'Private key' },
    privateKeyHint: 'The whole, with its first and last line, without a passphrase.',
    secretKept: 'Empty: the present one stays.',
    secretHint: 'It is kept encrypted and does not come back here.',
    ...{ save: 'Save', saved: 'Saved. Press “Check” above.' },
  },
};
