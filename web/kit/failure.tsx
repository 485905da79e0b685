import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { createContext, useContext } from 'react';
import { ApiFailure } from './api.ts';
import { useWords, type Words } from './language.tsx';

/** How a fault that a server names is said to people. */
export const FaultTeller = createContext((fault: string) => fault);

/** What went wrong and what to do. @param onRetry shown as a button */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords(texts);
  const tell = useContext(FaultTeller);
  const { message, whatToDo, faults } =
    error instanceof ApiFailure ? error : { message: words.unexpected, whatToDo: words.reload, faults: [] };
  return (
    <Alert color="red" title={message} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{whatToDo}</Text>
        {faults.length > 0 && (
          <List size="sm">
            {faults.map((fault) => (
              <List.Item key={fault}>{tell(fault)}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button size="xs" variant="light" color="red" onClick={onRetry}>
            {words.again}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

const texts: Words<Record<'unexpected' | 'reload' | 'again', string>> = {
  ru: {
    unexpected: 'Ошибка на странице',
    reload: 'Обновите её; если не поможет, сообщите администратору.',
    again: 'Повторить',
  },
  en: {
    unexpected: 'The page has failed',
    reload: 'Reload it; if that does not help, tell your administrator.',
    again: 'Try again',
  },
};
