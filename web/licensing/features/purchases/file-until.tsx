import { Text } from '@mantine/core';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { dayIn } from '../../../kit/moment.tsx';
import type { Purchase } from '../../app/api.ts';
import { texts } from './words.ts';

/** What is taken from a purchase works on where its permit is a file: until when. */
export function FileUntil({ purchase: { offlineUntilMs } }: { purchase: Purchase }) {
  const words = useWords(texts);
  const { language } = useLanguage();
  if (offlineUntilMs === null || offlineUntilMs <= Date.now()) return null;
  return (
    <Text size="sm" fw={600}>
      {words.fileUntil(dayIn(language, offlineUntilMs))}
    </Text>
  );
}
