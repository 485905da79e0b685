import { Center, Paper, Stack, Title } from '@mantine/core';
import { createContext, type FormEventHandler, type ReactNode, useEffect } from 'react';
import type { Words } from '../language.tsx';
import { LanguageChoice } from '../language-choice.tsx';

/** What the door says before anybody has signed in. */
export interface Welcome {
  title: string;
  /** Where the first link comes from. */
  first: string;
}

export const WelcomeWords = createContext<Words<Welcome>>({
  ru: { title: '', first: '' },
  en: { title: '', first: '' },
});

interface DoorParts {
  title: string;
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
}

/** The frame of the pages before one is signed in. */
export function Door({ title, onSubmit, children }: DoorParts) {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Ringflow`;
    return () => {
      document.title = before;
    };
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
            <LanguageChoice size="xs" />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
