import { Center, Paper, SegmentedControl, Stack, Title } from '@mantine/core';
import { type FormEventHandler, type ReactNode, useEffect } from 'react';
import { type Language, useLanguage } from '../../app/language.tsx';

interface DoorParts {
  title: string;
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
}

/** The frame of the pages before one is signed in. */
export function Door({ title, onSubmit, children }: DoorParts) {
  const { language, setLanguage } = useLanguage();
  useEffect(() => {
    document.title = `${title} · Ringflow`;
  }, [title]);
  return (
    <Center mih="100vh" p="md">
      <Paper withBorder p="xl" w={420} maw="100%" component="main">
        <form onSubmit={onSubmit}>
          <Stack>
            <Title order={1} size="h3">
              {title}
            </Title>
            {children}
            <SegmentedControl
              size="xs"
              aria-label="Язык / Language"
              data={[
                { value: 'ru', label: 'Русский' },
                { value: 'en', label: 'English' },
              ]}
              value={language}
              onChange={(chosen) => setLanguage(chosen as Language)}
            />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
