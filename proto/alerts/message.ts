import type { Finding } from '../state/finding.ts';
import { tellOver } from '../state/over-words.ts';
import { tellFinding } from '../state/words.ts';

/** What is to be told at one time. */
export interface AlertMessage {
  news: Finding[];
  /** Told before, and not over yet. */
  still: Finding[];
  over: Finding[];
}

export interface Wording {
  accountId: string;
  language: 'ru' | 'en';
  /** In which moments are told. */
  timeZone: string;
  /** Where to look. */
  link: string;
}

export interface WordedAlert {
  subject: string;
  text: string;
}

const words = {
  ru: {
    ...{ account: 'аккаунт', news: 'Неполадки', still: 'Всё ещё не в порядке', over: 'Снова в порядке' },
    ...{ test: 'проверка оповещений', zone: 'время' },
    testText: 'Это проверка: сюда Ringflow напишет, если что-то сломается. Делать ничего не нужно.',
  },
  en: {
    ...{ account: 'account', news: 'Trouble', still: 'Still not right', over: 'Right again' },
    ...{ test: 'test of alerts', zone: 'times' },
    testText: 'This is a test: here Ringflow tells when something is wrong. There is nothing to do.',
  },
};

/** As one plain text for every way that it may go. */
export function wordAlert(message: AlertMessage, wording: Wording): WordedAlert {
  const { language, timeZone } = wording;
  const its = words[language];
  const told = (finding: Finding) => tellFinding(finding, language, timeZone);
  const list = (findings: Finding[], name: 'news' | 'still') =>
    findings.length === 0
      ? []
      : [`${its[name]}:`, ...findings.map(told).map(({ title, whatToDo }) => `• ${title}\n  ${whatToDo}`), ''];
  const over = message.over.map((finding) => tellOver(finding, language));
  const [first = '', ...others] = [
    ...[...message.news, ...message.still].map((finding) => told(finding).title),
    ...over,
  ];
  return {
    subject: `Ringflow: ${first}${others.length > 0 ? ` (+${others.length})` : ''}`,
    text: framed(wording, [
      ...list(message.news, 'news'),
      ...list(message.still, 'still'),
      ...(over.length > 0 ? [`${its.over}:`, ...over.map((title) => `✓ ${title}`), ''] : []),
    ]),
  };
}

export function wordTest(wording: Wording): WordedAlert {
  const its = words[wording.language];
  return { subject: `Ringflow: ${its.test}`, text: framed(wording, [its.testText, '']) };
}

function framed({ accountId, language, timeZone, link }: Wording, lines: string[]): string {
  const its = words[language];
  return [`Ringflow, ${its.account} ${accountId}`, '', ...lines, link, `${its.zone}: ${timeZone}`].join('\n');
}
