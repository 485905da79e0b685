import type { RuleAction } from '../../../../../proto/rule.ts';
import type { ActionOf } from '../../../../../workflows/call/decide/matching.ts';
import type { Words } from '../../../../kit/language.tsx';
import { type Names, namedOf, stageName } from '../names.ts';
import { chainInWords } from '../responsible-words.ts';

export type ActionKind = RuleAction['do'];

interface ActionText<K extends ActionKind> {
  label: string;
  /** What it does, for whoever chooses it. */
  about: string;
  /** As a part of a sentence. */
  says(action: ActionOf<K>, names: Names): string;
}

/** How each action is called and told. */
export type ActionTexts = { [K in ActionKind]: ActionText<K> };

/** `1 h 30 min`. */
function lengthOf(minutes: number, [day, hour, minute]: readonly [string, string, string]): string {
  const parts = [
    [Math.floor(minutes / 1_440), day],
    [Math.floor(minutes / 60) % 24, hour],
    [minutes % 60, minute],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}\u00a0${unit}`);
  return said.join(' ') || `0\u00a0${minute}`;
}

const tagList = (tags: readonly string[] | undefined) => (tags ?? []).join(', ');

export const actionTexts: Words<ActionTexts> = {
  ru: {
    'show-card': {
      label: 'Показать карточку',
      about: 'Уведомление amoCRM тем, у кого сейчас звонит телефон.',
      says: () => 'карточка тем, чей телефон звонит',
    },
    'register-call': {
      label: 'Записать звонок',
      about: 'Звонок в истории клиента.',
      says: ({ responsible }, names) => `звонок в истории клиента (${chainInWords(responsible, names, 'ru')})`,
    },
    'create-contact': {
      label: 'Создать контакт',
      about: 'Если amoCRM не знает номера. Без этого звонки незнакомых не записываются.',
      says: ({ name }) => `контакт «${name}», если номер не известен`,
    },
    'create-lead': {
      label: 'Создать сделку',
      about: 'Если открытой нет; незнакомому — вместе с контактом.',
      says: ({ name, pipelineId, statusId, tags }, names) =>
        `сделка «${name}»${pipelineId === undefined ? '' : ` в «${stageName(names, pipelineId, statusId)}»`}${tagList(tags) && `, теги ${tagList(tags)}`}, если нет открытой`,
    },
    'create-incoming-lead': {
      label: 'Создать заявку в «Неразобранном»',
      about: 'Для незнакомого: звонок, контакт и сделка ждут, пока заявку примут.',
      says: ({ name, pipelineId }, names) =>
        `заявка «${name}» в «Неразобранное»${pipelineId === undefined ? '' : ` воронки «${stageName(names, pipelineId)}»`}`,
    },
    'set-responsible': {
      label: 'Сменить ответственного',
      about: 'За клиента или за его открытую сделку.',
      says: ({ responsible, of }, names) =>
        `ответственный за ${of === 'lead' ? 'сделку' : 'клиента'} — ${chainInWords(responsible, names, 'ru')}`,
    },
    'add-tags': {
      label: 'Добавить теги',
      about: 'Клиенту или его открытой сделке.',
      says: ({ tags, to }) => `теги ${to === 'lead' ? 'сделке' : 'клиенту'}: ${tagList(tags)}`,
    },
    'change-status': {
      label: 'Перевести на этап',
      about: 'Открытую сделку клиента.',
      says: ({ pipelineId, statusId }, names) => `сделка на этап «${stageName(names, pipelineId, statusId)}»`,
    },
    'create-task': {
      label: 'Поставить задачу перезвонить',
      about: 'На клиента; не больше одной открытой, и не если с ним уже поговорили.',
      says: ({ responsible, dueMinutes, withinHours }, names) =>
        `задача перезвонить за ${lengthOf(dueMinutes, ['сут', 'ч', 'мин'])}${withinHours === undefined ? '' : ` рабочего времени («${namedOf(names.calendars, withinHours)}»)`} (${chainInWords(responsible, names, 'ru')})`,
    },
    'complete-task': {
      label: 'Закрыть задачу перезвонить',
      about: 'С клиентом поговорили: его открытая задача выполнена.',
      says: () => 'задача перезвонить выполнена',
    },
    'call-hook': {
      label: 'Сообщить хуку',
      about: 'Ваша программа узнаёт о звонке.',
      says: ({ hook }, { hooks }) => `сообщить хуку «${namedOf(hooks, hook)}»`,
    },
  },
  en: {
    'show-card': {
      label: 'Show the card',
      about: "amoCRM's notification to those whose phones ring now.",
      says: () => 'card for those whose phones ring',
    },
    'register-call': {
      label: 'Register the call',
      about: 'The call in the history of its client.',
      says: ({ responsible }, names) => `call in the client's history (${chainInWords(responsible, names, 'en')})`,
    },
    'create-contact': {
      label: 'Create a contact',
      about: 'If amoCRM does not know the number. Without it calls of strangers are left out.',
      says: ({ name }) => `contact “${name}” for an unknown number`,
    },
    'create-lead': {
      label: 'Create a lead',
      about: 'If there is no open one; for a stranger with a contact.',
      says: ({ name, pipelineId, statusId, tags }, names) =>
        `lead “${name}”${pipelineId === undefined ? '' : ` in “${stageName(names, pipelineId, statusId)}”`}${tagList(tags) && `, tags ${tagList(tags)}`} unless one is open`,
    },
    'create-incoming-lead': {
      label: 'Create an incoming lead',
      about: 'For a stranger: call, contact and lead wait until somebody accepts them.',
      says: ({ name, pipelineId }, names) =>
        `incoming lead “${name}”${pipelineId === undefined ? '' : ` in “${stageName(names, pipelineId)}”`}`,
    },
    'set-responsible': {
      label: 'Change the responsible',
      about: 'Of the client or of their open lead.',
      says: ({ responsible, of }, names) => `responsible for the ${of}: ${chainInWords(responsible, names, 'en')}`,
    },
    'add-tags': {
      label: 'Add tags',
      about: 'To the client or to their open lead.',
      says: ({ tags, to }) => `tags for the ${to}: ${tagList(tags)}`,
    },
    'change-status': {
      label: 'Move to a stage',
      about: "The client's open lead.",
      says: ({ pipelineId, statusId }, names) => `lead to “${stageName(names, pipelineId, statusId)}”`,
    },
    'create-task': {
      label: 'Create a task to call back',
      about: 'On the client; at most one is open, and none if they have been talked with.',
      says: ({ responsible, dueMinutes, withinHours }, names) =>
        `task to call back within ${lengthOf(dueMinutes, ['d', 'h', 'min'])}${withinHours === undefined ? '' : ` of opening hours (“${namedOf(names.calendars, withinHours)}”)`} (${chainInWords(responsible, names, 'en')})`,
    },
    'complete-task': {
      label: 'Close the task to call back',
      about: 'The client was talked with: their open task is done.',
      says: () => 'task to call back is done',
    },
    'call-hook': {
      label: 'Tell a hook',
      about: 'A program of yours hears of the call.',
      says: ({ hook }, { hooks }) => `tell the hook “${namedOf(hooks, hook)}”`,
    },
  },
};
