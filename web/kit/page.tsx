import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface PageParts {
  title: string;
  /** What the page is for, in a sentence. */
  about?: string;
  /** What can be done on the whole page. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page with its title, which the browser shows too. */
export function Page({ title, about, actions, children }: PageParts) {
  useEffect(() => {
    document.title = `${title} · Ringflow`;
  }, [title]);
  return (
    <Stack gap="md" maw={1100}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2}>{title}</Title>
          {about && <Text c="dimmed">{about}</Text>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
