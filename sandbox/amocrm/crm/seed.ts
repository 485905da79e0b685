import type { ClientSeed } from './crm-store.ts';
import type { CrmUser, Pipeline } from './crm-types.ts';
import { lostStatusId, wonStatusId } from './pipeline-book.ts';

export const account = { id: 31415926, name: 'ООО «Ромашка»', subdomain: 'romashka', country: 'RU' } as const;

const names: [name: string, login: string][] = [
  ['Анна Смирнова', 'smirnova'],
  ['Борис Волков', 'volkov'],
  ['Виктория Лебедева', 'lebedeva'],
  ['Григорий Новиков', 'novikov'],
  ['Дарья Морозова', 'morozova'],
  ['Егор Зайцев', 'zaytsev'],
];

/** The employees; their phone numbers in amoCRM are their extensions. An account is never without users. */
export const users: readonly CrmUser[] = names.map(([name, login], index) => ({
  id: 504141 + index,
  name,
  email: `${login}@romashka.example`,
  phoneNumber: String(101 + index),
  isAdmin: index === 0,
  isActive: true,
}));

function pipeline(id: number, name: string, stages: [id: number, name: string, color: string][]): Pipeline {
  return {
    ...{ id, name, isMain: id === mainPipelineId, isArchive: false },
    stages: [
      { id: id + 1, name: 'Неразобранное', color: '#c1c1c1', isUnsorted: true },
      ...stages.map(([stageId, stage, color]) => ({ id: stageId, name: stage, color, isUnsorted: false })),
      { id: wonStatusId, name: 'Успешно реализовано', color: '#ccff66', isUnsorted: false },
      { id: lostStatusId, name: 'Закрыто и не реализовано', color: '#d5d8db', isUnsorted: false },
    ],
  };
}

const mainPipelineId = 8000100;

export const pipelines: readonly Pipeline[] = [
  pipeline(mainPipelineId, 'Продажи', [
    [8000110, 'Первичный контакт', '#99ccff'],
    [8000120, 'Переговоры', '#ffff99'],
    [8000130, 'Принимают решение', '#ffcc66'],
  ]),
  pipeline(8000200, 'Монтаж', [
    [8000210, 'Замер назначен', '#99ccff'],
    [8000220, 'Монтаж идёт', '#ffcc66'],
  ]),
];

/** Both are built into every amoCRM; this account has no types of its own. */
export const taskTypes = [
  { id: 1, name: 'Связаться', color: null, icon_id: null, code: 'FOLLOW_UP' },
  { id: 2, name: 'Встреча', color: null, icon_id: null, code: 'MEETING' },
];

/** The clients of the demo. Belova is there because searches find her by a number that is not hers. */
export const demoClients: readonly ClientSeed[] = [
  {
    name: 'Иван Петров',
    phones: ['+7 (916) 123-45-67'],
    emails: ['petrov@mail.example'],
    lostLeads: ['Балкон под ключ'],
  },
  { name: 'Мария Кузнецова', phones: ['8 916 111-00-01'], leads: ['Пластиковые окна, квартира'] },
  { name: 'Ольга Белова', phones: ['+79035557788'], comment: 'Муж Иван, его номер 9161234567' },
  { name: 'Дмитрий Орлов', phones: ['8(903)111-22-33', '+7 495 111-22-33'] },
  { name: 'Елена Соколова', emails: ['sokolova@mail.example'] },
  { name: 'Без телефона и почты' },
  { type: 'company', name: 'АО «Северный ветер»', phones: ['+7 495 999-88-77'] },
  { type: 'company', name: 'ООО «Тёплый дом»', phones: ['8 (812) 444-55-66'], leads: ['Остекление офиса'] },
];
