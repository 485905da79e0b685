import type { Words } from '../../../../kit/language.tsx';
import type { Difference } from './comparison.ts';
import type { DeedNote } from './notes.ts';

type Label =
  | 'choose'
  | 'none'
  | 'noneText'
  | 'noCalls'
  | 'about'
  | 'saved'
  | 'edited'
  | 'unchanged'
  | 'notReached'
  | 'nothing'
  | 'why'
  | 'noRules'
  | 'off'
  | 'overruled'
  | 'inVain'
  | 'client'
  | 'isKnown'
  | 'isStranger'
  | 'clientUnknown'
  | 'clientsOwn'
  | 'nobody'
  | 'observed'
  | 'decisionHook'
  | 'openCall';

interface Texts extends Record<Label, string> {
  differences: Record<Difference, string>;
  notes: Record<DeedNote, string>;
  by(rule: string): string;
  decides(actions: string): string;
  unmet(label: string, wanted: string, actual: string): string;
  lists(names: string): string;
}

export const dryRunTexts: Words<Texts> = {
  ru: {
    choose: 'Звонок из журнала',
    none: 'Выберите звонок',
    noneText:
      'Выберите звонок из журнала — будет видно, что сделали бы с ним сохранённые правила и что сделают изменённые. В amoCRM ничего не пишется.',
    noCalls: 'В журнале ещё нет звонков.',
    about: 'Так решили бы правила, начнись такой же звонок сейчас. В amoCRM ничего не пишется.',
    ...{ saved: 'Сохранённые правила', edited: 'С вашими изменениями' },
    unchanged: 'Измените что-нибудь на вкладке «Правила», не сохраняя, — здесь станет видна разница.',
    ...{ notReached: 'До этого звонок не дошёл.', nothing: 'Ничего.', why: 'Почему так' },
    ...{ noRules: 'Правил для этого момента нет.', off: 'выключено' },
    overruled: 'подходит, но всё это уже решили правила выше',
    inVain: 'для этого звонка ничего не выходит',
    ...{ client: 'Знает ли amoCRM этот номер', isKnown: 'знает', isStranger: 'не знает' },
    clientUnknown: 'Сейчас это не известно: выберите, как считать.',
    ...{ clientsOwn: 'Ответственный за клиента', nobody: 'никто' },
    observed: 'Эта АТС пока только под наблюдением: на деле ничего из этого не пишется.',
    decisionHook: 'Ваш хук решений может это изменить: здесь его не спрашивают.',
    openCall: 'Открыть звонок',
    differences: { gone: 'исчезнет', new: 'появится', otherwise: 'изменится' },
    notes: {
      'client-there': 'не понадобится: клиент уже есть',
      'if-stranger': 'если amoCRM не знает номера',
      'lead-open': 'не понадобится: открытая сделка уже есть',
      'if-no-lead': 'если у клиента нет открытой сделки',
      'by-incoming-lead': 'не понадобится: контакт появится с заявкой',
      'nobody-to-put-it': 'не получится: номера нет в amoCRM, а создать контакт ни одно правило не велит',
    },
    by: (rule) => `по правилу «${rule}»`,
    decides: (actions) => `решает: ${actions}`,
    unmet: (label, wanted, actual) => `${label}: нужно «${wanted}», а здесь — ${actual}`,
    lists: (names) => `Номер есть в списках: ${names}.`,
  },
  en: {
    choose: 'Call of the journal',
    none: 'Choose a call',
    noneText:
      'Choose a call of the journal: you see what the saved rules would have done with it and what the edited ones will do. Nothing is written into amoCRM.',
    noCalls: 'There are no calls in the journal yet.',
    about: 'So the rules would decide if such a call began now. Nothing is written into amoCRM.',
    ...{ saved: 'Saved rules', edited: 'With your changes' },
    unchanged: 'Change something on the tab “Rules” without saving it, and the difference shows here.',
    ...{ notReached: 'The call did not come to it.', nothing: 'Nothing.', why: 'Why so' },
    ...{ noRules: 'There are no rules for this moment.', off: 'switched off' },
    overruled: 'fits, but rules above have decided all of it',
    inVain: 'for this call nothing comes of it',
    ...{ client: 'Does amoCRM know this number', isKnown: 'yes', isStranger: 'no' },
    clientUnknown: 'That is not known now: choose what to assume.',
    ...{ clientsOwn: 'Responsible for the client', nobody: 'nobody' },
    observed: 'This PBX is only observed for now: in truth nothing of this is written.',
    decisionHook: 'Your decision hook may change it: it is not asked here.',
    openCall: 'Open the call',
    differences: { gone: 'goes', new: 'new', otherwise: 'otherwise' },
    notes: {
      'client-there': 'not needed: the client is there',
      'if-stranger': 'if amoCRM does not know the number',
      'lead-open': 'not needed: there is an open lead',
      'if-no-lead': 'if the client has no open lead',
      'by-incoming-lead': 'not needed: the contact comes with the incoming lead',
      'nobody-to-put-it': 'impossible: amoCRM does not know the number, and no rule asks for a contact',
    },
    by: (rule) => `by the rule “${rule}”`,
    decides: (actions) => `decides: ${actions}`,
    unmet: (label, wanted, actual) => `${label}: wanted “${wanted}”, here ${actual}`,
    lists: (names) => `The number is on the lists ${names}.`,
  },
};
