import type { Words } from '../../../kit/language.tsx';
import type { DialplanValues } from './dialplan.ts';
import type { Trial } from './routing.ts';

type Kind = DialplanValues['kind'];

interface Texts
  extends Record<
    | ('title' | 'about' | 'noPbx' | 'noPbxText' | 'pbx' | 'holds')
    | ('enabled' | 'enabledAbout' | 'dids' | 'didsAbout' | 'allDids')
    | ('hours' | 'hoursAbout' | 'noCalendars' | 'always' | 'outside')
    | ('whenBusy' | 'whenBusyAbout' | 'whenAbsent' | 'whenAbsentAbout' | 'extensionFault')
    | ('deputies' | 'deputiesAbout' | 'addDeputy')
    | ('tryNumber' | 'tryAbout' | 'clientsNumber' | 'calledNumber' | 'try' | 'answer' | 'emptyAnswer')
    | ('onThePbx' | 'onThePbxAbout' | 'kind' | 'dialplan' | 'dialplanAbout' | 'makeKey' | 'entry')
    | ('renew' | 'renewSure' | 'renewAbout' | 'ringSeconds' | 'ringSecondsAbout' | 'context' | 'contextFault'),
    string
  > {
  places: Record<'default-route' | 'ring' | 'extension', string>;
  reasons: Record<Trial['reason'], string>;
  rung: Record<Trial['rung'], (extension: string) => string>;
  contextAbout: Record<Kind, string>;
  after: Record<Kind, string>;
  extensionFor(place: string): string;
  userOf(id: string): string;
  deputyOf(name: string): string;
  withoutDeputy(name: string): string;
  shows(name: string): string;
  ownMachine(origin: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Маршрутизация',
    about:
      'Клиент звонит — и сразу попадает к своему ответственному, а на телефоне видно имя. АТС спрашивает об этом Ringflow; не ответил он или ответственный — звонок идёт обычным путём.',
    ...{ noPbx: 'АТС ещё нет', noPbxText: 'Добавьте её на странице «АТС».', pbx: 'АТС' },
    holds: 'Действует через несколько секунд.',
    enabled: 'Вести клиентов к их ответственным',
    enabledAbout: 'Пока выключено, АТС на каждый вопрос получает пустой ответ.',
    dids: 'Для каких ваших номеров',
    didsAbout: 'Звонки на остальные идут обычным путём. Код страны можно не писать.',
    allDids: 'для всех',
    hours: 'В какие часы',
    hoursAbout: 'Календари — на странице «Номера и часы».',
    noCalendars: 'Календарей нет: добавьте часы работы на странице «Номера и часы».',
    always: 'всегда',
    outside: 'В остальное время',
    whenBusy: 'Ответственный занят',
    whenBusyAbout: 'Говорит, набирает, или его телефон уже звонит. Из нескольких телефонов берётся свободный.',
    whenAbsent: 'Ответственному звонить некуда',
    whenAbsentAbout: 'Нет внутреннего номера, пользователь отключён, или ответственного нет.',
    places: {
      'default-route': 'Обычный путь АТС',
      ring: 'Всё равно звонить ему',
      extension: 'На внутренний номер',
    },
    extensionFor: (place) => `Внутренний номер: ${place}`,
    extensionFault: 'Цифры, например 101.',
    deputies: 'Заместители',
    deputiesAbout: 'Кому звонить, если ответственный занят или отсутствует; занят и заместитель — как указано выше.',
    addDeputy: 'Назначить заместителя…',
    userOf: (id) => `Пользователь ${id}`,
    deputyOf: (name) => `Кто замещает: ${name}`,
    withoutDeputy: (name) => `Убрать заместителя: ${name}`,
    tryNumber: 'Попробовать номер',
    tryAbout: 'Что АТС услышала бы прямо сейчас — по настройкам на экране, даже если они ещё не сохранены.',
    ...{ clientsNumber: 'Номер клиента', calledNumber: 'На какой номер звонят', try: 'Попробовать' },
    ...{ answer: 'Ответ АТС', emptyAnswer: 'пустой' },
    shows: (name) => `На дисплее: ${name}`,
    rung: {
      'default-route': () => 'Обычный путь АТС',
      responsible: (extension) => `Звонит телефон ответственного, ${extension}`,
      deputy: (extension) => `Звонит телефон заместителя, ${extension}`,
      named: (extension) => `Звонок идёт на ${extension}`,
    },
    reasons: {
      off: 'Маршрутизация этой АТС выключена.',
      'no-number': 'Номер скрыт, слишком короткий или это не номер.',
      'other-did': 'Номер, на который звонят, не в списке.',
      colleague: 'Это мобильный телефон сотрудника.',
      'unknown-client':
        'Ringflow не знает клиента с этим номером. Он запоминает клиентов, читая контакты amoCRM и по мере звонков.',
      closed: 'Сейчас нерабочее время.',
      free: 'Ответственный свободен.',
      busy: 'Все телефоны ответственного заняты.',
      'no-responsible': 'У клиента нет ответственного.',
      deactivated: 'Ответственный в amoCRM отключён.',
      'no-extension': 'У ответственного нет внутреннего номера: назначьте его на странице «Сотрудники».',
    },
    ownMachine: (origin) =>
      `${origin} — адрес этой машины: с другой АТС до Ringflow так не дойдёт. Впишите в .env адрес, который видит АТС (PUBLIC_URL), и перезапустите Ringflow.`,
    onThePbx: 'На АТС',
    onThePbxAbout: 'Чтобы АТС спрашивала Ringflow, вставьте этот кусок диалплана.',
    kind: 'Что за АТС',
    dialplan: 'Вопрос о маршруте',
    dialplanAbout:
      'АТС ждёт ответа не дольше секунды, верит только «номер|имя», а если Ringflow молчит или остановлен, ведёт звонок обычным путём. Нужна функция CURL (её наличие видно по кнопке «Проверить» на странице АТС).',
    makeKey: 'Создать ключ',
    entry: 'в контексте входящих звонков, перед обычным путём',
    renew: 'Заменить ключ',
    renewSure: 'Старый ключ перестанет действовать. Заменить?',
    renewAbout:
      'По ключу Ringflow узнаёт эту АТС. После замены вставьте диалплан заново: до этого звонки идут обычным путём.',
    ringSeconds: 'Сколько секунд звонить',
    ringSecondsAbout: 'Не ответят — звонок пойдёт обычным путём.',
    context: 'Контекст телефонов',
    contextAbout: {
      freepbx: 'Здесь FreePBX звонит только на сам телефон: без переадресации и голосовой почты.',
      asterisk: 'В нём по внутреннему номеру звонит телефон.',
    },
    contextFault: 'Латинские буквы, цифры, дефис и подчёркивание.',
    after: {
      freepbx: 'Затем выполните fwconsole reload и позвоните с номера известного клиента.',
      asterisk: 'Затем выполните dialplan reload в консоли Asterisk и позвоните с номера известного клиента.',
    },
  },
  en: {
    title: 'Routing',
    about:
      "A client who calls gets straight to their responsible, whose phone shows the client's name. The PBX asks Ringflow; if it does not answer, or nobody picks up, the call takes its default route.",
    ...{ noPbx: 'There is no PBX yet', noPbxText: 'Add one on the page “PBXs”.', pbx: 'PBX' },
    holds: 'Holds within seconds.',
    enabled: 'Lead clients to their responsible',
    enabledAbout: 'While it is off, the PBX gets an empty answer to each question.',
    dids: 'For which of your numbers',
    didsAbout: 'Calls to others take the default route. The country code may be left out.',
    allDids: 'all of them',
    hours: 'At which hours',
    hoursAbout: 'Hours are made on the page “Numbers and hours”.',
    noCalendars: 'There are no hours yet: add some on the page “Numbers and hours”.',
    always: 'always',
    outside: 'At other times',
    whenBusy: 'The responsible is busy',
    whenBusyAbout: 'They talk, dial, or their phone rings already. Of several phones a free one is rung.',
    whenAbsent: 'The responsible has no phone to ring',
    whenAbsentAbout: 'No extension, a deactivated user, or nobody is responsible.',
    places: {
      'default-route': 'Default route of the PBX',
      ring: 'Ring them anyway',
      extension: 'To an extension',
    },
    extensionFor: (place) => `Extension: ${place}`,
    extensionFault: 'Digits, such as 101.',
    deputies: 'Deputies',
    deputiesAbout:
      'Who is rung if the responsible is busy or absent; if the deputy is busy too, it goes as said above.',
    addDeputy: 'Name a deputy of…',
    userOf: (id) => `User ${id}`,
    deputyOf: (name) => `Deputy of ${name}`,
    withoutDeputy: (name) => `No deputy of ${name}`,
    tryNumber: 'Try a number',
    tryAbout: 'What the PBX would hear right now, by the settings on the screen, saved or not.',
    ...{ clientsNumber: "Client's number", calledNumber: 'Number called', try: 'Try' },
    ...{ answer: 'Answer to the PBX', emptyAnswer: 'empty' },
    shows: (name) => `On the display: ${name}`,
    rung: {
      'default-route': () => 'Default route of the PBX',
      responsible: (extension) => `The phone of the responsible rings, ${extension}`,
      deputy: (extension) => `The phone of the deputy rings, ${extension}`,
      named: (extension) => `The call goes to ${extension}`,
    },
    reasons: {
      off: 'Routing of this PBX is off.',
      'no-number': 'The number is hidden, too short, or no number.',
      'other-did': 'The number called is not listed.',
      colleague: "It is an employee's mobile phone.",
      'unknown-client':
        'Ringflow knows no client with this number. It learns clients by reading the contacts of amoCRM, and by calls.',
      closed: 'Nobody works at this hour.',
      free: 'The responsible is free.',
      busy: 'All phones of the responsible are busy.',
      'no-responsible': 'Nobody is responsible for the client.',
      deactivated: 'The responsible is deactivated in amoCRM.',
      'no-extension': 'The responsible has no extension: give them one on the page “Employees”.',
    },
    ownMachine: (origin) =>
      `${origin} is this machine's own address: a PBX elsewhere does not reach Ringflow by it. Name in .env the address that the PBX sees (PUBLIC_URL), and restart Ringflow.`,
    onThePbx: 'On the PBX',
    onThePbxAbout: 'So that the PBX asks Ringflow, paste this piece of dialplan there.',
    kind: 'Kind of PBX',
    dialplan: 'Asking for the route',
    dialplanAbout:
      'The PBX waits a second at most, believes nothing but “number|name”, and takes the default route when Ringflow is silent or stopped. It needs the function CURL (“Check” on the page of the PBX tells whether it is there).',
    makeKey: 'Make a key',
    entry: 'in the context of incoming calls, before the default route',
    renew: 'Renew the key',
    renewSure: 'The old key will hold no more. Renew it?',
    renewAbout:
      'By the key Ringflow knows this PBX. After renewing it paste the dialplan anew: until then calls take the default route.',
    ringSeconds: 'Seconds to ring',
    ringSecondsAbout: 'If nobody answers, the call takes its default route.',
    context: 'Context of the phones',
    contextAbout: {
      freepbx: 'There FreePBX rings the phone alone: no follow-me, no voicemail.',
      asterisk: 'In it the phone of an extension rings.',
    },
    contextFault: 'Letters (a-z), digits, hyphens and underscores.',
    after: {
      freepbx: 'Then run fwconsole reload, and call from the number of a known client.',
      asterisk: 'Then run dialplan reload in the console of Asterisk, and call from the number of a known client.',
    },
  },
};
