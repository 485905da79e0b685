import type { RulePhase } from '../../../../proto/rule.ts';
import type { TemplateField } from '../../../../proto/template.ts';
import type { Words } from '../../../kit/language.tsx';

type Label =
  | 'title'
  | 'about'
  | 'order'
  | 'rules'
  | 'dryRun'
  | 'noRules'
  | 'add'
  | 'newName'
  | 'presets'
  | 'presetsAbout'
  | 'addPreset'
  | 'presetThere'
  | 'backToUsual'
  | 'backToUsualAbout'
  | 'sure'
  | 'edit'
  | 'look'
  | 'copy'
  | 'remove'
  | 'fetchBack'
  | 'removed'
  | 'changed'
  | 'name'
  | 'moment'
  | 'conditions'
  | 'whenAbout'
  | 'addCondition'
  | 'takeOut'
  | 'actions'
  | 'addAction'
  | 'done'
  | 'takeBack'
  | 'drop'
  | 'yes'
  | 'no'
  | 'open'
  | 'closed'
  | 'from'
  | 'below'
  | 'typed'
  | 'calendar'
  | 'responsible'
  | 'responsibleAbout'
  | 'addResponsible'
  | 'nobodyIsResponsible'
  | 'user'
  | 'userId'
  | 'did'
  | 'addDid'
  | 'text'
  | 'leadName'
  | 'insert'
  | 'sampleCall'
  | 'preview'
  | 'previewOn'
  | 'tags'
  | 'pipeline'
  | 'stage'
  | 'firstPipeline'
  | 'firstStage'
  | 'pipelineId'
  | 'statusId'
  | 'source'
  | 'sourceAbout'
  | 'attachTo'
  | 'target'
  | 'dueMinutes'
  | 'withinHours'
  | 'always'
  | 'hook'
  | 'inactive'
  | 'unknown'
  | 'catalogue'
  | 'renew'
  | 'noCatalogue'
  | 'listsElsewhere';

