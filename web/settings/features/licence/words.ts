import type { StandingReason } from '../../../../proto/licence/standing.ts';
import { remedyWords } from '../../../../proto/licence/words.ts';
import type { Words } from '../../../kit/language.tsx';
import type { LicenceAnswer } from './licence.ts';

type Label =
  | 'title'
  | 'about'
  | 'notYours'
  | 'notYoursText'
  | 'standing'
  | 'plan'
  | 'customer'
  | 'seats'
  | 'key'
  | 'installation'
  | 'noRootKey'
  | 'noRootKeyText'
  | 'noServer'
  | 'noServerText'
  | 'offline'
  | 'clockBehindText'
  | 'heldBackText'
  | 'heldBackUnderWay'
  | 'heldBackList'
  | 'makeUp'
  | 'features'
  | 'on'
  | 'off'
  | 'notInLicence'
  | 'whoHasSeats'
  | 'seatsMissingText'
  | 'noPeople'
  | 'employee'
  | 'extensions'
  | 'seat'
  | 'hasSeat'
  | 'noSeat'
  | 'seatOrder'
  | 'chooseSeats'
  | 'enterKey'
  | 'otherKey'
  | 'keyHint'
  | 'keyFault'
  | 'activate'
  | 'keyTaken'
  | 'release'
  | 'releaseSure'
  | 'releaseAbout'
  | 'server'
  | 'checkNow'
  | 'neverTalked'
  | 'lastTalk'
  | 'wentWell'
  | 'reached'
  | 'nextCheck'
  | 'isOffline'
  | 'offlineAbout'
  | 'offlineKey'
  | 'sameKey'
  | 'stepRequest'
  | 'downloadRequest'
  | 'stepCarry'
  | 'stepPermit'
  | 'takePermit'
  | 'permitTaken'
  | 'strangeFile';

interface Texts extends Record<Label, string> {
  states: Record<LicenceAnswer['standing']['state'], string>;
  /** What to do, as it is said on this very page. */
  remedies: Record<StandingReason, string>;
  seatsUsed(used: number, count: number): string;
  seatsMissing(missing: number): string;
  user(id: number): string;
  clockBehind(byMs: number): string;
  heldBack(count: number): string;
  heldBackOf(account: string): string;
  makeUpSure(count: number): string;
}

const hours = (ms: number) => Math.max(1, Math.round(ms / 3_600_000));

