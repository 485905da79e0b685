import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { recordingsFolder as folderForm } from '../../../../../proto/ami.ts';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { Changeable } from '../../settings/changeable.tsx';
import { useSetRecordings } from '../pbxs.ts';
import type { SurroundingsParts } from './ami-form.tsx';
import { texts } from './words.ts';

/** Where the worker's machine has the recordings of a PBX. */
export function RecordingsForm({ accountId, pbx: { id, recordingsFolder }, mayChange }: SurroundingsParts) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: { folder: recordingsFolder ?? '' },
    validate: {
      folder: (folder) =>
        folder === '' || new RegExp(folderForm.pattern, 'u').test(folder) ? null : words.folderFault,
    },
  });
  const save = useSetRecordings(accountId, id, () => notifications.show({ message: words.saved, color: 'teal' }));
  return (
    <form onSubmit={form.onSubmit(({ folder }) => save.mutate(folder === '' ? null : folder))}>
      <Changeable if={mayChange}>
        <Title order={3} size="h4">
          {words.recordings}
        </Title>
        <Text size="sm">{words.recordingsAbout}</Text>
        <TextInput label={words.folder} description={words.folderHint} {...form.getInputProps('folder')} />
        {save.isError && <Failure error={save.error} />}
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {words.save}
            </Button>
          </Group>
        )}
      </Changeable>
    </form>
  );
}
