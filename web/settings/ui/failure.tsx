import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { ApiFailure } from '../app/api.ts';
import { useWords, type Words } from '../app/language.tsx';
import { faultInWords, faultTexts, placedFault } from './fault-words.ts';
import { sectionNames } from './section-names.ts';
import { useSentences } from './sentences.ts';

/** What went wrong and what to do. @param onRetry shown as a button */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords(texts);
  const tell = useFaults();
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

/** A fault with the section of the settings that it is in, or what a part of Ringflow says of another. */
function useFaults(): (fault: string) => string {
  const words = useWords(faultTexts);
  const names = useWords(sectionNames);
  const say = useSentences();
  return (fault) => {
    const placed = placedFault(fault);
    const [section = '', ...within] = placed?.place.split('/') ?? [];
    const name = names[section as keyof typeof names];
    if (!placed || !name) return say(fault);
    const place = [name.charAt(0).toUpperCase() + name.slice(1), ...within].join(' / ');
    return `${place}: ${faultInWords(placed, words)}`;
  };
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
