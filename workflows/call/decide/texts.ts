import type { Call, CallResult, Conversation } from '../../../proto/call.ts';

export type Language = 'ru' | 'en';

const resultTexts: Record<Language, Record<CallResult, string>> = {
  ru: {
    answered: 'Разговор состоялся',
    missed: 'Пропущенный звонок',
    busy: 'Занято',
    no_answer: 'Нет ответа',
    cancelled: 'Сброшен до ответа',
    failed: 'Не удалось соединить',
    voicemail: 'Голосовая почта',
  },
  en: {
    answered: 'Answered',
    missed: 'Missed call',
    busy: 'Busy',
    no_answer: 'No answer',
    cancelled: 'Cancelled before the answer',
    failed: 'Could not be connected',
    voicemail: 'Voice mail',
  },
};

/** Of a click on a number whose call ended at the employee's own phone. */
const clientNotCalled: Record<Language, string> = {
  ru: 'Сотрудник не снял трубку, клиенту не звонили',
  en: 'The employee did not pick up, the client was not called',
};

/** What amoCRM shows beside the call: the result, who of ours it was with, and which number was dialled. */
export function callResultText(call: Call, result: CallResult, language: Language): string {
  const russian = language === 'ru';
  const talked = call.conversations.filter(({ acceptedAtMs }) => acceptedAtMs !== null);
  const parties = result === 'answered' && talked.length > 0 ? talked : call.conversations;
  const extensions = [
    ...new Set(parties.length > 1 && result === 'answered' ? parties.map(withLength) : parties.map((c) => c.extension)),
  ].join(', ');
  const isOfEmployee = call.clickToCall?.employeeAnsweredAtMs === null && !call.clickToCall.clientWasCalled;
  const parts = [isOfEmployee ? clientNotCalled[language] : resultTexts[language][result]];
  if (extensions !== '') parts.push(`${russian ? 'внутр.' : 'ext.'} ${extensions}`);
  if (call.did !== null) parts.push(`${russian ? 'на номер' : 'to'} ${call.did}`);
  if (result !== 'answered')
    parts.push(`${russian ? 'ожидание' : 'waited'} ${Math.round(call.waitSeconds)} ${russian ? 'с' : 's'}`);
  return parts.join(', ');
}

/** Of several who talked each with how long: `101 0:30, 102 4:05`. */
function withLength({ extension, talkSeconds }: Conversation): string {
  const seconds = Math.round(talkSeconds);
  return `${extension} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function extensionText(extension: string, language: Language): string {
  return `${language === 'ru' ? 'внутр.' : 'ext.'} ${extension}`;
}

export const noPhoneText: Record<Language, string> = { ru: 'Телефония', en: 'Telephony' };
