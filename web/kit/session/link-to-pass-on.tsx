import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useWords, type Words } from '../language.tsx';

export const linkTexts: Words<Record<'title' | 'text' | 'copy' | 'copied' | 'close', string>> = {
  ru: {
    title: 'Передайте эту ссылку',
    text: 'По ней человек придумает пароль. Она служит один раз и двое суток; здесь её больше не покажут.',
    ...{ copy: 'Скопировать', copied: 'Скопировано', close: 'Закрыть' },
  },
  en: {
    title: 'Pass on this link',
    text: 'By it the person chooses a password. It serves once, for two days; it is not shown here again.',
    ...{ copy: 'Copy', copied: 'Copied', close: 'Close' },
  },
};

/** By which somebody chooses a password, to be handed to them. */
export function LinkToPassOn({ link, onClose }: { link: string; onClose: () => void }) {
  const words = useWords(linkTexts);
  return (
    <Stack>
      <Text>{words.text}</Text>
      <TextInput value={link} readOnly aria-label={words.title} onFocus={({ target }) => target.select()} />
      <Group>
        <CopyButton value={link}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? words.copied : words.copy}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {words.close}
        </Button>
      </Group>
    </Stack>
  );
}
