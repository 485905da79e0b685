import type { CallResult, CameBy, ConversationResult, Direction, HangupBy } from '../../../../proto/call.ts';
import type { Words } from '../../../kit/language.tsx';
import type { Bar } from './bars.ts';
import type { RegistrationState } from './calls.ts';
import type { Transfer } from './story.ts';

/** What calls are told by, in the list and on the page of a call. */
interface Texts {
  directions: Record<Direction, string>;
  noDirection: string;
  results: Record<CallResult, string>;
  goingOn: string;
  registrations: Record<RegistrationState, string>;
  hidden: string;
  internal: string;
  doing: Record<Bar['doing'], string>;
  begun: Record<Direction | 'unknown', string>;
  asked(who: string, cameBy: CameBy): string;
  talks(who: string): string;
  left(who: string, result: ConversationResult | null): string;
  handedOn(transfer: Transfer): string;
  over(by: HangupBy | null, extension: string | null): string;
}

export const resultColors: Record<CallResult, string> = {
  ...{ answered: 'teal', missed: 'red', busy: 'orange', no_answer: 'orange', cancelled: 'gray', failed: 'red' },
  voicemail: 'violet',
};
export const registrationColors: Record<RegistrationState, string> = {
  ...{ registered: 'teal', pending: 'blue', 'needs-attention': 'red', 'not-sent': 'gray', observed: 'violet' },
  unlicensed: 'yellow',
};

const cameByRu: Record<CameBy, string> = {
  ...{ direct: '', group: ' в группе', queue: ' из очереди', transfer: ' после перевода', pickup: ' перехватом' },
  ...{ forward: ' по переадресации', park: ' с парковки', caller: '', click: ' по клику в amoCRM' },
  consultation: ' для консультации',
};
const cameByEn: Record<CameBy, string> = {
  ...{ direct: '', group: ' in the group', queue: ' from the queue', transfer: ' after a transfer' },
  ...{ pickup: ' by pickup', forward: ' by forwarding', park: ' from parking', caller: '' },
  ...{ click: ' by a click in amoCRM', consultation: ' to be consulted' },
};

export const callTexts: Words<Texts> = {
  ru: {
    directions: { inbound: 'входящий', outbound: 'исходящий', internal: 'внутренний' },
    noDirection: 'звонок',
    results: {
      ...{ answered: 'отвечен', missed: 'пропущен', busy: 'занято', no_answer: 'нет ответа', cancelled: 'отменён' },
      ...{ failed: 'не дозвонились', voicemail: 'голосовая почта' },
    },
    goingOn: 'неизвестно',
    registrations: {
      ...{ registered: 'в amoCRM', pending: 'записывается', 'needs-attention': 'нужно внимание' },
      ...{ 'not-sent': 'не отправлен', observed: 'наблюдение', unlicensed: 'вне лицензии' },
    },
    ...{ hidden: 'Скрытый номер', internal: 'Внутренний' },
    doing: {
      waiting: 'ждёт',
      connected: 'на связи',
      dialling: 'дозванивается',
      ringing: 'звонит телефон',
      talking: 'говорит',
    },
    begun: {
      inbound: 'Клиент позвонил',
      outbound: 'Сотрудник позвонил клиенту',
      internal: 'Сотрудник позвонил коллеге',
      unknown: 'Звонок начался',
    },
    asked: (who, cameBy) => `Вызывают ${who}${cameByRu[cameBy]}`,
    talks: (who) => `Говорит ${who}`,
    left: (who, result) =>
      ({
        ...{ answered: `${who}: разговор окончен`, no_answer: `${who}: не ответил`, busy: `${who}: занят` },
        ...{ declined: `${who}: отклонил`, elsewhere: `${who}: ответил другой`, unknown: `${who}: звонок окончен` },
      })[result ?? 'unknown'],
    handedOn: ({ kind, from, to, dialled, answered, timedOut }) => {
      const how = { blind: 'вслепую', attended: 'с консультацией', park: 'через парковку' }[kind];
      const outcome = timedOut ? ' — никто не забрал, звонок вернулся' : answered ? '' : ' — не ответили';
      return `${from ?? 'Кто-то'} переводит на ${to ?? dialled ?? 'кого-то'} (${how})${outcome}`;
    },
    over: (by, extension) => {
      if (extension !== null) return `Конец: трубку положил ${extension}`;
      const who = { external: 'трубку положил клиент', internal: 'трубку положили у нас', pbx: 'завершила АТС' };
      return by === null ? 'Конец' : `Конец: ${{ ...who, network: 'связь оборвалась' }[by]}`;
    },
  },
  en: {
    directions: { inbound: 'inbound', outbound: 'outbound', internal: 'internal' },
    noDirection: 'call',
    results: {
      ...{ answered: 'answered', missed: 'missed', busy: 'busy', no_answer: 'no answer', cancelled: 'cancelled' },
      ...{ failed: 'failed', voicemail: 'voicemail' },
    },
    goingOn: 'not known',
    registrations: {
      ...{ registered: 'in amoCRM', pending: 'being registered', 'needs-attention': 'needs attention' },
      ...{ 'not-sent': 'not sent', observed: 'observed', unlicensed: 'not licensed' },
    },
    ...{ hidden: 'Hidden number', internal: 'Internal' },
    doing: { waiting: 'waits', connected: 'connected', dialling: 'dials', ringing: 'phone rings', talking: 'talks' },
    begun: {
      inbound: 'The client calls',
      outbound: 'An employee calls the client',
      internal: 'An employee calls a colleague',
      unknown: 'The call begins',
    },
    asked: (who, cameBy) => `${who} asked for${cameByEn[cameBy]}`,
    talks: (who) => `${who} talks`,
    left: (who, result) =>
      ({
        ...{ answered: `${who}: talk over`, no_answer: `${who}: did not answer`, busy: `${who}: busy` },
        ...{ declined: `${who}: declined`, elsewhere: `${who}: somebody else answered`, unknown: `${who}: call over` },
      })[result ?? 'unknown'],
    handedOn: ({ kind, from, to, dialled, answered, timedOut }) => {
      const how = { blind: 'blind', attended: 'attended', park: 'by parking' }[kind];
      const outcome = timedOut ? '; nobody fetched it and it came back' : answered ? '' : '; not answered';
      return `${from ?? 'Somebody'} transfers to ${to ?? dialled ?? 'somebody'} (${how})${outcome}`;
    },
    over: (by, extension) => {
      if (extension !== null) return `Over: ${extension} hung up`;
      const who = { external: 'the client hung up', internal: 'our side hung up', pbx: 'the PBX ended it' };
      return by === null ? 'Over' : `Over: ${{ ...who, network: 'the connection broke' }[by]}`;
    },
  },
};
