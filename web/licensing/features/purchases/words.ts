import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'key'
  | 'features'
  | 'noFeatures'
  | 'plan'
  | 'seatCount'
  | 'seatCountHint'
  | 'seatsFault'
  | 'until'
  | 'untilFault'
  | 'hasEnd'
  | 'worksUntil'
  | 'save'
  | 'cancel'
  | 'more'
  | 'sellTitle'
  | 'sellNow'
  | 'keyTitle'
  | 'licenceKey'
  | 'keyOnce'
  | 'keyOnceText'
  | 'keyWhere'
  | 'copyKey'
  | 'copied'
  | 'passedOn'
  | 'noEnd'
  | 'paidUntil'
  | 'invoiceUntil'
  | 'ended'
  | 'graceUntil'
  | 'thenFree'
  | 'nowFree'
  | 'isRevoked'
  | 'notUsed'
  | 'usedOn'
  | 'since'
  | 'lastHeard'
  | 'isOffline'
  | 'twin'
  | 'twinText'
  | 'silent'
  | 'silentText'
  | 'attempts'
  | 'attemptsText'
  | 'extend'
  | 'extendAbout'
  | 'extended'
  | 'correctEnd'
  | 'correctEndAbout'
  | 'endCorrected'
  | 'invoice'
  | 'invoiceAbout'
  | 'invoiceSave'
  | 'invoiceSaved'
  | 'changeTerms'
  | 'termsTitle'
  | 'termsAbout'
  | 'termsChanged'
  | 'newKey'
  | 'newKeyAbout'
  | 'newKeySure'
  | 'release'
  | 'releaseAbout'
  | 'releaseSure'
  | 'released'
  | 'moveTitle'
  | 'moveAbout'
  | 'moveTo'
  | 'move'
  | 'moved'
  | 'otherInstallation'
  | 'installationId'
  | 'installationIdHint'
  | 'installationFault'
  | 'noAttempts'
  | 'revoke'
  | 'revokeAbout'
  | 'revokeSure'
  | 'revoked'
  | 'reason'
  | 'reasonHint'
  | 'giveBack'
  | 'giveBackAbout'
  | 'givenBack'
  | 'offlineTitle'
  | 'offlineAbout'
  | 'requestFile'
  | 'strangeFile'
  | 'permitSaved';

