import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'readAt'
  | 'renew'
  | 'nobody'
  | 'nobodyText'
  | 'way'
  | 'byAmocrm'
  | 'byAmocrmAbout'
  | 'byHand'
  | 'byHandAbout'
  | 'user'
  | 'phone'
  | 'extensions'
  | 'inactive'
  | 'none'
  | 'mobiles'
  | 'unmapped'
  | 'unmappedAbout'
  | 'unmappedInAmocrm'
  | 'extension'
  | 'lastCall'
  | 'giveTo'
  | 'nobodyYet'
  | 'firstSeats'
  | 'firstSeatsAbout'
  | 'firstSeatsNobody';

interface Texts extends Record<Label, string> {
  extensionsOf(name: string): string;
  userOf(id: string): string;
  seatsOf(count: number, used: number): string;
  shared(extensions: string): string;
  unreadable(texts: string): string;
  idle(names: string): string;
  mobilesOf(name: string): string;
  giveExtension(extension: string): string;
  unreadableMobiles(texts: string): string;
  sharedMobiles(numbers: string): string;
  withoutExtension(names: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Сотрудники',
    about: 'Чей внутренний номер чей: кому показать карточку и на кого записать звонок.',
    ...{ readAt: 'amoCRM ответила', renew: 'Спросить снова' },
    nobody: 'Пользователи amoCRM ещё не известны',
    nobodyText: 'amoCRM ещё не спрашивали, или она не ответила. Проверьте подключение на странице «Начало».',
    way: 'Откуда известны номера',
    byAmocrm: 'Из amoCRM',
    byAmocrmAbout: 'Внутренний номер стоит в поле телефона пользователя. Изменения видны через несколько минут.',
    byHand: 'Задать здесь',
    byHandAbout: 'Поле телефона в amoCRM не важно. У одного человека может быть несколько номеров.',
    ...{ user: 'Пользователь amoCRM', phone: 'Телефон в amoCRM', extensions: 'Внутренние номера' },
    ...{ inactive: 'отключён', none: 'нет: ни карточек, ни звонков на нём' },
    ...{ mobiles: 'Мобильные', unmapped: 'Звонят, но ни за кем не закреплены' },
    unmappedAbout:
      'Эти внутренние номера встречались в звонках. Пока их ни за кем не закрепить, карточки и звонки никому не достанутся.',
    unmappedInAmocrm:
      'Эти внутренние номера встречались в звонках. Впишите их в поле телефона пользователей в amoCRM или выберите «Задать здесь».',
    ...{ extension: 'Внутренний номер', lastCall: 'Последний звонок', giveTo: 'Чей', nobodyYet: 'пока ничей' },
    firstSeats: 'Кому место в лицензии в первую очередь',
    firstSeatsAbout:
      'Важно, только если мест меньше, чем сотрудников с номерами. Порядок — как выбрано; остальные за ними, кто раньше появился в amoCRM.',
    firstSeatsNobody: 'кто раньше появился в amoCRM',
    userOf: (id) => `Пользователь ${id}`,
    seatsOf: (count, used) => `Мест в лицензии: ${count}, сотрудников с номерами: ${used}.`,
    giveExtension: (extension) => `Чей номер ${extension}`,
    mobilesOf: (name) => `Мобильные: ${name}`,
    unreadableMobiles: (wrong) => `Это не мобильный номер: ${wrong}. Нужны цифры с кодом страны, например 79161234567.`,
    sharedMobiles: (numbers) => `Один мобильный у двоих: ${numbers}. Оставьте его у одного.`,
    withoutExtension: (names) => `Сначала дайте внутренний номер: ${names}. Мобильный считается им.`,
    extensionsOf: (name) => `Внутренние номера: ${name}`,
    shared: (extensions) => `Один номер у двоих: ${extensions}. Оставьте его у одного.`,
    unreadable: (wrong) => `Это не внутренний номер: ${wrong}. Нужны только цифры, не больше десяти.`,
    idle: (names) => `В amoCRM отключены или удалены: ${names}. Их звонки получит следующий по правилам.`,
  },
  en: {
    title: 'Employees',
    about: 'Who has which extension: to whom a card is shown, and on whom a call is registered.',
    ...{ readAt: 'amoCRM answered', renew: 'Ask again' },
    nobody: "amoCRM's users are not known yet",
    nobodyText: 'amoCRM was not asked yet, or did not answer. See how it is connected on the page “Start”.',
    way: 'How the extensions are known',
    byAmocrm: 'From amoCRM',
    byAmocrmAbout: "The extension stands in the user's phone field. Changes show within minutes.",
    byHand: 'Set here',
    byHandAbout: "amoCRM's phone field does not matter. One person may have several extensions.",
    ...{ user: 'amoCRM user', phone: 'Phone in amoCRM', extensions: 'Extensions' },
    ...{ inactive: 'deactivated', none: 'none: no cards, no calls on them' },
    ...{ mobiles: 'Mobile phones', unmapped: 'Seen in calls, and nobody has them' },
    unmappedAbout: 'These extensions took part in calls. Until somebody has them nobody gets their cards and calls.',
    unmappedInAmocrm:
      'These extensions took part in calls. Enter them in the phone field of users in amoCRM, or choose “Set here”.',
    ...{ extension: 'Extension', lastCall: 'Last call', giveTo: 'Whose', nobodyYet: 'nobody yet' },
    giveExtension: (extension) => `Whose is ${extension}`,
    mobilesOf: (name) => `Mobile phones of ${name}`,
    unreadableMobiles: (wrong) => `No mobile number: ${wrong}. Digits with the country code, such as 79161234567.`,
    sharedMobiles: (numbers) => `Two people have ${numbers}. Leave it with one.`,
    withoutExtension: (names) => `Give an extension first: ${names}. A mobile phone counts as it.`,
    firstSeats: 'Who gets a seat of the licence first',
    firstSeatsAbout:
      'It matters only while there are fewer seats than employees with extensions. They come in the order of your choice, the others after them, as they came to amoCRM.',
    firstSeatsNobody: 'whoever came to amoCRM first',
    userOf: (id) => `User ${id}`,
    seatsOf: (count, used) => `Seats in the licence: ${count}; employees with extensions: ${used}.`,
    extensionsOf: (name) => `Extensions of ${name}`,
    shared: (extensions) => `Two people have ${extensions}. Leave it with one.`,
    unreadable: (wrong) => `No extension: ${wrong}. Digits only, at most ten.`,
    idle: (names) => `Deactivated or deleted in amoCRM: ${names}. Whoever is next by the rules gets their calls.`,
  },
};
