import type { Words } from '../../../kit/language.tsx';
import type { CallAnswer } from './calls.ts';

type Label =
  | 'title'
  | 'about'
  | 'refresh'
  | 'older'
  | 'bring'
  | 'bringThese'
  | 'none'
  | 'noneText'
  | 'nothingFound'
  | 'nothingFoundText'
  | 'reset'
  | 'more'
  | 'any'
  | 'phone'
  | 'phoneHint'
  | 'phoneFault'
  | 'extension'
  | 'direction'
  | 'result'
  | 'registration'
  | 'from'
  | 'to'
  | 'when'
  | 'call'
  | 'who'
  | 'waited'
  | 'talked'
  | 'held'
  | 'outside'
  | 'did'
  | 'trunk'
  | 'queue'
  | 'caller'
  | 'called'
  | 'recording'
  | 'withTroubles'
  | 'doubts'
  | 'picture'
  | 'story'
  | 'other'
  | 'transfer'
  | 'inAmocrm'
  | 'isPending'
  | 'isRegistered'
  | 'needsAttention'
  | 'needsAttentionHint'
  | 'somewhere'
  | 'note'
  | 'troubles'
  | 'unlicensed'
  | 'notLicensed'
  | 'observed'
  | 'observedNotCompared'
  | 'othersCall'
  | 'noOthersCall'
  | 'noEffects'
  | 'sent'
  | 'answered'
  | 'wanted'
  | 'behindIt'
  | 'workflow'
  | 'pbx'
  | 'dryRun'
  | 'again'
  | 'againTitle'
  | 'againText'
  | 'againBegun'
  | 'againDone'
  | 'againGoesOn'
  | 'cancel'
  | 'showRows'
  | 'hideRows';

interface Texts extends Record<Label, string> {
  allShown(count: number): string;
  pictureOf(who: string, length: string): string;
  notSent(reason: string): string;
  observedUnread(reason: string): string;
  userOf(id: number): string;
  rows(count: number): string;
  rowsGone(shown: number, count: number): string;
  attempts(count: number): string;
  entities: Record<string, string>;
  effectStates: Record<CallAnswer['effects'][number]['state'], string>;
  effectName(effect: string): string;
}

