import type { AttachTo, Responsible, Target } from '../../../../proto/rule.ts';
import type { Words } from '../../../kit/language.tsx';
import { type Names, userName } from './names.ts';

type ResponsibleWord = Extract<Responsible, string>;
interface ResponsibleTexts {
  /** Whom a link of the chain means, by its kind. */
  kinds: Record<ResponsibleWord | 'byDid' | 'userId', string>;
  nobody: string;
  otherwise: string;
  attachTo: Record<AttachTo, string>;
  targets: Record<Target, string>;
}

export const responsibleTexts: Words<ResponsibleTexts> = {
  ru: {
    kinds: {
      'clients-own': 'ответственный за клиента',
      'last-talked': 'кто говорил последним',
      'longest-talked': 'кто говорил дольше всех',
      'first-answered': 'кто ответил первым',
      'first-rung': 'чей телефон звонил первым',
      'last-rung': 'чей телефон звонил последним',
      'by-number': 'кто указан у набранного номера',
      byDid: 'по набранному номеру',
      userId: 'определённый пользователь',
    },
    ...{ nobody: 'никто', otherwise: ', иначе ' },
    attachTo: {
      'as-amocrm': 'как решает amoCRM: единственная открытая сделка, иначе клиент',
      'newest-lead': 'новейшая открытая сделка, иначе клиент',
      client: 'клиент',
    },
    targets: { client: 'клиент', lead: 'открытая сделка' },
  },
  en: {
    kinds: {
      'clients-own': 'who is responsible for the client',
      'last-talked': 'who talked last',
      'longest-talked': 'who talked longest',
      'first-answered': 'who answered first',
      'first-rung': 'whose phone rang first',
      'last-rung': 'whose phone rang last',
      'by-number': 'who is set for the number called',
      byDid: 'by the number called',
      userId: 'a certain user',
    },
    ...{ nobody: 'nobody', otherwise: ', else ' },
    attachTo: {
      'as-amocrm': 'as amoCRM decides: the only open lead, else the client',
      'newest-lead': 'the newest open lead, else the client',
      client: 'the client',
    },
    targets: { client: 'client', lead: 'open lead' },
  },
};

/** `who talked last, else whose phone rang first`. */
export function chainInWords(chain: readonly Responsible[], names: Names, language: 'ru' | 'en'): string {
  const { kinds, nobody, otherwise } = responsibleTexts[language];
  const said = chain.map((link) => {
    if (typeof link === 'string') return kinds[link];
    return 'userId' in link ? userName(names, link.userId) : kinds.byDid;
  });
  return said.length === 0 ? nobody : said.join(otherwise);
}
