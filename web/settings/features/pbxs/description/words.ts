import type { Words } from '../../../../kit/language.tsx';
import type { DescriptionValues, ListName } from './values.ts';

type TableName = 'dids' | 'groups' | 'queues' | 'mobiles' | 'rewriting';
interface FieldWords {
  label: string;
  /** One sentence and an example. */
  about: string;
}

interface Texts
  extends Record<
    | 'people'
    | 'outside'
    | 'inside'
    | 'clients'
    | 'automatic'
    | 'number'
    | 'add'
    | 'remove'
    | 'members'
    | 'kind'
    | 'target'
    | 'extension'
    | 'begins'
    | 'digits'
    | 'becomes'
    | 'tryOut'
    | 'tryOutHint'
    | 'hasFaults',
    string
  > {
  fields: Record<ListName | TableName | 'country' | 'extensionPattern', FieldWords>;
  kinds: Record<DescriptionValues['dids'][number]['kind'], string>;
  /** What holds while a field is empty. */
  whileEmpty(what: string): string;
  readAs(number: string): string;
  notRewritten(number: string): string;
  noNumber: string;
}

export const texts: Words<Texts> = {
  ru: {
    ...{
      people: 'Сотрудники',
      outside: 'Провайдеры и звонки наружу',
      inside: 'Устройство АТС',
      clients: 'Номера клиентов',
    },
    automatic: 'определится само по звонкам',
    ...{ number: 'Номер', add: 'Добавить', remove: 'Убрать строку', members: 'Внутренние номера', kind: 'Куда ведёт' },
    ...{ target: 'Номер или название', extension: 'Внутренний номер' },
    ...{ begins: 'Начинается с', digits: 'Всего цифр', becomes: 'Начало станет' },
    ...{ tryOut: 'Проба', tryOutHint: 'Впишите номер так, как его показывает АТС' },
    hasFaults: 'Исправьте отмеченные поля, тогда можно сохранить.',
    fields: {
      extensionPattern: {
        label: 'Как выглядит внутренний номер',
        about: 'Регулярное выражение для имени телефона. Например, ^\\d{3}$ — ровно три цифры.',
      },
      extensions: {
        label: 'Ещё внутренние номера',
        about: 'Телефоны, имена которых под образец не подходят. Например, sekretar.',
      },
      mobiles: {
        label: 'Мобильные сотрудников',
        about:
          'Звонок на такой номер считается звонком сотруднику. 79161234567 → 101; для группы номеров 79167770* → * (107 у номера 79167770107).',
      },
      trunkPrefixes: {
        label: 'Транки',
        about: 'Начала имён каналов провайдеров. Например, PJSIP/mango-.',
      },
      inboundContexts: {
        label: 'Контексты входящих',
        about: 'В какие контексты диалплана приходят звонки от провайдеров. Например, from-pstn.',
      },
      internalContexts: {
        label: 'Контексты сотрудников',
        about: 'Из каких контекстов звонят телефоны сотрудников. Например, from-internal.',
      },
      outboundPrefixes: {
        label: 'Префиксы выхода наружу',
        about: 'Что набирают перед городским номером. Например, 9.',
      },
      ownCallerIds: {
        label: 'Свои номера для исходящих',
        about: 'Номера, которые АТС показывает клиентам: они никогда не считаются клиентом. Например, 74951230001.',
      },
      country: {
        label: 'Страна',
        about: 'В какой стране номера набирают без кода страны. Например, RU.',
      },
      dids: {
        label: 'Входящие номера (DID)',
        about: 'Куда ведёт каждый номер, на который звонят клиенты. Например, 74951230001 → очередь 600.',
      },
      groups: { label: 'Группы вызова', about: 'Номер группы и кто в ней. Например, 601 → 101, 102.' },
      queues: { label: 'Очереди', about: 'Номер очереди и её операторы. Например, 600 → 101, 102, 103.' },
      pickupCodes: {
        label: 'Коды перехвата',
        about: 'С чего начинается набор, чтобы ответить за коллегу. Например, *8.',
      },
      parkingExtensions: {
        label: 'Парковка',
        about: 'На какой номер переводят клиента, чтобы припарковать звонок. Например, 70.',
      },
      rewriting: {
        label: 'Как читать номера',
        about:
          'Если АТС показывает номера клиентов по-своему. Правила смотрятся сверху вниз, срабатывает первое подходящее. Например, четыре цифры на 2 — это 7495123….',
      },
    },
    kinds: { extension: 'внутренний номер', group: 'группа', queue: 'очередь', ivr: 'голосовое меню', other: 'другое' },
    whileEmpty: (what) => `Пока пусто — ${what}.`,
    readAs: (number) => `читается как ${number}`,
    notRewritten: (number) => `ни одно правило не подошло, читается как ${number}`,
    noNumber: 'это не номер',
  },
  en: {
    ...{
      people: 'Employees',
      outside: 'Providers and calls outside',
      inside: 'How the PBX is built',
      clients: "Clients' numbers",
    },
    automatic: 'found by the calls',
    ...{ number: 'Number', add: 'Add', remove: 'Remove the row', members: 'Extensions', kind: 'Leads to' },
    ...{ target: 'Number or name', extension: 'Extension' },
    ...{ begins: 'Begins with', digits: 'Digits in all', becomes: 'Beginning becomes' },
    ...{ tryOut: 'Try it', tryOutHint: 'Enter a number as the PBX shows it' },
    hasFaults: 'Mend the marked fields, then it can be saved.',
    fields: {
      extensionPattern: {
        label: 'What an extension looks like',
        about: 'A regular expression for the name of a phone. ^\\d{3}$ are exactly three digits.',
      },
      extensions: {
        label: 'More extensions',
        about: 'Phones whose names do not fit the pattern. Such as reception.',
      },
      mobiles: {
        label: "Employees' mobile phones",
        about:
          'A call to such a number counts as one to the employee. 79161234567 → 101; for a block of numbers 79167770* → * (107 for 79167770107).',
      },
      trunkPrefixes: { label: 'Trunks', about: "Beginnings of the providers' channels. Such as PJSIP/mango-." },
      inboundContexts: {
        label: 'Contexts of inbound calls',
        about: 'Contexts of the dialplan into which providers bring calls. Such as from-pstn.',
      },
      internalContexts: {
        label: 'Contexts of employees',
        about: "Contexts from which employees' phones call. Such as from-internal.",
      },
      outboundPrefixes: {
        label: 'Prefixes to dial out',
        about: 'What is dialled before an outside number. Such as 9.',
      },
      ownCallerIds: {
        label: 'Own numbers shown outside',
        about: 'Numbers that the PBX shows to clients: they are never a client. Such as 74951230001.',
      },
      country: { label: 'Country', about: 'Where numbers are dialled without a country code. Such as RU.' },
      dids: {
        label: 'Numbers clients call (DID)',
        about: 'Where each of them leads. Such as 74951230001 → queue 600.',
      },
      groups: { label: 'Ring groups', about: 'Number of the group and who is in it. Such as 601 → 101, 102.' },
      queues: { label: 'Queues', about: 'Number of the queue and its agents. Such as 600 → 101, 102, 103.' },
      pickupCodes: {
        label: 'Pickup codes',
        about: "How one begins to dial to answer a colleague's phone. Such as *8.",
      },
      parkingExtensions: {
        label: 'Parking',
        about: 'To which number a client is transferred to be parked. Such as 70.',
      },
      rewriting: {
        label: 'How numbers are read',
        about:
          "Where the PBX shows clients' numbers in a way of its own. Rules are looked at from the top, the first that fits counts. Four digits beginning with 2 may be 7495123….",
      },
    },
    kinds: { extension: 'extension', group: 'ring group', queue: 'queue', ivr: 'voice menu', other: 'something else' },
    whileEmpty: (what) => `While empty: ${what}.`,
    readAs: (number) => `is read as ${number}`,
    notRewritten: (number) => `no rule fits, it is read as ${number}`,
    noNumber: 'is no number',
  },
};
