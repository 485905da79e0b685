import { reasonWords } from '../../../../proto/licence/words.ts';
import type { Language, Words } from '../../../kit/language.tsx';
import { dayIn } from '../../../kit/moment.tsx';
import type { LicenceAnswer } from './licence.ts';

type State = LicenceAnswer['standing']['state'];

const colors: Record<State, string> = { trial: 'blue', active: 'teal', grace: 'orange', restricted: 'red' };

/** Who has only just begun has done nothing wrong. */
export const standingColor = ({ state, reason }: LicenceAnswer['standing']): string =>
  reason === 'no-licence' ? 'blue' : colors[state];

interface Told {
  title: string;
  /** What it means now. */
  text: string;
}

const dayMs = 86_400_000;
/** From then on it is told how many days are left. */
const soonDays = 14;

/** How the installation stands, in words, with the date on which it changes. */
export function tellStanding(
  { standing, permit, reachedAtMs }: Pick<LicenceAnswer, 'standing' | 'permit' | 'reachedAtMs'>,
  language: Language,
  nowMs = Date.now(),
): Told {
  const words = texts[language];
  const { state, reason, untilMs, seats } = standing;
  const until = untilMs === null ? '' : momentIn(language, untilMs);
  const cause = reason === null ? '' : reasonWords[language][reason];
  if (reason === 'no-licence') return { title: words.noLicence, text: words.onlyFree('', seats).trim() };
  if (state === 'restricted') return { title: words.restricted, text: words.onlyFree(cause, seats) };
  if (state === 'grace') {
    const title =
      reason === 'server-away' ? words.away(reachedAtMs === null ? '' : momentIn(language, reachedAtMs)) : cause;
    return { title, text: words.grace(until) };
  }
  const left = untilMs === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil((untilMs - nowMs) / dayMs));
  const day = untilMs === null ? '' : dayIn(language, untilMs);
  const ahead = left <= soonDays ? ` — ${words.left(left)}` : '';
  if (state === 'trial') return { title: words.trial(day) + ahead, text: words.trialText };
  if (permit?.isInvoicePending) {
    return { title: words.invoice(day) + ahead, text: words.invoiceText };
  }
  if (permit?.kind === 'free' && untilMs === null) return { title: words.free, text: words.freeText(seats) };
  if (untilMs === null) return { title: words.forever, text: words.activeText };
  return {
    title: words.active(day) + ahead,
    text: left <= soonDays ? words.soonText : words.activeText,
  };
}

const momentIn = (language: Language, atMs: number) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(atMs);

interface Texts extends Record<'restricted' | 'noLicence' | 'free' | 'forever' | 'activeText' | 'soonText', string> {
  onlyFree(cause: string, seats: number): string;
  away(since: string): string;
  grace(until: string): string;
  left(days: number): string;
  trial(until: string): string;
  trialText: string;
  invoice(until: string): string;
  invoiceText: string;
  freeText(seats: number): string;
  active(until: string): string;
}

const daysRu: Record<string, string> = { one: 'день', few: 'дня', many: 'дней', other: 'дня' };
const rulesRu = new Intl.PluralRules('ru');
const countRu = (days: number) => `${days} ${daysRu[rulesRu.select(days)]}`;

const texts: Words<Texts> = {
  ru: {
    noLicence: 'Лицензии ещё нет',
    restricted: 'Работает только бесплатное',
    onlyFree: (cause, seats) =>
      `${cause} Карточки и запись звонков — у ${seats} сотрудников, остальное выключено. Ничего не удалено: с лицензией всё вернётся, а незаписанные звонки можно записать из журнала.`,
    away: (since) =>
      since ? `Сервер лицензий не отвечает: последний ответ — ${since}` : 'Сервер лицензий не отвечает',
    grace: (until) => `Пока работает всё. ${until} останется только бесплатное.`,
    left: (days) =>
      days === 0
        ? 'последний день'
        : `${days % 10 === 1 && days % 100 !== 11 ? 'остался' : 'осталось'} ${countRu(days)}`,
    trial: (until) => `Пробный период до ${until}`,
    trialText: 'Работает всё. Чтобы ничего не выключилось, до этого дня введите лицензионный ключ.',
    invoice: (until) => `Ждём оплаты счёта, лицензия продлена до ${until}`,
    invoiceText: 'Работает всё, что куплено. После оплаты срок обновится сам.',
    free: 'Бесплатная лицензия',
    freeText: (seats) => `Срока нет. Карточки и запись звонков; мест: ${seats}.`,
    forever: 'Лицензия действует, срок не ограничен',
    active: (until) => `Лицензия действует до ${until}`,
    activeText: 'Работает всё, что куплено.',
    soonText: 'Продлите её заранее: новый срок подхватится при ближайшей проверке.',
  },
  en: {
    noLicence: 'There is no licence yet',
    restricted: 'Only what is free is on',
    onlyFree: (cause, seats) =>
      `${cause} Cards and the record of calls for ${seats} employees; all else is off. Nothing is deleted: it comes back with a licence, and calls that were not registered can be registered from the journal.`,
    away: (since) =>
      since ? `The licensing server does not answer; it last did on ${since}` : 'The licensing server does not answer',
    grace: (until) => `All is still on. On ${until} only what is free is left.`,
    left: (days) => (days === 0 ? 'the last day' : days === 1 ? '1 day left' : `${days} days left`),
    trial: (until) => `Trial until ${until}`,
    trialText: 'All is on. Enter a licence key before that day, and nothing is switched off.',
    invoice: (until) => `An invoice is pending; the licence goes on until ${until}`,
    invoiceText: 'All that was bought is on. Once it is paid the new term comes by itself.',
    free: 'Free licence',
    freeText: (seats) => `It has no end. Cards and the record of calls; seats: ${seats}.`,
    forever: 'The licence is active, without an end',
    active: (until) => `The licence is active until ${until}`,
    activeText: 'All that was bought is on.',
    soonText: 'Extend it in time: the new term is taken in at the next check.',
  },
};
