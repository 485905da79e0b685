import { useLanguage } from '../app/language.tsx';

/** A moment as people of this browser write it. */
export function Moment({ atMs }: { atMs: number }) {
  const { language } = useLanguage();
  const date = new Date(atMs);
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  return <time dateTime={date.toISOString()}>{text}</time>;
}