interface Texts extends Record<Label, string> {
  offlineSteps: string[];
  employees(used: number, seats: number): string;
  usage(pbxs: number, calls: number): string;
  seatsMissing(missing: number): string;
  cameFrom(address: string): string;
  times(count: number): string;
  /** Of a permit as a file, which nobody can take back. */
  fileUntil(day: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    ...{ key: 'ключ', features: 'Возможности', noFeatures: 'Ни одной возможности не включено.' },
    ...{ plan: 'Тариф', seatCount: 'Мест', seatCountHint: 'Сотрудников с внутренним номером' },
    seatsFault: 'Целое число от 1 до 100 000',
    ...{ until: 'Оплачено по', untilFault: 'Нужна дата позже', hasEnd: 'До определённого дня' },
    ...{ worksUntil: 'Работает по', save: 'Сохранить', cancel: 'Отмена', more: 'Ещё' },
    ...{ sellTitle: 'Продать лицензию', sellNow: 'Продать', keyTitle: 'Ключ для клиента' },
    licenceKey: 'Лицензионный ключ',
    keyOnce: 'Скопируйте ключ сейчас',
    keyOnceText:
      'Второй раз его не покажут: сервер хранит только последние знаки. Если ключ потеряется, выпустите новый.',
    keyWhere: 'Клиент вводит его в Ringflow на странице «Лицензия».',
    ...{ copyKey: 'Скопировать ключ', copied: 'Скопировано', passedOn: 'Ключ сохранён, закрыть' },
    ...{ noEnd: 'Действует без срока.', paidUntil: 'Оплачено по', invoiceUntil: 'Ждём оплаты счёта: работает по' },
    ...{ ended: 'Оплаченный срок закончился', graceUntil: 'Всё работает до', thenFree: 'затем — только бесплатное.' },
    nowFree: 'Работает только бесплатное. Продлите, и при ближайшей проверке всё включится.',
    isRevoked: 'Отозвана: с ближайшей проверки у клиента работает только бесплатное.',
    notUsed: 'Ключ ещё нигде не введён.',
    ...{ usedOn: 'Работает на сервере', since: 'с', lastHeard: 'Последний раз на связи' },
    isOffline: 'Разрешение выдано файлом: сервер на связь не выходит.',
    twin: 'Где-то работает копия этого сервера',
    twinText:
      'Двое выходят на связь с одной установкой, значит, одной лицензией пользуются дважды. Спросите клиента: переехал — пусть остановит прежний сервер; нужны два — продайте вторую лицензию.',
    silent: 'Сервер больше суток не выходит на связь',
    silentText:
      'Когда закончится льготный период, у клиента останется только бесплатное. Спросите, работает ли сервер и открывается ли с него сервер лицензий. Если он сломан — освободите ключ и пусть его введут на новом.',
    attempts: 'С этим ключом пришли с другого сервера',
    attemptsText: 'Клиент переезжает — перенесите лицензию. Никто не переезжает — ключ утёк: выпустите новый.',
    ...{ extend: 'Продлить', extended: 'Срок продлён' },
    extendAbout: 'Сервер клиента подхватит новый срок при ближайшей проверке. Ожидание счёта закончится.',
    ...{ correctEnd: 'Исправить конец срока', endCorrected: 'Конец срока исправлен' },
    correctEndAbout:
      'Если дату ввели слишком позднюю. Сервер клиента узнает о новой при ближайшей проверке, а после неё начнётся льготный период. Отозвать сразу — «Отозвать».',
    ...{ invoice: 'Ждём оплаты счёта', invoiceSave: 'Подождать', invoiceSaved: 'Ждём оплаты' },
    invoiceAbout: 'Пока счёт не оплачен, всё работает, будто срок не закончился. После оплаты нажмите «Продлить».',
    ...{ changeTerms: 'Места и тариф', termsTitle: 'Места, тариф, возможности', termsChanged: 'Изменено' },
    termsAbout: 'Ключ и срок останутся прежними. Изменения дойдут до сервера клиента при ближайшей проверке.',
    newKey: 'Выпустить новый ключ',
    newKeyAbout: 'Прежний ключ больше нигде не примут. Сервер, на котором лицензия уже работает, этого не заметит.',
    newKeySure: 'Выпустить',
    release: 'Освободить ключ',
    releaseAbout:
      'Сервер, на котором он работает, с ближайшей проверки останется только с бесплатным. Ключ можно ввести на другом сервере.',
    ...{ releaseSure: 'Освободить', released: 'Ключ свободен' },
    ...{ moveTitle: 'Перенести на другой сервер', moveTo: 'Куда', move: 'Перенести', moved: 'Перенесена' },
    moveAbout:
      'Если прежний сервер вышел из строя, освобождать ключ на нём не нужно. Он останется только с бесплатным, если снова заработает.',
    ...{ otherInstallation: 'Другой сервер', installationId: 'Номер сервера' },
    installationIdHint: 'Его видно в Ringflow на странице «Лицензия», строка «Этот сервер»',
    installationFault: 'В номере 43 знака: латинские буквы, цифры, «-» и «_»',
    noAttempts: 'Пусть ключ введут на новом сервере: он появится здесь, и лицензию можно будет перенести.',
    ...{ revoke: 'Отозвать', revokeSure: 'Отозвать', revoked: 'Отозвана' },
    revokeAbout:
      'С ближайшей проверки у клиента останется только бесплатное. Ничего не удалится; отозванное можно вернуть.',
    ...{ reason: 'Почему', reasonHint: 'Для истории; клиент не видит' },
    ...{ giveBack: 'Вернуть', givenBack: 'Возвращена' },
    giveBackAbout: 'При ближайшей проверке у клиента всё включится снова.',
    fileUntil: (day) =>
      `Но у этого сервера разрешение файлом: он не выходит на связь и проработает по нему до ${day}. Отозвать файл раньше нельзя.`,
    offlineTitle: 'Разрешение файлом',
    offlineAbout: 'Для сервера, который не выходит в интернет.',
    offlineSteps: [
      'Клиент вводит ключ в Ringflow на странице «Лицензия», в разделе «Без интернета», и присылает файл запроса.',
      'Загрузите этот файл здесь: сохранится файл разрешения.',
      'Отправьте его клиенту: его загружают там же.',
    ],
    requestFile: 'Загрузить файл запроса',
    strangeFile: 'Это не файл запроса. Нужен тот, что скачан в Ringflow на странице «Лицензия».',
    permitSaved: 'Файл ringflow-permit.json сохранён. Отправьте его клиенту.',
    employees: (used, seats) => `Занято мест: ${used} из ${seats}`,
    usage: (pbxs, calls) => `АТС: ${pbxs} · звонков за 30 дней: ${calls}`,
    seatsMissing: (missing) => `Сотрудникам не хватает мест: ${missing}. Предложите добавить.`,
    cameFrom: (address) => `с адреса ${address},`,
    times: (count) => `попыток: ${count}`,
  },
  en: {
    ...{ key: 'key', features: 'Features', noFeatures: 'No feature is on.' },
    ...{ plan: 'Plan', seatCount: 'Seats', seatCountHint: 'Employees who have an extension' },
    seatsFault: 'A whole number from 1 to 100,000',
    ...{ until: 'Paid until', untilFault: 'A later date is needed', hasEnd: 'Until a certain day' },
    ...{ worksUntil: 'Works until', save: 'Save', cancel: 'Cancel', more: 'More' },
    ...{ sellTitle: 'Sell a licence', sellNow: 'Sell', keyTitle: 'Key for the customer' },
    licenceKey: 'Licence key',
    keyOnce: 'Copy the key now',
    keyOnceText: 'It is not shown again: the server keeps its last signs alone. If it gets lost, issue a new one.',
    keyWhere: 'The customer enters it in Ringflow, on the page “Licence”.',
    ...{ copyKey: 'Copy the key', copied: 'Copied', passedOn: 'I have kept it, close' },
    ...{
      noEnd: 'Active, without an end.',
      paidUntil: 'Paid until',
      invoiceUntil: 'An invoice is pending; works until',
    },
    ...{ ended: 'What was paid for ended on', graceUntil: 'All is on until', thenFree: 'then only what is free.' },
    nowFree: 'Only what is free is on. Extend it, and at the next check all is on again.',
    isRevoked: 'Revoked: from the next check on the customer has only what is free.',
    notUsed: 'The key was not entered anywhere yet.',
    ...{ usedOn: 'Used on the server', since: 'since', lastHeard: 'Last heard of' },
    isOffline: 'Its permit is a file: the server is not heard of.',
    twin: 'A copy of this server runs somewhere',
    twinText:
      'Two are heard of by one identity, so that one licence is used twice. Ask the customer: if they have moved, let them stop the old one; if they need two, sell them another licence.',
    silent: 'The server was not heard of for more than a day',
    silentText:
      'When the grace ends the customer has only what is free. Ask whether the server runs and reaches the licensing server. If it is dead, release the key and let it be entered on the new one.',
    attempts: 'Another server came with this key',
    attemptsText:
      'If the customer is moving, move the licence. If nobody is moving, the key has leaked: issue a new one.',
    ...{ extend: 'Extend', extended: 'Extended' },
    extendAbout: "The customer's server takes the new term in at its next check. No invoice is pending any more.",
    ...{ correctEnd: 'Correct the end', endCorrected: 'Corrected' },
    correctEndAbout:
      "If a date was typed that is too late. The customer's server learns of it at its next check; after the new end comes the grace. To end it at once, revoke it.",
    ...{ invoice: 'Invoice pending', invoiceSave: 'Wait for it', invoiceSaved: 'Waiting for the invoice' },
    invoiceAbout: 'While an invoice is pending all works as if the term went on. Once it is paid press “Extend”.',
    ...{ changeTerms: 'Seats and plan', termsTitle: 'Seats, plan, features', termsChanged: 'Changed' },
    termsAbout: "Key and term stay. The customer's server learns of it at its next check.",
    newKey: 'Issue a new key',
    newKeyAbout: 'The former key is taken nowhere any more. The server that has the licence now does not notice.',
    newKeySure: 'Issue',
    release: 'Release the key',
    releaseAbout:
      'The server that it is on has only what is free from its next check on. The key can be entered on another one.',
    ...{ releaseSure: 'Release', released: 'The key is free' },
    ...{ moveTitle: 'Move to another server', moveTo: 'Where to', move: 'Move', moved: 'Moved' },
    moveAbout:
      'If the former server is dead, nothing needs to be released there. Should it run again, it has only what is free.',
    ...{ otherInstallation: 'Another server', installationId: 'Id of the server' },
    installationIdHint: 'It stands in Ringflow on the page “Licence”, beside “This server”',
    installationFault: 'An id has 43 signs: letters, digits, “-” and “_”',
    noAttempts: 'Let the key be entered on the new server: it shows up here, and the licence can be moved.',
    ...{ revoke: 'Revoke', revokeSure: 'Revoke', revoked: 'Revoked' },
    revokeAbout:
      'From the next check on the customer has only what is free. Nothing is deleted, and it can be given back.',
    ...{ reason: 'Why', reasonHint: 'For the history; the customer does not see it' },
    ...{ giveBack: 'Give back', givenBack: 'Given back' },
    giveBackAbout: 'At the next check the customer has everything again.',
    fileUntil: (day) =>
      `But this server has its permit as a file: it asks nobody, and works by it until ${day}. A file can’t be taken back before.`,
    offlineTitle: 'Permit as a file',
    offlineAbout: 'For a server without the internet.',
    offlineSteps: [
      'The customer enters the key in Ringflow, on the page “Licence”, under “Without the internet”, and sends the request file.',
      'Take that file in here: a permit file is saved.',
      'Send it to the customer, who takes it in at the same place.',
    ],
    requestFile: 'Take in a request file',
    strangeFile: 'This is no request file. Take the one that was downloaded in Ringflow, on the page “Licence”.',
    permitSaved: 'The file ringflow-permit.json is saved. Send it to the customer.',
    employees: (used, seats) => `${used} of ${seats} seats used`,
    usage: (pbxs, calls) => `PBXs: ${pbxs} · calls in 30 days: ${calls}`,
    seatsMissing: (missing) => `Employees without a seat: ${missing}. Offer to add some.`,
    cameFrom: (address) => `from ${address},`,
    times: (count) => (count === 1 ? 'once' : `${count} times`),
  },
};