interface Texts extends Record<Label, string> {
  phases: Record<RulePhase, { title: string; about: string }>;
  fields: Record<TemplateField, string>;
  isOn(name: string): string;
  moveUp(name: string): string;
  moveDown(name: string): string;
  ofRule(what: string, name: string): string;
  nowAt(name: string, place: number, of: number): string;
  copyOf(name: string): string;
  faulty(names: string): string;
  added(name: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Правила',
    about: 'Что делать со звонком: когда показать карточку, что записать в amoCRM и кому поставить задачу.',
    order:
      'Порядок важен: для каждого вида действий решает первое включённое правило, которое подходит звонку. Остальные правила с тем же действием тогда молчат.',
    ...{ rules: 'Правила', dryRun: 'Проба на звонке' },
    noRules: 'Правил для этого момента нет: Ringflow ничего не делает.',
    ...{ add: 'Новое правило', newName: 'Новое правило', presets: 'Готовые правила' },
    presetsAbout: 'Добавленное встаёт рядом с тем, что есть; посмотрите его и сохраните.',
    ...{ addPreset: 'Добавить', presetThere: 'Уже есть', backToUsual: 'Вернуть обычные правила' },
    backToUsualAbout: 'Четыре правила, с которых начинают все. Ваши уйдут; до сохранения их можно вернуть по одному.',
    ...{ sure: 'Точно заменить?', edit: 'Изменить', look: 'Посмотреть', copy: 'Копия', remove: 'Удалить' },
    ...{ fetchBack: 'Вернуть', removed: 'будет удалено', changed: 'не сохранено' },
    ...{ name: 'Название', moment: 'Когда', conditions: 'Условия', takeOut: 'Убрать', actions: 'Действия' },
    whenAbout: 'Должны выполняться все. Без условий правило подходит любому звонку.',
    ...{ addCondition: 'Добавить условие', addAction: 'Добавить действие' },
    ...{ done: 'Готово', takeBack: 'Вернуть как было', drop: 'Не добавлять' },
    ...{ yes: 'Да', no: 'Нет', open: 'открыто', closed: 'закрыто', from: 'Не меньше, с', below: 'Меньше, с' },
    ...{ typed: 'Введите и нажмите Enter', calendar: 'Календарь' },
    responsible: 'Ответственный',
    responsibleAbout: 'Первый из списка, кто известен и работает.',
    addResponsible: 'Добавить в список',
    nobodyIsResponsible: 'Никого: ответственным станет тот, кого поставит amoCRM.',
    ...{ user: 'Пользователь', userId: 'id пользователя', did: 'Набранный номер', addDid: 'Добавить номер' },
    ...{ text: 'Текст', leadName: 'Название', insert: 'Вставить поле' },
    ...{ sampleCall: 'пример: пропущенный звонок', preview: 'Получится', previewOn: 'Показывать тексты на звонке' },
    ...{ tags: 'Теги', pipeline: 'Воронка', stage: 'Этап', firstPipeline: 'Главная', firstStage: 'Первый' },
    ...{ pipelineId: 'id воронки', statusId: 'id этапа', source: 'Источник' },
    sourceAbout: 'external_id источника сделок в amoCRM; можно оставить пустым.',
    ...{ attachTo: 'Куда записать звонок', target: 'Кому', dueMinutes: 'Срок, минут' },
    ...{ withinHours: 'Считать минуты', always: 'круглосуточно', hook: 'Хук' },
    ...{ inactive: 'отключён', unknown: 'amoCRM такого не назвала' },
    ...{ catalogue: 'Имена из amoCRM', renew: 'Спросить amoCRM' },
    noCatalogue:
      'Пользователи и воронки amoCRM ещё не известны. Правила показаны с номерами, и номера можно вписать самому; имена появятся, когда amoCRM ответит.',
    listsElsewhere: 'Сначала нужен список номеров, календарь или хук.',
    phases: {
      requested: { title: 'Звонит телефон', about: 'Сотрудника вызвали, трубку ещё не сняли.' },
      accepted: { title: 'Начался разговор', about: 'Кто-то ответил.' },
      transferred: { title: 'Клиента перевели', about: 'На другого сотрудника или номер.' },
      call_ended: { title: 'Звонок окончен', about: 'Известно всё: результат, кто говорил и сколько.' },
    },
    fields: {
      ...{ phone: 'телефон клиента', client: 'имя клиента', direction: 'направление', did: 'набранный номер' },
      ...{ trunk: 'транк', queue: 'очередь', extension: 'внутренний номер', callResult: 'чем кончилось' },
      ...{ waitedSeconds: 'ожидание, с', talkedSeconds: 'разговор, с', numberName: 'название номера' },
    },
    isOn: (name) => `Включено: ${name}`,
    moveUp: (name) => `Выше: ${name}`,
    moveDown: (name) => `Ниже: ${name}`,
    ofRule: (what, name) => `${what}: ${name}`,
    nowAt: (name, place, of) => `${name}: теперь ${place} из ${of}`,
    copyOf: (name) => `${name} (копия)`,
    faulty: (names) => `Сохранить нельзя, пока не исправлено: ${names}.`,
    added: (name) => `Добавлено: ${name}. Не забудьте сохранить.`,
  },
  en: {
    title: 'Rules',
    about: 'What is done with a call: when a card shows, what is written into amoCRM, who gets a task.',
    order:
      'The order matters: for each kind of action the first enabled rule that fits the call decides. Other rules with the same action are silent then.',
    ...{ rules: 'Rules', dryRun: 'Dry run' },
    noRules: 'There are no rules for this moment: Ringflow does nothing.',
    ...{ add: 'New rule', newName: 'New rule', presets: 'Ready rules' },
    presetsAbout: 'What is added stands beside what is there; look at it and save.',
    ...{ addPreset: 'Add', presetThere: 'There already', backToUsual: 'Back to the usual rules' },
    backToUsualAbout:
      'The four rules that everybody begins with. Yours go; until you save each of them can be fetched back.',
    ...{ sure: 'Really replace them?', edit: 'Edit', look: 'Look', copy: 'Copy', remove: 'Remove' },
    ...{ fetchBack: 'Fetch back', removed: 'will be removed', changed: 'not saved' },
    ...{ name: 'Name', moment: 'When', conditions: 'Conditions', takeOut: 'Take out', actions: 'Actions' },
    whenAbout: 'All of them have to hold. Without any the rule fits every call.',
    ...{ addCondition: 'Add a condition', addAction: 'Add an action' },
    ...{ done: 'Done', takeBack: 'Put back as it was', drop: 'Do not add' },
    ...{ yes: 'Yes', no: 'No', open: 'open', closed: 'closed', from: 'At least, s', below: 'Less than, s' },
    ...{ typed: 'Type and press Enter', calendar: 'Calendar' },
    responsible: 'Responsible',
    responsibleAbout: 'The first of the list who is known and active.',
    addResponsible: 'Add to the list',
    nobodyIsResponsible: 'Nobody: amoCRM decides who is responsible.',
    ...{ user: 'User', userId: 'id of the user', did: 'Number called', addDid: 'Add a number' },
    ...{ text: 'Text', leadName: 'Name', insert: 'Insert a field' },
    ...{ sampleCall: 'a sample: missed call', preview: 'Comes out as', previewOn: 'Show texts on the call' },
    ...{ tags: 'Tags', pipeline: 'Pipeline', stage: 'Stage', firstPipeline: 'The main one', firstStage: 'The first' },
    ...{ pipelineId: 'id of the pipeline', statusId: 'id of the stage', source: 'Source' },
    sourceAbout: "external_id of one of amoCRM's sources of leads; may be left empty.",
    ...{ attachTo: 'Where the call stands', target: 'To whom', dueMinutes: 'Due in minutes' },
    ...{ withinHours: 'Count the minutes', always: 'day and night', hook: 'Hook' },
    ...{ inactive: 'deactivated', unknown: 'amoCRM has named none such' },
    ...{ catalogue: "amoCRM's names", renew: 'Ask amoCRM' },
    noCatalogue:
      "amoCRM's users and pipelines are not known yet. Rules are shown with numbers, and you can write numbers yourself; names appear once amoCRM has answered.",
    listsElsewhere: 'A number list, a calendar or a hook is needed first.',
    phases: {
      requested: { title: 'A phone rings', about: 'An employee is called and has not answered yet.' },
      accepted: { title: 'Somebody talks', about: 'Somebody has answered.' },
      transferred: { title: 'The client is handed on', about: 'To another employee or number.' },
      call_ended: { title: 'The call is over', about: 'All is known: the result, who talked and how long.' },
    },
    fields: {
      ...{ phone: "client's phone", client: "client's name", direction: 'direction', did: 'number called' },
      ...{ trunk: 'trunk', queue: 'queue', extension: 'extension', callResult: 'what came of it' },
      ...{ waitedSeconds: 'seconds waited', talkedSeconds: 'seconds talked', numberName: 'name of the number' },
    },
    isOn: (name) => `On: ${name}`,
    moveUp: (name) => `Up: ${name}`,
    moveDown: (name) => `Down: ${name}`,
    ofRule: (what, name) => `${what}: ${name}`,
    nowAt: (name, place, of) => `${name}: now ${place} of ${of}`,
    copyOf: (name) => `${name} (copy)`,
    faulty: (names) => `Can't be saved before this is mended: ${names}.`,
    added: (name) => `Added: ${name}. Do not forget to save.`,
  },
};
