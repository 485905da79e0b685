import { Center, Loader } from '@mantine/core';
import { useWords, type Words } from './language.tsx';

/** Something is on its way. */
export function Loading() {
  const words = useWords(texts);
  return (
    <Center p="xl" role="status" aria-label={words.loading}>
      <Loader />
    </Center>
  );
}

const texts: Words<{ loading: string }> = { ru: { loading: 'Загружается' }, en: { loading: 'Loading' } };
