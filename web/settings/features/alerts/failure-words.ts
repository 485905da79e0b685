import type { AlertFailure } from '../../../../proto/alerts/failure.ts';
import type { Words } from '../../../kit/language.tsx';

const said = (answer: string | undefined): string => (answer ? ` (${answer})` : '');

/** Why an alert did not get there, and what to do. */
export const failureTexts: Words<(failure: AlertFailure) => string> = {
  ru({ code, values: { host = '', answer, status, reason, ...values } }) {
    switch (code) {
      case 'no-secret':
        return 'пароль или токен здесь не хранится. Впишите его заново через «Изменить».';
      case 'smtp-unreachable':
        return `почтовый сервер ${host} не отвечает${said(values.code)}. Проверьте адрес и порт: обычно 465 для smtps:// и 587 для smtp://.`;
      case 'smtp-sign-in':
        return `почтовый сервер ${host} не принял имя или пароль${said(answer)}. Часто нужен отдельный пароль приложения.`;
      case 'smtp-refused':
        return `почтовый сервер ${host} не взял письмо${said(answer)}. Проверьте адреса «Кому» и «От кого».`;
      case 'telegram-unreachable':
        return 'Telegram не отвечает. Проверьте, пускает ли сервер Ringflow в интернет (или задайте TELEGRAM_API_URL).';
      case 'telegram-token':
        return 'Telegram не знает такого бота. Скопируйте токен заново у @BotFather.';
      case 'telegram-refused':
        return `Telegram не доставил сообщение${said(answer)}. Проверьте чат: бота надо добавить в него или написать ему первым.`;
      case 'webhook-unreachable':
        return 'программа по этому адресу не ответила за 8 секунд. Проверьте адрес и запущена ли она.';
      case 'webhook-refused':
        return `программа ответила ${status}. Нужен ответ 2xx; посмотрите её журнал.`;
      case 'amocrm':
        return `amoCRM не создала задачу${said(reason)}.`;
      case 'interrupted':
        return 'отправка прервалась; Ringflow попробует ещё раз.';
    }
  },
  en({ code, values: { host = '', answer, status, reason, ...values } }) {
    switch (code) {
      case 'no-secret':
        return 'its password or token is not kept here. Enter it anew by “Change”.';
      case 'smtp-unreachable':
        return `the mail server ${host} does not answer${said(values.code)}. Check address and port: usually 465 for smtps:// and 587 for smtp://.`;
      case 'smtp-sign-in':
        return `the mail server ${host} does not take the user or the password${said(answer)}. Many want a password made for the application.`;
      case 'smtp-refused':
        return `the mail server ${host} did not take the message${said(answer)}. Check the addresses it goes to and comes from.`;
      case 'telegram-unreachable':
        return 'Telegram does not answer. Check whether the server of Ringflow may reach the internet (or set TELEGRAM_API_URL).';
      case 'telegram-token':
        return 'Telegram knows no such bot. Copy the token from @BotFather again.';
      case 'telegram-refused':
        return `Telegram did not deliver the message${said(answer)}. Check the chat: the bot has to be added to it, or written to first.`;
      case 'webhook-unreachable':
        return 'the program at this address did not answer within 8 seconds. Check the address and whether it runs.';
      case 'webhook-refused':
        return `the program answered ${status}. It must answer 2xx; look into its log.`;
      case 'amocrm':
        return `amoCRM has made no task${said(reason)}.`;
      case 'interrupted':
        return 'sending was cut off; Ringflow tries again.';
    }
  },
};
