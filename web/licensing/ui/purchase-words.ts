import type { Words } from '../../kit/language.tsx';
import type { Plan, Purchase } from '../app/api.ts';

export const stateColors: Record<Purchase['state'], string> = {
  ...{ active: 'teal.9', 'invoice-pending': 'blue.9', grace: 'orange.9', over: 'red.9', revoked: 'gray.7' },
};

interface Texts {
  states: Record<Purchase['state'], string>;
  seats(count: number): string;
  daysLeft(days: number): string;
  plan(plan: Pick<Plan, 'nameRu' | 'nameEn'>): string;
}

const pluralRu = new Intl.PluralRules('ru');
const countRu = (count: number, one: string, few: string, many: string) =>
  `${count} ${{ one, few, many }[pluralRu.select(count) as 'one' | 'few' | 'many'] ?? many}`;

/** What of a purchase is said on more pages than one. */
export const purchaseTexts: Words<Texts> = {
  ru: {
    states: {
      ...{ active: 'действует', 'invoice-pending': 'ждём оплаты', grace: 'льготный период', over: 'закончилась' },
      revoked: 'отозвана',
    },
    seats: (count) => countRu(count, 'место', 'места', 'мест'),
    daysLeft: (days) =>
      days <= 0
        ? 'сегодня'
        : `${days % 10 === 1 && days % 100 !== 11 ? 'остался' : 'осталось'} ${countRu(days, 'день', 'дня', 'дней')}`,
    plan: ({ nameRu }) => nameRu,
  },
  en: {
    states: {
      ...{
        active: 'active',
        'invoice-pending': 'invoice pending',
        grace: 'in grace',
        over: 'over',
        revoked: 'revoked',
      },
    },
    seats: (count) => (count === 1 ? '1 seat' : `${count} seats`),
    daysLeft: (days) => (days <= 0 ? 'today' : days === 1 ? '1 day left' : `${days} days left`),
    plan: ({ nameEn }) => nameEn,
  },
};
