import { Group, NumberInput, TextInput } from '@mantine/core';
import { useWords } from '../../../../kit/language.tsx';
import type { RecordingsFormState } from './recordings-form.tsx';
import { recordingsTexts } from './recordings-words.ts';

/** Where a server has the recordings, and as whom one asks it. */
export function ServerFields({ form, kind }: { form: RecordingsFormState; kind: 'sftp' | 'http' }) {
  const words = useWords(recordingsTexts);
  if (kind === 'http') {
    return (
      <>
        <TextInput label={words.url} description={words.urlHint} required {...form.getInputProps('url')} />
        <TextInput label={words.user} description={words.httpUserHint} {...form.getInputProps('user')} />
      </>
    );
  }
  return (
    <>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <TextInput label={words.server} description={words.serverHint} required {...form.getInputProps('host')} />
        <NumberInput
          label={words.serverPort}
          description="22"
          min={1}
          max={65_535}
          allowDecimal={false}
          required
          maw={120}
          {...form.getInputProps('port')}
        />
      </Group>
      <TextInput label={words.user} description={words.sftpUserHint} required {...form.getInputProps('user')} />
      <TextInput label={words.hostKey} description={words.hostKeyHint} {...form.getInputProps('hostKey')} />
      <TextInput label={words.folder} description={words.sftpFolderHint} required {...form.getInputProps('folder')} />
    </>
  );
}
