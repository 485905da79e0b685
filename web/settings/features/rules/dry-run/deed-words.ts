import type { Words } from '../../../../kit/language.tsx';
import type { ActionKind } from '../actions/action-words.ts';
import { type Names, namedOf, stageName, userName } from '../names.ts';
import type { Outcomes } from './trial.ts';

type DeedTexts = { [K in ActionKind]: (outcome: Outcomes[K], names: Names) => string };

const moment = (language: string, atSeconds: number) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(atSeconds * 1000);

const ownerRu = ({ responsibleUserId: id }: { responsibleUserId?: number }, names: Names) =>
  id === undefined ? '' : `, ответственный ${userName(names, id)}`;
const ownerEn = ({ responsibleUserId: id }: { responsibleUserId?: number }, names: Names) =>
  id === undefined ? '' : `, responsible ${userName(names, id)}`;
const stageOf = ({ pipelineId, statusId }: { pipelineId?: number; statusId?: number }, names: Names) =>
  pipelineId === undefined ? '' : `, ${stageName(names, pipelineId, statusId)}`;
const person = (responsible: number | string, names: Names) =>
  typeof responsible === 'number' ? userName(names, responsible) : responsible;

/** What would be done, in words. */
export const deedTexts: Words<DeedTexts> = {
  ru: {
    'show-card': ({ userId, extension }, names) => `Карточка: ${userName(names, userId)} (${extension})`,
    'register-call': ({ responsible, callResult }, names) =>
      `Запись звонка: ${person(responsible, names)}, «${callResult}»`,
    'create-contact': (contact, names) => `Контакт «${contact.name}»${ownerRu(contact, names)}`,
    'create-lead': (lead, names) =>
      `Сделка «${lead.name}»${stageOf(lead, names)}${ownerRu(lead, names)}${lead.tags.length > 0 ? `, теги: ${lead.tags.join(', ')}` : ''}`,
    'create-incoming-lead': (lead, names) =>
      `Заявка в «Неразобранном»: «${lead.name}»${stageOf(lead, names)}${ownerRu(lead, names)}`,
    'set-responsible': ({ target, responsibleUserId }, names) =>
      `Ответственный за ${target === 'lead' ? 'сделку' : 'клиента'}: ${userName(names, responsibleUserId)}`,
    'add-tags': ({ target, tags }) => `Теги ${target === 'lead' ? 'сделке' : 'клиенту'}: ${tags.join(', ')}`,
    'change-status': ({ pipelineId, statusId }, names) => `Сделка на этап «${stageName(names, pipelineId, statusId)}»`,
    'create-task': (task, names) =>
      `Задача «${task.text}» до ${moment('ru', task.dueAtSeconds)}${ownerRu(task, names)}`,
    'complete-task': () => 'Задача перезвонить выполнена',
    'call-hook': ({ hook }, { hooks }) => `Хук «${namedOf(hooks, hook)}» узнаёт о звонке`,
  },
  en: {
    'show-card': ({ userId, extension }, names) => `Card: ${userName(names, userId)} (${extension})`,
    'register-call': ({ responsible, callResult }, names) =>
      `Record of the call: ${person(responsible, names)}, “${callResult}”`,
    'create-contact': (contact, names) => `Contact “${contact.name}”${ownerEn(contact, names)}`,
    'create-lead': (lead, names) =>
      `Lead “${lead.name}”${stageOf(lead, names)}${ownerEn(lead, names)}${lead.tags.length > 0 ? `, tags ${lead.tags.join(', ')}` : ''}`,
    'create-incoming-lead': (lead, names) =>
      `Incoming lead “${lead.name}”${stageOf(lead, names)}${ownerEn(lead, names)}`,
    'set-responsible': ({ target, responsibleUserId }, names) =>
      `Responsible for the ${target}: ${userName(names, responsibleUserId)}`,
    'add-tags': ({ target, tags }) => `Tags for the ${target}: ${tags.join(', ')}`,
    'change-status': ({ pipelineId, statusId }, names) => `Lead to “${stageName(names, pipelineId, statusId)}”`,
    'create-task': (task, names) =>
      `Task “${task.text}” until ${moment('en', task.dueAtSeconds)}${ownerEn(task, names)}`,
    'complete-task': () => 'Task to call back is done',
    'call-hook': ({ hook }, { hooks }) => `The hook “${namedOf(hooks, hook)}” hears of the call`,
  },
};
