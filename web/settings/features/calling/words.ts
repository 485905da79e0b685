import type { ClickRefusal, PlannedCall } from '../../../../proto/calling/plan.ts';
import type { Words } from '../../../kit/language.tsx';
import type { CallingState } from './calling.ts';
import type { CallingValues, PbxValues } from './values.ts';

type Label =
  | ('title' | 'about' | 'holds' | 'hasFaults' | 'forAll')
  | ('standing' | 'fine' | 'missing' | 'since' | 'noPbx' | 'toPbxs' | 'toAmocrm' | 'toEmployees')
  | ('integrationKnown' | 'integrationUnknown')
  | ('widget' | 'widgetAbout' | 'download')
  | (
      | 'employees'
      | 'employeesAbout'
      | 'addEmployee'
      | 'employee'
      | 'theirPbx'
      | 'firstPbx'
      | 'isOff'
      | 'asPbx'
      | 'choose'
    )
  | ('tryOut' | 'tryOutAbout' | 'whoClicks' | 'number' | 'mendFirst');

type FieldName = Exclude<keyof PbxValues | keyof CallingValues, 'pbxs' | 'employees'>;

interface Texts extends Record<Label, string> {
  toPbx(id: string): string;
  ami: Record<CallingState['pbxs'][number]['ami']['state'], (id: string) => string>;
  people(people: CallingState['people']): string;
  steps: string[];
  pbx(id: string): string;
  onlyOwn(country: string): string;
  removeEmployee(extension: string): string;
  fields: Record<FieldName, { label: string; description: string }>;
  answers: Record<'none' | 'call-info' | 'alert-info', string>;
  dialAs: Record<'national' | 'digits' | 'plus', string>;
  refusals: Record<ClickRefusal, string>;
  planned(call: PlannedCall): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Звонки из amoCRM',
    about: 'Сотрудник щёлкает по номеру в amoCRM: сначала звонит его телефон, потом телефон клиента.',
    holds: 'Действует со следующего щелчка.',
    hasFaults: 'Исправьте отмеченные поля, тогда можно сохранить.',
    forAll: 'Для всех',
    ...{ standing: 'Всё ли готово', fine: 'В порядке', missing: 'Обратите внимание', since: 'с' },
    noPbx: 'АТС ещё не добавлена.',
    ...{ toPbxs: 'Добавить АТС', toAmocrm: 'Открыть страницу «amoCRM»', toEmployees: 'Открыть «Сотрудников»' },
    toPbx: (id) => `Открыть АТС ${id}`,
    ami: {
      none: (id) => `АТС ${id}: AMI не задан, звонить через неё нельзя.`,
      unknown: (id) => `АТС ${id}: пока неизвестно, отвечает ли AMI. Работает ли connector?`,
      connecting: (id) => `АТС ${id}: соединяемся с AMI`,
      up: (id) => `АТС ${id}: AMI на связи`,
      down: (id) => `АТС ${id}: AMI не отвечает`,
    },
    integrationKnown: 'Секретный ключ интеграции известен: виджету можно доверять.',
    integrationUnknown:
      'Ringflow не знает секретного ключа интеграции, и виджет работать не будет. Подключите аккаунт через интеграцию или задайте AMOCRM_CLIENT_ID и AMOCRM_CLIENT_SECRET.',
    people: ({ all, withoutPhone }) => {
      if (all === 0) return 'Пользователи amoCRM ещё не известны.';
      if (withoutPhone === 0) return 'У всех пользователей amoCRM есть внутренний номер.';
      return `Без внутреннего номера: ${withoutPhone} из ${all}. Они звонить не смогут.`;
    },
    widget: 'Виджет для amoCRM',
    widgetAbout:
      'Без виджета щелчок по номеру до Ringflow не дойдёт. Архив собран под адрес этого Ringflow; после его обновления скачайте и загрузите новый.',
    download: 'Скачать widget.zip',
    steps: [
      'В amoCRM откройте «амоМаркет», найдите свою интеграцию — ту самую, через которую подключён Ringflow, — и откройте её на редактирование.',
      'Загрузите widget.zip, не меняя имени файла, и нажмите «Установить».',
      'В окне виджета написано, подключён ли Ringflow и какой у вас внутренний номер.',
      'Обновите страницу amoCRM. Подробнее — в docs/widget.ru.md.',
    ],
    employees: 'У кого иначе',
    employeesAbout: 'Только те, у кого что-то отличается. Пустое поле — как задано для АТС.',
    ...{
      addEmployee: 'Добавить сотрудника',
      employee: 'Сотрудник',
      theirPbx: 'АТС телефона',
      firstPbx: 'первая с AMI',
    },
    ...{ isOff: 'Не может звонить из amoCRM', asPbx: 'как у АТС', choose: 'Выберите' },
    removeEmployee: (extension) => `Убрать ${extension}`.trim(),
    pbx: (id) => `АТС ${id}`,
    onlyOwn: (country) => `только ${country}`,
    fields: {
      isOn: { label: 'Звонить щелчком по номеру', description: 'Выключено — не может никто; виджет об этом скажет.' },
      hasWidgetCards: {
        label: 'Карточки звонков — в виджете',
        description:
          'У кого открыта amoCRM с виджетом, тот видит карточку в нём, а не уведомление amoCRM. Остальным — уведомление, как раньше.',
      },
      mostPerMinute: {
        label: 'Не больше звонков в минуту у одного сотрудника',
        description: 'Защита от случайных щелчков и зациклившихся расширений браузера.',
      },
      tokensMayRepeat: {
        label: 'Принимать одно подтверждение amoCRM несколько раз',
        description: 'Включите, только если сотрудники видят «Подтверждение amoCRM уже использовано».',
      },
      channel: {
        label: 'Канал телефона',
        description: 'Как АТС вызывает телефон сотрудника; {extension} — его номер.',
      },
      context: { label: 'Контекст', description: 'В каком контексте диалплана набирается номер клиента.' },
      prefix: { label: 'Префикс', description: 'Что набрать перед номером: выход в город или выбор транка.' },
      callerId: { label: 'Номер, который видит клиент', description: 'Один из ваших, например +74951234567.' },
      ringSeconds: {
        label: 'Сколько секунд звонит телефон сотрудника',
        description: 'От 5 до 120; не ответил — клиенту не звоним.',
      },
      autoAnswer: {
        label: 'Телефон снимает трубку сам',
        description: 'Если телефон это умеет: нужный заголовок есть в его инструкции.',
      },
      callerIdVariable: {
        label: 'Переменная канала с этим номером',
        description: 'Через неё диалплан узнаёт, какой номер показать клиенту.',
      },
      dialAs: { label: 'Как набирать', description: 'В каком виде номер ждёт диалплан.' },
      countries: { label: 'Куда можно звонить', description: 'Страны. На платные номера нельзя никогда.' },
      refusedPrefixes: {
        label: 'Куда нельзя',
        description: 'Начала номеров с кодом страны. Введите и нажмите Enter.',
      },
    },
    answers: { none: 'Не отвечает сам', 'call-info': 'Заголовок Call-Info', 'alert-info': 'Заголовок Alert-Info' },
    dialAs: {
      national: 'Как внутри страны: 8 916 123-45-67',
      digits: 'С кодом страны: 7 916 123-45-67',
      plus: 'С кодом страны и +: +7 916 123-45-67',
    },
    tryOut: 'Проверить номер',
    tryOutAbout: 'Что будет при щелчке с тем, что сейчас стоит в форме. Никто никуда не звонит.',
    ...{ whoClicks: 'Кто щёлкнул', number: 'Номер, как в amoCRM', mendFirst: 'Сначала исправьте отмеченные поля.' },
    refusals: {
      'feature-off': 'Не позвонит: этого нет в лицензии.',
      'no-seat': 'Не позвонит: сотруднику не хватило места в лицензии.',
      'switched-off': 'Не позвонит: звонки из amoCRM выключены.',
      'no-extension': 'Не позвонит: у сотрудника нет внутреннего номера.',
      'no-pbx': 'Не позвонит: нет АТС, у которой задан AMI.',
      'not-a-number': 'Не позвонит: это не номер телефона.',
      'country-not-allowed': 'Не позвонит: эта страна не разрешена.',
      'premium-number': 'Не позвонит: это платный номер.',
      'refused-prefix': 'Не позвонит: номера с таким началом запрещены.',
    },
    planned: ({ pbxId, channel, ringMs, exten, context }) =>
      `АТС ${pbxId} вызовет ${channel} (до ${ringMs / 1000} с), затем наберёт ${exten} в контексте ${context}.`,
  },
  en: {
    title: 'Calls from amoCRM',
    about: 'An employee clicks on a number in amoCRM: their phone rings first, then the client’s.',
    holds: 'Holds from the next click on.',
    hasFaults: 'Mend the marked fields, then it can be saved.',
    forAll: 'For everybody',
    ...{ standing: 'Is everything ready', fine: 'Fine', missing: 'Look here', since: 'since' },
    noPbx: 'There is no PBX yet.',
    ...{ toPbxs: 'Add a PBX', toAmocrm: 'Open the page amoCRM', toEmployees: 'Open Employees' },
    toPbx: (id) => `Open the PBX ${id}`,
    ami: {
      none: (id) => `PBX ${id}: AMI is not set, nobody can call by it.`,
      unknown: (id) => `PBX ${id}: not known yet whether AMI answers. Does connector run?`,
      connecting: (id) => `PBX ${id}: connecting to AMI`,
      up: (id) => `PBX ${id}: AMI is up`,
      down: (id) => `PBX ${id}: AMI does not answer`,
    },
    integrationKnown: 'The secret key of the integration is known: the widget can be trusted.',
    integrationUnknown:
      'Ringflow does not know the secret key of the integration, so the widget can’t work. Connect the account by an integration, or set AMOCRM_CLIENT_ID and AMOCRM_CLIENT_SECRET.',
    people: ({ all, withoutPhone }) => {
      if (all === 0) return 'amoCRM’s users are not known yet.';
      if (withoutPhone === 0) return 'All users of amoCRM have an extension.';
      return `Without an extension: ${withoutPhone} of ${all}. They can’t call.`;
    },
    widget: 'The widget for amoCRM',
    widgetAbout:
      'Without it no click reaches Ringflow. The archive is made for the address of this Ringflow; after an update of Ringflow download and upload it anew.',
    download: 'Download widget.zip',
    steps: [
      'In amoCRM open amoMarket, find your integration — the one by which Ringflow is connected — and open it for editing.',
      'Upload widget.zip without changing its name, and press Install.',
      'The window of the widget says whether Ringflow is connected and which extension you have.',
      'Load amoCRM anew. docs/widget.md tells more.',
    ],
    employees: 'Who differs',
    employeesAbout: 'Only those for whom something differs. An empty field is as set for the PBX.',
    ...{
      addEmployee: 'Add an employee',
      employee: 'Employee',
      theirPbx: 'PBX of their phone',
      firstPbx: 'the first with AMI',
    },
    ...{ isOff: 'May not call from amoCRM', asPbx: 'as for the PBX', choose: 'Choose' },
    removeEmployee: (extension) => `Remove ${extension}`.trim(),
    pbx: (id) => `PBX ${id}`,
    onlyOwn: (country) => `only ${country}`,
    fields: {
      isOn: { label: 'Call by a click on a number', description: 'Off: nobody can, and the widget says so.' },
      hasWidgetCards: {
        label: 'Cards of calls in the widget',
        description:
          'Who has amoCRM with the widget open sees the card there instead of amoCRM’s notification. Others get the notification as before.',
      },
      mostPerMinute: {
        label: 'Calls of one employee within a minute, at most',
        description: 'Against clicks by mistake and browser extensions that run wild.',
      },
      tokensMayRepeat: {
        label: 'Take one proof of amoCRM several times',
        description: 'Only if employees are told “amoCRM’s proof was used already”.',
      },
      channel: { label: 'Channel of the phone', description: 'How the PBX calls the employee; {extension} is theirs.' },
      context: { label: 'Context', description: 'Of the dialplan, in which the client’s number is dialled.' },
      prefix: { label: 'Prefix', description: 'Dialled before the number: an outside line, or to choose a trunk.' },
      callerId: { label: 'Number that the client sees', description: 'One of yours, such as +74951234567.' },
      ringSeconds: {
        label: 'Seconds for which the employee’s phone rings',
        description: '5 to 120; unanswered, the client is not called.',
      },
      autoAnswer: {
        label: 'The phone answers by itself',
        description: 'If it can: its manual names the header.',
      },
      callerIdVariable: {
        label: 'Channel variable with that number',
        description: 'By it the dialplan is told which number the client sees.',
      },
      dialAs: { label: 'Dial as', description: 'The form of number that the dialplan expects.' },
      countries: { label: 'May be called', description: 'Countries. Premium-rate numbers never may.' },
      refusedPrefixes: {
        label: 'May not be called',
        description: 'Beginnings of numbers, with the country code. Type one and press Enter.',
      },
    },
    answers: { none: 'Does not', 'call-info': 'Header Call-Info', 'alert-info': 'Header Alert-Info' },
    dialAs: {
      national: 'As within the country: 8 916 123-45-67',
      digits: 'With the country code: 7 916 123-45-67',
      plus: 'With + and the country code: +7 916 123-45-67',
    },
    tryOut: 'Try a number',
    tryOutAbout: 'What a click would do with what stands in the form now. Nobody is called.',
    ...{ whoClicks: 'Who clicks', number: 'Number as in amoCRM', mendFirst: 'Mend the marked fields first.' },
    refusals: {
      'feature-off': 'No call: the licence does not have it.',
      'no-seat': 'No call: the licence has no seat for the employee.',
      'switched-off': 'No call: calling from amoCRM is switched off.',
      'no-extension': 'No call: the employee has no extension.',
      'no-pbx': 'No call: no PBX has AMI set.',
      'not-a-number': 'No call: this is no phone number.',
      'country-not-allowed': 'No call: this country is not allowed.',
      'premium-number': 'No call: this is a premium-rate number.',
      'refused-prefix': 'No call: numbers that begin so are refused.',
    },
    planned: ({ pbxId, channel, ringMs, exten, context }) =>
      `PBX ${pbxId} calls ${channel} (for ${ringMs / 1000} s at most), then dials ${exten} in context ${context}.`,
  },
};
