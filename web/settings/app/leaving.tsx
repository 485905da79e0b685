import { type ReactNode, useEffect } from 'react';
import { type AroundNavHandler, Router } from 'wouter';
import { useWords, type Words } from '../../kit/language.tsx';

/** Forms on the screen that hold what is not saved. */
const unsaved = new Set<object>();

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** While it holds, whoever leaves the page or closes it is asked first. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const form = {};
    unsaved.add(form);
    window.addEventListener('beforeunload', ask);
    return () => {
      unsaved.delete(form);
      if (unsaved.size === 0) window.removeEventListener('beforeunload', ask);
    };
  }, [isUnsaved]);
}

/** Links ask before they lead away from what is not saved. An address that is replaced is the same page's, as of a tab. */
export function AskedBeforeLeaving({ children }: { children: ReactNode }) {
  const words = useWords(texts);
  const around: AroundNavHandler = (navigate, to, options) => {
    if (options?.replace || unsaved.size === 0 || window.confirm(words.leave)) navigate(to, options);
  };
  return <Router aroundNav={around}>{children}</Router>;
}

const texts: Words<{ leave: string }> = {
  ru: { leave: 'На странице есть несохранённые изменения. Уйти и потерять их?' },
  en: { leave: 'There are unsaved changes on the page. Leave and lose them?' },
};
