import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'nobody'
  | 'nobodyText'
  | 'toCustomers'
  | 'active'
  | 'activeAbout'
  | 'trials'
  | 'trialsAbout'
  | 'invoicePending'
  | 'invoicePendingAbout'
  | 'inGrace'
  | 'inGraceAbout'
  | 'silent'
  | 'silentAbout'
  | 'foreignKeys'
  | 'foreignKeysAbout'
  | 'endsSoon'
  | 'endsSoonAbout'
  | 'nothingEnds'
  | 'withinDay'
  | 'withinWeek'
  | 'withinTwoWeeks'
  | 'graceTitle'
  | 'graceAbout'
  | 'until'
  | 'foreignTitle'
  | 'foreignAbout';

interface Texts extends Record<Label, string> {
  cameFrom(address: string, times: number): string;
  manyCame(machines: number, address: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Обзор', about: 'Кому сегодня позвонить и что проверить.' },
    nobody: 'Клиентов ещё нет',
    nobodyText: 'Добавьте первого клиента и продайте ему лицензию.',
    toCustomers: 'К клиентам',
    ...{ active: 'Действуют', activeAbout: 'Покупки, по которым всё работает, и в льготный период тоже.' },
    ...{ trials: 'Пробуют', trialsAbout: 'Предложите купить, пока он не закончился.' },
    ...{ invoicePending: 'Ждут оплаты счёта', invoicePendingAbout: 'Как только оплатят — продлите.' },
    ...{ inGrace: 'В льготном периоде', inGraceAbout: 'Срок вышел: продлите или договоритесь о счёте.' },
    ...{ silent: 'Молчат больше суток', silentAbout: 'Спросите, работает ли сервер и есть ли интернет.' },
    ...{ foreignKeys: 'С чужим ключом за неделю', foreignKeysAbout: 'Клиент переезжает или ключ утёк.' },
    endsSoon: 'Скоро закончится срок',
    endsSoonAbout: 'Напомните и выставьте счёт.',
    nothingEnds: 'В ближайшие две недели ни у кого срок не закончится.',
    ...{ withinDay: 'за день', withinWeek: 'за неделю', withinTwoWeeks: 'за две недели' },
    graceTitle: 'В льготном периоде',
    graceAbout: 'После этого дня у них останется только бесплатное.',
    until: 'до',
    foreignTitle: 'С чужими ключами',
    foreignAbout: 'Откройте клиента: если он переезжает, перенесите лицензию; если нет, выпустите новый ключ.',
    manyCame: (machines, address) => `других серверов: ${machines}, последний с адреса ${address}`,
    cameFrom: (address, times) => `другой сервер с адреса ${address}, попыток: ${times}`,
  },
  en: {
    ...{ title: 'Overview', about: 'Whom to call today, and what to look at.' },
    nobody: 'There are no customers yet',
    nobodyText: 'Add the first, and sell them a licence.',
    toCustomers: 'To the customers',
    ...{ active: 'Active', activeAbout: 'Purchases by which all is on, in grace too.' },
    ...{ trials: 'On trial', trialsAbout: 'Offer them a licence before it is over.' },
    ...{ invoicePending: 'Invoice pending', invoicePendingAbout: 'Extend as soon as it is paid.' },
    ...{ inGrace: 'In grace', inGraceAbout: 'The term is over: extend, or agree on an invoice.' },
    ...{ silent: 'Silent for more than a day', silentAbout: 'Ask whether the server runs and has the internet.' },
    ...{
      foreignKeys: 'With a foreign key this week',
      foreignKeysAbout: 'A customer is moving, or a key has leaked.',
    },
    endsSoon: 'Ending soon',
    endsSoonAbout: 'Remind them, and send an invoice.',
    nothingEnds: "Nobody's term ends within two weeks.",
    ...{ withinDay: 'within a day', withinWeek: 'within a week', withinTwoWeeks: 'within two weeks' },
    graceTitle: 'In grace',
    graceAbout: 'After that day they have only what is free.',
    until: 'until',
    foreignTitle: 'With keys of others',
    foreignAbout: 'Open the customer: if they are moving, move the licence; if not, issue a new key.',
    manyCame: (machines, address) => `${machines} other servers, the last from ${address}`,
    cameFrom: (address, times) => `another server from ${address}, ${times === 1 ? 'once' : `${times} times`}`,
  },
};
