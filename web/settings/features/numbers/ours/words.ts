import type { Words } from '../../../../kit/language.tsx';

type Label =
  | ('about' | 'none' | 'noneText' | 'trunk' | 'did' | 'name' | 'nameAbout' | 'pipeline' | 'pipelineAbout' | 'stage')
  | ('source' | 'sourceAbout' | 'tags' | 'tagsAbout' | 'responsible' | 'responsibleAbout' | 'calendar')
  | ('calendarAbout' | 'byRule' | 'noCalendars' | 'noPipelines' | 'other' | 'add' | 'never' | 'last' | 'badNumber');

interface Texts extends Record<Label, string> {
  calls(count: number): string;
  leadsTo(kind: string, name: string): string;
  gone(id: number): string;
}

const ruTargets: Record<string, string> = { extension: 'внутренний', group: 'группа', queue: 'очередь', ivr: 'меню' };
const ruPlural = new Intl.PluralRules('ru');
const ruCalls: Record<string, string> = { one: 'звонок', few: 'звонка', many: 'звонков', other: 'звонка' };

export const texts: Words<Texts> = {
  ru: {
    about:
      'Что значит каждый ваш номер. Сделка встанет в эту воронку, если правило не называет своей; ответственный «по номеру» — этот.',
    none: 'Номеров ещё не видно',
    noneText: 'Они появятся после первых звонков. Номер можно добавить и заранее.',
    ...{
      trunk: 'транк',
      did: 'номер',
      name: 'Название',
      nameAbout: 'Например «Реклама»; в текстах это {{numberName}}.',
    },
    ...{ pipeline: 'Воронка', pipelineAbout: 'Пусто — как в правиле или главная.', stage: 'Этап' },
    ...{ source: 'Источник', sourceAbout: 'Внешний id источника сделок (external_id), если он заведён.' },
    ...{ tags: 'Теги сделки', tagsAbout: 'Enter после каждого.', responsible: 'Ответственный' },
    responsibleAbout: 'Если правило доходит до «по номеру»: например, никто не ответил.',
    ...{ calendar: 'Часы работы', calendarAbout: 'Правила могут различать: номер работает или закрыт.' },
    ...{ byRule: 'не задано', noCalendars: 'Сначала заведите часы на вкладке «Часы работы».' },
    noPipelines: 'Воронки и пользователи ещё не прочитаны: откройте страницу «amoCRM».',
    ...{ other: 'Номер, которого здесь нет, или имя транка', add: 'Добавить номер', never: 'звонков ещё не было' },
    ...{ last: 'последний', badNumber: 'Это не похоже на номер целиком: напишите его с кодом города.' },
    calls: (count) => `${count.toLocaleString('ru')} ${ruCalls[ruPlural.select(count)]}`,
    leadsTo: (kind, name) => `ведёт на ${ruTargets[kind] ?? ''} ${name}`.replace('  ', ' '),
    gone: (id) => `№ ${id}: в amoCRM больше нет`,
  },
  en: {
    about:
      'What each of your numbers stands for. A lead goes to this pipeline unless its rule names one; the responsible person “by number” is this one.',
    none: 'No numbers have been seen yet',
    noneText: 'They appear with the first calls. You may also add one beforehand.',
    ...{
      trunk: 'trunk',
      did: 'number',
      name: 'Name',
      nameAbout: 'Such as “Advertising”; in texts it is {{numberName}}.',
    },
    ...{ pipeline: 'Pipeline', pipelineAbout: 'Empty: as the rule says, else the main one.', stage: 'Stage' },
    ...{ source: 'Source', sourceAbout: 'External id of a source of leads (external_id), if there is one.' },
    ...{ tags: 'Tags of the lead', tagsAbout: 'Enter after each.', responsible: 'Responsible' },
    responsibleAbout: 'Where a rule comes to “by number”: if nobody answered, for instance.',
    ...{ calendar: 'Opening hours', calendarAbout: 'Rules may tell whether the number is open or closed.' },
    ...{ byRule: 'not set', noCalendars: 'First make hours on the tab “Opening hours”.' },
    noPipelines: 'Pipelines and users have not been read yet: open the page “amoCRM”.',
    ...{ other: 'A number that is not here, or the name of a trunk', add: 'Add the number', never: 'no calls yet' },
    ...{ last: 'last', badNumber: 'This does not look like a whole number: write it with its area code.' },
    calls: (count) => `${count.toLocaleString('en')} ${count === 1 ? 'call' : 'calls'}`,
    leadsTo: (kind, name) => `leads to ${kind === 'other' ? '' : `${kind} `}${name}`,
    gone: (id) => `No. ${id}: not in amoCRM any more`,
  },
};