export const texts: Words<Texts> = {
  ru: {
    title: 'Журнал звонков',
    about: 'Каждый звонок: кто говорил, что записано в amoCRM и почему.',
    ...{ bring: 'Загрузить из АТС…', bringThese: 'Загрузить непереданные…' },
    ...{ refresh: 'Обновить', older: 'Более ранние', reset: 'Сбросить', more: 'Ещё условия', any: 'Любой' },
    none: 'Звонков ещё нет',
    noneText: 'Первый звонок появится здесь, как только закончится. Не появился — проверьте на странице «Начало» АТС.',
    nothingFound: 'Таких звонков нет',
    nothingFoundText: 'Измените условия поиска или сбросьте их.',
    ...{ phone: 'Телефон', phoneHint: 'номер или его часть', phoneFault: 'Нужна хотя бы одна цифра' },
    ...{ extension: 'Внутренний номер', direction: 'Направление', result: 'Результат', registration: 'В amoCRM' },
    ...{ from: 'Не раньше', to: 'Раньше', when: 'Когда', call: 'Звонок', who: 'Кто' },
    ...{ waited: 'Ожидание', talked: 'Разговор', held: 'На удержании', outside: 'Разговор с внешним номером' },
    ...{ did: 'На номер', trunk: 'Транк', queue: 'Очередь', caller: 'Звонил' },
    ...{ called: 'Кому', recording: 'Запись', withTroubles: 'есть замечания' },
    doubts: 'АТС записала не всё; вот что пришлось предположить',
    ...{ picture: 'Кто и когда', story: 'Ход звонка', other: 'Звонивший', transfer: 'перевод' },
    inAmocrm: 'В amoCRM',
    isPending: 'Записывается прямо сейчас.',
    isRegistered: 'Звонок записан:',
    needsAttention: 'amoCRM не приняла звонок',
    needsAttentionHint: 'Устраните причину и нажмите «Сделать ещё раз»; само повторяется каждый час.',
    ...{ somewhere: 'где — amoCRM не сообщила', note: 'примечание', troubles: 'Что ещё просили правила и не вышло' },
    observed: 'АТС только наблюдают: Ringflow ничего не записал.',
    observedNotCompared: 'АТС только наблюдают: Ringflow ничего не записал; сравнение будет через минуту.',
    ...{ othersCall: 'Другая интеграция записала:', noOthersCall: 'Другая интеграция тоже.' },
    noEffects: 'Для этого звонка в amoCRM ничего не отправляли.',
    ...{ sent: 'Что отправлено', answered: 'Ответ amoCRM:', wanted: 'Отправлялось:' },
    ...{ behindIt: 'Откуда это известно', workflow: 'Процесс в Temporal', pbx: 'АТС' },
    dryRun: 'Что сделали бы правила?',
    again: 'Сделать ещё раз',
    againTitle: 'Сделать звонок ещё раз?',
    againText:
      'Ringflow снова прочитает строки звонка в АТС и доделает то, чего не хватает. Что уже есть в amoCRM, второй раз не появится.',
    againBegun: 'Делаем ещё раз; страница обновится сама.',
    againDone: 'Готово: звонок просмотрен ещё раз.',
    againGoesOn: 'Это ещё продолжается; загляните позже или откройте Temporal.',
    ...{ cancel: 'Отмена', showRows: 'Показать строки', hideRows: 'Скрыть строки' },
    allShown: (count) => `Это все, всего ${count}.`,
    pictureOf: (who, length) => `Звонок длиной ${length}: ${who}. Словами — ниже.`,
    unlicensed: 'Лицензия не позволила',
    notLicensed: 'В amoCRM не записан: не позволила лицензия.',
    notSent: (reason) => `Не отправлен. ${reason}`,
    observedUnread: (reason) => `АТС только наблюдают. Сравнить не удалось: ${reason}`,
    userOf: (id) => `пользователь ${id}`,
    attempts: (count) => `попыток: ${count}`,
    rows: (count) => `Строк CEL: ${count}, id`,
    rowsGone: (shown, count) => `Здесь ${shown} из ${count}: остальных в базе АТС уже нет, или их слишком много.`,
    entities: { contacts: 'контакт', leads: 'сделка', companies: 'компания', customers: 'покупатель' },
    effectStates: { done: 'сделано', open: 'не завершено', idle: 'не сделано' },
    effectName: (effect) =>
      nameOf(effect, {
        ...{ call: 'Запись звонка', card: 'Карточка, пользователь', contact: 'Контакт', lead: 'Сделка' },
        ...{ 'incoming-lead': 'Неразобранное', change: 'Изменение', hook: 'Хук', decision: 'Вопрос хуку решений' },
        ...{ 'create-task': 'Задача перезвонить', 'complete-task': 'Закрытие задачи' },
      }),
  },
  en: {
    title: 'Journal',
    about: 'Each call: who talked, what stands in amoCRM, and why.',
    ...{ bring: 'Bring from the PBX…', bringThese: 'Bring what amoCRM lacks…' },
    ...{ refresh: 'Refresh', older: 'Older calls', reset: 'Reset', more: 'More filters', any: 'Any' },
    none: 'No calls yet',
    noneText: 'The first call appears here when it is over. If it does not, check the PBX on the page “Start”.',
    nothingFound: 'No such calls',
    nothingFoundText: 'Change what you search by, or reset it.',
    ...{ phone: 'Phone', phoneHint: 'a number or a part of it', phoneFault: 'At least one digit is needed' },
    ...{ extension: 'Extension', direction: 'Direction', result: 'Result', registration: 'In amoCRM' },
    ...{ from: 'From', to: 'Before', when: 'When', call: 'Call', who: 'Who' },
    ...{ waited: 'Waited', talked: 'Talked', held: 'On hold', outside: 'Talked with an outside number' },
    ...{ did: 'Number called', trunk: 'Trunk', queue: 'Queue', caller: 'Caller' },
    ...{ called: 'Called', recording: 'Recording', withTroubles: 'with troubles' },
    doubts: 'The PBX has not written everything; this had to be assumed',
    ...{ picture: 'Who and when', story: 'Course of the call', other: 'Caller', transfer: 'transfer' },
    inAmocrm: 'In amoCRM',
    isPending: 'It is being registered now.',
    isRegistered: 'The call stands with',
    needsAttention: 'amoCRM has refused the call',
    needsAttentionHint: 'Mend the cause and press “Do again”; it is also tried every hour.',
    ...{ somewhere: 'an entity that amoCRM has not told', note: 'note' },
    troubles: 'What else the rules asked for and could not be done',
    observed: 'This PBX is observed: Ringflow has written nothing.',
    observedNotCompared: 'This PBX is observed: Ringflow has written nothing; it is compared in a minute.',
    ...{ othersCall: 'Another product has registered it with', noOthersCall: 'Neither has another product.' },
    noEffects: 'Nothing was sent to amoCRM for this call.',
    ...{ sent: 'What was sent', answered: 'amoCRM answered:', wanted: 'To be sent:' },
    ...{ behindIt: 'How this is known', workflow: 'Workflow in Temporal', pbx: 'PBX' },
    dryRun: 'What would the rules do?',
    again: 'Do again',
    againTitle: 'Do this call again?',
    againText:
      'Ringflow reads the rows of the call in the PBX once more and does what is missing. What stands in amoCRM already does not appear twice.',
    againBegun: 'It is being done again; the page follows.',
    againDone: 'Done: the call was looked at again.',
    againGoesOn: 'It still goes on; come back later or look into Temporal.',
    ...{ cancel: 'Cancel', showRows: 'Show the rows', hideRows: 'Hide the rows' },
    allShown: (count) => `These are all, ${count} in number.`,
    pictureOf: (who, length) => `A call of ${length}: ${who}. In words below.`,
    unlicensed: 'The licence did not allow it',
    notLicensed: 'Not registered in amoCRM: the licence did not allow it.',
    notSent: (reason) => `Not sent. ${reason}`,
    observedUnread: (reason) => `This PBX is observed. It could not be compared: ${reason}`,
    userOf: (id) => `user ${id}`,
    attempts: (count) => `${count} attempts`,
    rows: (count) => `CEL rows: ${count}, ids`,
    rowsGone: (shown, count) => `${shown} of ${count}: the PBX has the others no more, or they are too many.`,
    entities: { contacts: 'contact', leads: 'lead', companies: 'company', customers: 'customer' },
    effectStates: { done: 'done', open: 'not over', idle: 'not done' },
    effectName: (effect) =>
      nameOf(effect, {
        ...{ call: 'Record of the call', card: 'Card, user', contact: 'Contact', lead: 'Lead' },
        ...{
          'incoming-lead': 'Incoming lead',
          change: 'Change',
          hook: 'Hook',
          decision: 'Question to the decision hook',
        },
        ...{ 'create-task': 'Task to call back', 'complete-task': 'Closing of the task' },
      }),
  },
};

/** @param effect as in the ledger: `card:7` */
function nameOf(effect: string, names: Record<string, string>): string {
  const [kind = '', ...rest] = effect.split(':');
  return [names[kind] ?? kind, ...rest].join(' ');
}
