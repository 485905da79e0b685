import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** There is nothing to show; the text says what to do. @param children what can be done about it */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={480}>
        {text}
      </Text>
      {children}
    </Stack>
  );
}
