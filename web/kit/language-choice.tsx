import { SegmentedControl, type SegmentedControlProps } from '@mantine/core';
import { type Language, useLanguage } from './language.tsx';

const languages: { value: Language; label: string }[] = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
];

/** In which language the pages are. It names itself in both: who chooses may not read the present one. */
export function LanguageChoice(look: Pick<SegmentedControlProps, 'm' | 'size'>) {
  const { language, setLanguage } = useLanguage();
  return (
    <SegmentedControl
      {...look}
      aria-label="Язык / Language"
      data={languages}
      value={language}
      onChange={(chosen) => setLanguage(chosen as Language)}
    />
  );
}
