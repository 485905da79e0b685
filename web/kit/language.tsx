import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

export type Language = 'ru' | 'en';

/** The words of a part of the pages, in both languages; what depends on numbers or names is a function. */
export type Words<W> = Record<Language, W>;

const storedAs = 'ringflow-language';

interface LanguageChoice {
  language: Language;
  setLanguage(language: Language): void;
}

const Choice = createContext<LanguageChoice>({ language: 'en', setLanguage: () => undefined });

/** What was chosen here before, else what the browser prefers. */
export function currentLanguage(): Language {
  const stored = localStorage.getItem(storedAs);
  if (stored === 'ru' || stored === 'en') return stored;
  return navigator.languages.some((one) => one.startsWith('ru')) ? 'ru' : 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(storedAs, language);
  }, [language]);
  const choice = useMemo(() => ({ language, setLanguage }), [language]);
  return <Choice.Provider value={choice}>{children}</Choice.Provider>;
}

export const useLanguage = (): LanguageChoice => useContext(Choice);

export function useWords<W>(words: Words<W>): W {
  return words[useLanguage().language];
}
