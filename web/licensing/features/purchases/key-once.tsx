import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useWords } from '../../../kit/language.tsx';
import { texts } from './words.ts';

/** A key that was just issued: nobody can show it later. */
export function KeyOnce({ licenceKey, onClose }: { licenceKey: string; onClose: () => void }) {
  const words = useWords(texts);
  return (
    <Stack>
      <Code block fz="lg" ta="center" aria-label={words.licenceKey} style={{ whiteSpace: 'normal' }}>
        {licenceKey}
      </Code>
      <Alert color="orange" title={words.keyOnce}>
        {words.keyOnceText}
      </Alert>
      <Text size="sm">{words.keyWhere}</Text>
      <Group>
        <CopyButton value={licenceKey}>
          {({ copied, copy }) => (
            <Button onClick={copy} data-autofocus>
              {copied ? words.copied : words.copyKey}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {words.passedOn}
        </Button>
      </Group>
    </Stack>
  );
}
