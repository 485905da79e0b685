import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'searchBy'
  | 'none'
  | 'noneText'
  | 'nothing'
  | 'nothingText'
  | 'runs'
  | 'over'
  | 'notBegun'
  | 'notBegunText'
  | 'until'
  | 'worksUntil'
  | 'lastHeard'
  | 'extend'
  | 'extendAbout'
  | 'extended'
  | 'reserve'
  | 'reserveAbout'
  | 'reserved'
  | 'account'
  | 'accountFault';

export const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ title: 'Пробные периоды', about: 'Кто пробует Ringflow. Период один на аккаунт amoCRM.' },
    searchBy: 'Аккаунт amoCRM или клиент',
    none: 'Никто ещё не пробовал',
    noneText:
      'Период начинается сам, когда в Ringflow подключают amoCRM. Клиенту его можно дать заранее на его странице.',
    ...{ nothing: 'Ничего не нашлось', nothingText: 'Попробуйте часть адреса или названия.' },
    ...{ runs: 'идёт', over: 'закончился', notBegun: 'не начат' },
    notBegunText: 'Начнётся, когда в Ringflow подключат этот аккаунт.',
    ...{ until: 'по', worksUntil: 'Продлить по', lastHeard: 'на связи' },
    ...{ extend: 'Продлить', extended: 'Пробный период продлён' },
    extendAbout: 'Если он уже закончился, при ближайшей проверке всё включится снова.',
    reserve: 'Дать пробный период',
    reserveAbout: 'Так будет видно, чей он. Начнётся сам, когда в Ringflow подключат этот аккаунт.',
    ...{ reserved: 'Пробный период ждёт', account: 'Аккаунт amoCRM', accountFault: 'Адрес, например firm.amocrm.ru' },
  },
  en: {
    ...{ title: 'Trials', about: 'Who tries Ringflow. There is one trial for an amoCRM account.' },
    searchBy: 'amoCRM account or customer',
    none: 'Nobody has tried yet',
    noneText:
      'A trial begins by itself when amoCRM is connected to Ringflow. It can be given beforehand on the page of a customer.',
    ...{ nothing: 'Nothing was found', nothingText: 'Try a part of the address or of the name.' },
    ...{ runs: 'runs', over: 'over', notBegun: 'not begun' },
    notBegunText: 'It begins when this account is connected to Ringflow.',
    ...{ until: 'until', worksUntil: 'Extend until', lastHeard: 'heard of' },
    ...{ extend: 'Extend', extended: 'The trial is extended' },
    extendAbout: 'If it is over already, all is on again at the next check.',
    reserve: 'Give a trial',
    reserveAbout: 'So it is known whose it is. It begins by itself when this account is connected to Ringflow.',
    ...{ reserved: 'The trial waits', account: 'amoCRM account', accountFault: 'An address, such as firm.amocrm.ru' },
  },
};
