import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useWords, type Words } from './language.tsx';

/** What is pasted elsewhere as it stands. @param label where it belongs, or what it is */
export function TextToCopy({ label, text }: { label: string; text: string }) {
  const words = useWords(texts);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="light" onClick={copy} aria-label={`${words.copy}: ${label}`}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0} style={{ overflowX: 'auto' }}>
        {text}
      </Code>
    </div>
  );
}

const texts: Words<Record<'copy' | 'copied', string>> = {
  ru: { copy: 'Копировать', copied: 'Скопировано' },
  en: { copy: 'Copy', copied: 'Copied' },
};
