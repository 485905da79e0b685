import type { Difference } from '../../../../proto/journal.ts';
import { clock } from '../../../kit/duration.ts';
import type { Words } from '../../../kit/language.tsx';
import { inRussian } from '../../ui/sentences.ts';

type Person = Extract<Difference, { what: 'responsible' }>['there'];
type Place = Extract<Difference, { what: 'entity' }>['there'];

/** The name of an amoCRM user. */
type NameOf = (user: number) => string;

/** In a sentence, how two records of a call differ. */
export const differenceTexts: Words<(difference: Difference, nameOf: NameOf) => string> = {
  ru: (difference, nameOf) => {
    const person = (one: Person) => (typeof one === 'number' ? nameOf(one) : (one ?? 'никто'));
    const place = ({ entityType, entityId }: Place) => `${entities.ru[entityType] ?? entityType} ${entityId}`;
    if (typeof difference === 'string') return difference;
    switch (difference.what) {
      case 'missing-there':
        return 'Другой продукт звонок не записал.';
      case 'only-there':
        return `Другой продукт записал, Ringflow не стал бы: ${inRussian(difference.reason)}`;
      case 'duration':
        return `Разговор: там ${clock(difference.thereSeconds)}, у нас ${clock(difference.hereSeconds)}.`;
      case 'responsible':
        return `Ответственный: там ${person(difference.there)}, у нас ${person(difference.here)}.`;
      case 'entity':
        return `Где стоит: там ${place(difference.there)}, у нас ${place(difference.here)}.`;
    }
  },
  en: (difference, nameOf) => {
    const person = (one: Person) => (typeof one === 'number' ? nameOf(one) : (one ?? 'nobody'));
    const place = ({ entityType, entityId }: Place) => `${entities.en[entityType] ?? entityType} ${entityId}`;
    if (typeof difference === 'string') return difference;
    switch (difference.what) {
      case 'missing-there':
        return 'The other product has not registered it.';
      case 'only-there':
        return `The other product has registered it, Ringflow would not have: ${difference.reason}`;
      case 'duration':
        return `Talk: ${clock(difference.thereSeconds)} there, ${clock(difference.hereSeconds)} here.`;
      case 'responsible':
        return `Responsible: ${person(difference.there)} there, ${person(difference.here)} here.`;
      case 'entity':
        return `Stands with: ${place(difference.there)} there, ${place(difference.here)} here.`;
    }
  },
};

const entities: Words<Record<string, string>> = {
  ru: { contacts: 'контакт', leads: 'сделка', companies: 'компания', customers: 'покупатель' },
  en: { contacts: 'contact', leads: 'lead', companies: 'company', customers: 'customer' },
};
