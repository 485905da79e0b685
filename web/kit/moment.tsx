import { type Language, useLanguage } from './language.tsx';

const whole: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };
const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };

/** A moment as people of this browser write it. @param isShort without the year, unless it is another. @param zone if not that of the browser */
export function Moment({ atMs, isShort = false, zone }: { atMs: number; isShort?: boolean; zone?: string }) {
  const { language } = useLanguage();
  const date = new Date(atMs);
  const form = isShort && date.getFullYear() === new Date().getFullYear() ? short : whole;
  return (
    <time dateTime={date.toISOString()}>
      {new Intl.DateTimeFormat(language, { ...form, ...(zone && { timeZone: zone }) }).format(date)}
    </time>
  );
}

/** The day of a moment as people write it; it can end a sentence. */
export function dayIn(language: Language, atMs: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(atMs).replace(/\s*г\.$/, '');
}

/** The day of a moment, without its time. */
export function Day({ atMs }: { atMs: number }) {
  const { language } = useLanguage();
  return <time dateTime={new Date(atMs).toISOString()}>{dayIn(language, atMs)}</time>;
}