export const texts: Words<Texts> = {
  ru: {
    title: 'Лицензия',
    about: 'Что куплено для этого сервера, до какого дня и кому хватает мест.',
    ...{ notYours: 'Лицензией занимается администратор', notYoursText: 'Выберите другую страницу в меню.' },
    ...{ standing: 'Состояние лицензии', plan: 'Тариф', customer: 'Клиент', seats: 'Мест', key: 'Лицензионный ключ' },
    installation: 'Этот сервер',
    noRootKey: 'Ни одно разрешение нельзя проверить',
    noRootKeyText: 'Задайте LICENSING_ROOT_KEY — он приходит вместе с лицензией — и перезапустите Ringflow.',
    noServer: 'Сервер лицензий не задан',
    noServerText: 'Задайте LICENSING_URL и перезапустите Ringflow. Если у сервера нет интернета, обменяйтесь файлами:',
    offline: 'Без интернета',
    clockBehindText: 'Время лицензии идёт дальше и назад не возвращается. Поставьте точное время (NTP).',
    ...{ features: 'Возможности', on: 'включено', off: 'выключено' },
    notInLicence: 'Не входит в вашу лицензию. Какая даёт больше, скажет тот, у кого она куплена.',
    whoHasSeats: 'Места сотрудников',
    seatsMissingText:
      'Их звонки без карточек и без записи в amoCRM, но видны в журнале. Купите места или выберите, кому они нужнее.',
    noPeople: 'Внутренних номеров ещё ни у кого нет; места занимают те, у кого они есть.',
    ...{ employee: 'Сотрудник', extensions: 'Внутренние номера', seat: 'Место', hasSeat: 'есть', noSeat: 'не хватило' },
    seatOrder:
      'Если мест меньше, чем сотрудников, первыми их получают те, кого вы назвали, затем — кто раньше появился в amoCRM.',
    chooseSeats: 'Выбрать, кому в первую очередь',
    ...{ enterKey: 'Введите лицензионный ключ', otherKey: 'Другой ключ' },
    keyHint: 'Из письма о покупке. Строчные буквы и пробелы не мешают.',
    keyFault: 'В ключе RF и ещё двадцать знаков. Скопируйте его целиком.',
    ...{ activate: 'Активировать', keyTaken: 'Ключ принят' },
    ...{ release: 'Освободить ключ', releaseSure: 'Точно освободить?' },
    releaseAbout:
      'Переезжаете на другой сервер? Освободите ключ здесь и введите его там. Здесь останется пробный период, если он ещё идёт, иначе — только бесплатное.',
    ...{ server: 'Сервер лицензий', checkNow: 'Проверить сейчас', neverTalked: 'Ещё не спрашивали.' },
    ...{ lastTalk: 'Последнее обращение:', wentWell: 'Всё в порядке.', reached: 'Последний ответ:' },
    ...{
      nextCheck: 'Следующая проверка:',
      isOffline: 'Разрешение получено файлом: Ringflow не обращается к серверу лицензий.',
    },
    offlineAbout: 'Если этот сервер не выходит в интернет, разрешение приносят файлом.',
    ...{ offlineKey: 'Ключ для файла запроса', sameKey: 'прежний ключ' },
    stepRequest: 'Введите ключ и скачайте файл запроса.',
    downloadRequest: 'Скачать файл запроса',
    stepCarry: 'Отправьте файл тому, у кого куплена лицензия. В ответ придёт файл разрешения.',
    ...{ stepPermit: 'Загрузите файл разрешения.', takePermit: 'Загрузить файл разрешения' },
    permitTaken: 'Разрешение принято',
    strangeFile: 'Это не файл разрешения. Нужен тот, что прислали в ответ на файл запроса.',
    states: { trial: 'Пробный период', active: 'Действует', grace: 'Льготный период', restricted: 'Ограничена' },
    remedies: {
      'no-licence': 'Подключите amoCRM — пробный период начнётся сам — или введите ключ.',
      'trial-over': 'Купите лицензию и введите ключ: всё включится сразу.',
      'term-over': 'Продлите лицензию у того, кто её продал, и нажмите «Проверить сейчас».',
      revoked: 'Свяжитесь с тем, у кого куплена лицензия, или введите другой ключ.',
      moved: 'Введите другой ключ или попросите того, кто его продал, вернуть этот сюда.',
      released: 'Введите ключ: всё включится сразу.',
      'server-away':
        'Проверьте, что с этого сервера по https открывается адрес из LICENSING_URL, и нажмите «Проверить сейчас».',
      'no-secret-keys': remedyWords.ru['no-secret-keys'],
      'no-root-key': remedyWords.ru['no-root-key'],
      'permit-unreadable':
        'Сверьте LICENSING_ROOT_KEY с тем, что пришёл с лицензией, перезапустите Ringflow и нажмите «Проверить сейчас» или загрузите файл разрешения ещё раз.',
    },
    seatsUsed: (used, count) => `Занято ${used} из ${count}`,
    seatsMissing: (missing) => `Не хватает мест: ${missing}`,
    user: (id) => `Пользователь ${id}`,
    heldBackText:
      'Они есть в журнале. Записать можно все сразу: по лицензии, которая действует сейчас, понемногу — примерно по звонку в секунду — и каждый один раз. Чего в лицензии по-прежнему нет, останется как было.',
    heldBackUnderWay: 'Записываются: понемногу, чтобы не мешать новым звонкам. Страницу можно закрыть.',
    ...{ heldBackList: 'Показать их в журнале', makeUp: 'Записать все' },
    heldBack: (count) => `Звонков вне лицензии, не записанных в amoCRM: ${count}`,
    heldBackOf: (account) => `Звонки вне лицензии, ${account}`,
    makeUpSure: (count) => `Точно записать ${count} в amoCRM?`,
    clockBehind: (byMs) => `Часы этого сервера отстают: примерно на ${hours(byMs)} ч`,
  },
  en: {
    title: 'Licence',
    about: 'What was bought for this server, until when, and for whom there are seats.',
    ...{
      notYours: 'The licence is the business of an administrator',
      notYoursText: 'Choose another page in the menu.',
    },
    ...{ standing: 'State of the licence', plan: 'Plan', customer: 'Customer', seats: 'Seats', key: 'Licence key' },
    installation: 'This server',
    noRootKey: 'No permit can be verified',
    noRootKeyText: 'Set LICENSING_ROOT_KEY, which comes with the licence, and restart Ringflow.',
    noServer: 'No licensing server is set',
    noServerText: 'Set LICENSING_URL and restart Ringflow. If the server has no internet, exchange files:',
    offline: 'Without the internet',
    clockBehindText: "The licence's time goes on and does not come back. Let the server set its clock by NTP.",
    ...{ features: 'Features', on: 'on', off: 'off' },
    notInLicence: 'Your licence does not have these. Whoever sold it tells which one does.',
    whoHasSeats: 'Seats of employees',
    seatsMissingText:
      'Their calls get no card and no record in amoCRM, but stand in the journal. Buy seats, or choose who needs them most.',
    noPeople: 'Nobody has an extension yet; seats are for those who have one.',
    ...{ employee: 'Employee', extensions: 'Extensions', seat: 'Seat', hasSeat: 'yes', noSeat: 'none left' },
    seatOrder:
      'If there are fewer seats than employees, those whom you name come first, then whoever was first in amoCRM.',
    chooseSeats: 'Choose who comes first',
    ...{ enterKey: 'Enter the licence key', otherKey: 'Another key' },
    keyHint: 'Of the mail that came with your purchase. Small letters and spaces do no harm.',
    keyFault: 'A key is RF and twenty more signs. Copy all of it.',
    ...{ activate: 'Activate', keyTaken: 'The key was taken' },
    ...{ release: 'Give the key back', releaseSure: 'Really give it back?' },
    releaseAbout:
      'Moving to another server? Give the key back here, then enter it there. What is left here is the trial if it still runs, else what is free.',
    ...{ server: 'Licensing server', checkNow: 'Check now', neverTalked: 'Not asked yet.' },
    ...{ lastTalk: 'Last check:', wentWell: 'All is well.', reached: 'It last answered:' },
    ...{ nextCheck: 'Next check:', isOffline: 'The permit came as a file: the licensing server is not asked.' },
    offlineAbout: 'If this server does not reach the internet, the permit comes as a file.',
    ...{ offlineKey: 'Key for the request file', sameKey: 'the same key' },
    stepRequest: 'Enter the key and download the request file.',
    downloadRequest: 'Download the request file',
    stepCarry: 'Send the file to whoever sold you the licence. They answer with a permit file.',
    ...{ stepPermit: 'Take in the permit file.', takePermit: 'Take in a permit file' },
    permitTaken: 'The permit was taken',
    strangeFile: 'This is no permit file. Take the one that was sent in answer to the request file.',
    states: { trial: 'Trial', active: 'Active', grace: 'Grace', restricted: 'Restricted' },
    remedies: {
      'no-licence': 'Connect amoCRM, and a trial begins by itself; or enter a key.',
      'trial-over': 'Buy a licence and enter its key: all is on at once.',
      'term-over': 'Have the licence extended by whoever sold it, then press “Check now”.',
      revoked: 'Ask whoever sold you the licence, or enter another key.',
      moved: 'Enter another key, or ask whoever sold this one to move it back.',
      released: 'Enter a key: all is on at once.',
      'server-away': 'See that this server can open the address in LICENSING_URL by https, then press “Check now”.',
      'no-secret-keys': remedyWords.en['no-secret-keys'],
      'no-root-key': remedyWords.en['no-root-key'],
      'permit-unreadable':
        'Compare LICENSING_ROOT_KEY with the one that came with the licence, restart Ringflow, and press “Check now” or take in the permit file once more.',
    },
    seatsUsed: (used, count) => `${used} of ${count} used`,
    seatsMissing: (missing) => `Seats are missing: ${missing}`,
    user: (id) => `User ${id}`,
    heldBackText:
      'They stand in the journal. All can be registered at once: by the licence of now, about one a second, and each once. What the licence still lacks stays as it is.',
    heldBackUnderWay: 'They are being registered, slowly, so that new calls do not wait. The page may be closed.',
    ...{ heldBackList: 'Show them in the journal', makeUp: 'Register all' },
    heldBack: (count) => `Calls not registered for want of a licence: ${count}`,
    heldBackOf: (account) => `Calls not licensed, ${account}`,
    makeUpSure: (count) => `Really register ${count} in amoCRM?`,
    clockBehind: (byMs) => `This server's clock is behind, by about ${hours(byMs)} h`,
  },
};
